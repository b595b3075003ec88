import type { Problem } from '../../model/verdict.ts';
import type { Ground } from './ground.ts';

/** Names that stand in the posts, and in the line in each other's place. */
export function swappedNames(words: string, ground: Ground): Problem[] {
  if (ground.sources.some(({ text }) => text.includes(words))) return []; // it is a post's own words
  const swapped = [...swappedPairs(words, ground), ...swappedWays(words, ground)];
  return [...new Set(swapped)].map((what) => ({ kind: 'name', what }));
}

type Pair = { readonly whole: string; readonly part: string };

const WORD = '\\p{Lu}[\\p{Script=Latin}\\d.]{0,30}';
const NAME = `(?:@?${WORD}(?: ${WORD}){0,2})`;
const NAMES = `${NAME}(?:(?:, (?:or |and )?| or | and |、| ?[或和与] ?)${NAME}){0,4}`;

/** "Ferro (Kip)", "Ferro's Kip": whose is what. */
const PAIR = new RegExp(
  `(?<whole>${NAME})(?: ?[(（](?<inside>${NAME})[)）]|'s (?<own>${NAME}))`,
  'gu',
);

function pairsIn(text: string): Pair[] {
  return [...text.matchAll(PAIR)].map(({ groups }) => ({
    whole: groups?.['whole'] ?? '',
    part: groups?.['inside'] ?? groups?.['own'] ?? '',
  }));
}

/** Parts of one whole that stand, in the line, by another whole of the same list. */
function swappedPairs(words: string, { sources }: Ground): string[] {
  return sources.flatMap(({ text }) => {
    const pairs = pairsIn(text);
    const wholes = pairs.flatMap((pair) => placesOf(pair.whole, words).map((at) => ({ pair, at })));
    if (new Set(wholes.map(({ pair }) => pair.whole)).size < 2) return [];
    return pairs
      .filter((pair) => {
        const [at] = placesOf(pair.part, words);
        if (at === undefined) return false;
        const before = wholes.findLast((whole) => whole.at < at);
        const nearest = before ?? wholes[0];
        return (
          nearest !== undefined &&
          nearest.pair.whole !== pair.whole &&
          isOnly(pairs, nearest.pair, pair.part)
        );
      })
      .map(({ part }) => part);
  });
}

/** Whether the whole is nowhere paired with that part as well. */
function isOnly(pairs: readonly Pair[], { whole }: Pair, part: string): boolean {
  return !pairs.some((other) => other.whole === whole && other.part === part);
}

/** Where a name begins in a line. */
function placesOf(name: string, words: string): number[] {
  const places: number[] = [];
  for (let at = words.indexOf(name); at !== -1; at = words.indexOf(name, at + name.length)) {
    const isWord = !/[\p{Script=Latin}\d]/u.test(
      `${words[at - 1] ?? ''}${words[at + name.length] ?? ''}`,
    );
    if (isWord) places.push(at);
  }
  return places;
}

const MOVES =
  '\\b(?:[Ii]mport|[Mm]igrat|[Mm]ov|[Ss]witch|[Pp]ort|[Tt]ransfer|[Bb]ring)(?:e|es|ed|ing|s|ch)?\\b';
const BUYS =
  '(?:has |have |is |just |will )?(?:acquir(?:es?|ed|ing)|bought|buys|buying|to acquire|to buy)';
const BOUGHT = '(?:was|is|has been|got|being) (?:acquired|bought) by';

/** Ways that things go from one to another: a move, and a purchase, in English and in Chinese. */
const WAYS: readonly (readonly RegExp[])[] = [
  [
    `${MOVES}[^.\\n]{0,40}?(?<from>${NAMES})[^.\\n]{0,30}? (?:in)?to (?<to>${NAME})`,
    `\\bfrom (?<from>${NAMES})[^.\\n]{0,30}? (?:in)?to (?<to>${NAME})`,
    `(?:把|将|从) ?(?<from>${NAMES})[^。，\\n]{0,16}?(?:搬|迁|导入|转|移)(?:[^。，\\n]{0,4}?(?:到|至|进|入) ?(?<to>${NAME}))?`,
  ],
  [
    `(?<to>${NAME}) ${BUYS} (?<from>${NAME})`,
    `(?<from>${NAME}) ${BOUGHT} (?<to>${NAME})`,
    `(?<to>${NAME}) ?(?:已|宣布|拟|将)?(?:收购|买下)(?:了)? ?(?<from>${NAME})`,
    `(?<from>${NAME}) ?(?:已)?被 ?(?<to>${NAME}) ?(?:收购|买下)`,
  ],
].map((patterns) => patterns.map((pattern) => new RegExp(pattern, 'gu')));

type Way = { readonly from: readonly string[]; readonly to: readonly string[] };

/** What the posts move to a place, or let one take, and the line the other way round. */
function swappedWays(words: string, { sources }: Ground): string[] {
  return WAYS.flatMap((patterns) => {
    const meant = sources.flatMap(({ text }) => waysIn(text, patterns));
    const told = waysIn(words, patterns);
    return told.flatMap(({ from, to }) =>
      meant.flatMap((way) => [
        ...from.filter((name) => way.to.includes(name) && !way.from.includes(name)),
        ...to.filter((name) => way.from.includes(name) && !way.to.includes(name)),
      ]),
    );
  });
}

function waysIn(text: string, patterns: readonly RegExp[]): Way[] {
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ groups }) => ({
      from: listed(groups?.['from']),
      to: listed(groups?.['to']),
    })),
  );
}

function listed(names: string | undefined): string[] {
  return (names ?? '')
    .split(/,|、|或|和|与|\bor\b|\band\b/u)
    .map((name) => name.trim().replace(/^@|\.$/g, ''))
    .filter((name) => name !== '');
}
