import { termsOf } from '../lib/terms.ts';
import type { Hit, Query, Wanted } from '../model/asking.ts';
import { wordsOfLine } from '../model/report.ts';
import { plainText } from '../model/words.ts';

/** How people ask which of two things is more of something, or what they have not in common. */
const COMPARES =
  /\b(?:compar(?:e[sd]?|ed|ing|ison)|versus|vs\.?|differences?|differs?|better|worse|cheaper|faster|which (?:one|is|of|model))\b|比较|比較|对比|對比|相比|区别|區別|差别|差異|差异|哪个|哪個|哪家|哪款|谁更|谁比|还是|還是/iu;

/** A name: in capitals, or with figures. */
const NAME = /\d|\p{Lu}/u;

/** What a question compares, thing by thing; nothing where it does not. Words of one name are one thing. */
export function sidesOf({ words, wanted }: Pick<Query, 'words' | 'wanted'>): readonly Wanted[] {
  if (!COMPARES.test(words)) return [];
  const named = wanted.filter((one) => one.needed > 0 && (one.isName || NAME.test(one.word)));
  const sides = [...new Map(named.map((one) => [one.word.toLowerCase(), one])).values()];
  return sides.length > 1 ? sides : [];
}

/** Whether something is said of each side, of the days that are asked about. */
export function speakOfAll(sides: readonly Wanted[], hits: readonly Hit[]): boolean {
  const spoken = hits.filter(({ isAside }) => !isAside).map(termsIn);
  return sides.every((side) => spoken.some((terms) => isSpokenOf(side, terms)));
}

/** Hits with the best of each side before the rest: many posts on one thing tell nothing of the other. */
export function bestOfEachFirst(sides: readonly Wanted[], hits: readonly Hit[]): Hit[] {
  const read = hits.map((hit) => ({ hit, terms: termsIn(hit) }));
  const best = sides.flatMap((side) => read.find(({ terms }) => isSpokenOf(side, terms)) ?? []);
  const most = hits[0]?.score ?? 0;
  const first = hits.filter((hit) => best.some((one) => one.hit === hit));
  const rest = hits.filter((hit) => !first.includes(hit));
  return [...first.map((hit) => ({ ...hit, score: most })), ...rest];
}

function isSpokenOf({ terms }: Wanted, spoken: ReadonlySet<string>): boolean {
  return terms.entries().some(([term, likely]) => likely === 1 && spoken.has(term));
}

function termsIn({ passage }: Hit): ReadonlySet<string> {
  return new Set(
    termsOf(passage.kind === 'post' ? plainText(passage.post.text) : wordsOfLine(passage.line)),
  );
}
