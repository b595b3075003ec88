import { shorten } from '../lib/text.ts';
import type { Query, Turn, Wanted } from '../model/asking.ts';
import { asksForMore } from './goes-on.ts';
import { foldName, isNameOf, spokenNames } from './spoken-names.ts';
import { voicesIn } from './voices.ts';
import { authorsIn, wantedIn, withoutRepeats } from './wanted.ts';

/** Words for somebody, or something, that was spoken of before. */
const SOMEBODY =
  /\b(?:he|she|they|him|her|them|his|hers|theirs?|this (?:guy|person)|that (?:guy|person))\b|他们?|她们?|这个?人|那个?人|这位|那位|(?<![\p{L}])ta(?![\p{L}])/iu;
const SOMETHING =
  /\b(?:it|its|this|that|these|those|the same)\b|它们?|(?:这|那)(?:个|些|款|家|条|事|东西|模型|公司|产品|篇|种)?/iu;
/** A question that goes on from another: "and the price?", 那价格呢. */
const GOES_ON =
  /^\s*(?:and|but|so|what about|how about|what else|anything else|who else|why|when|where|really|how so)\b|^\s*(?:那|还有|另外|然后|具体|为什么|为啥|真的)|呢\s*[?？]?\s*$|\b(?:else|more)\b[^.]{0,20}\?*$/iu;

/** How much counts what was asked before. */
const BEFORE = 0.6;
/** A short question is easily one that goes on. Things that are wanted. */
const FEW = 2;
/** So much of what was asked before names whom "he" means. Characters. */
const LONGEST = 300;
/** So many names of an answer may be meant by "it". */
const MOST_NAMES = 3;

/**
 * What a question takes over from the turns before it: whom "he" means, what "that model" is, what "and
 * the price?" is the price of.
 *
 * @param readBefore Reads the question of the last turn on its own turns: most questions need it not.
 */
export function carryOver(
  question: string,
  query: Query,
  last: Turn,
  readBefore: () => Query,
): Query {
  const somebody = SOMEBODY.test(question);
  const something = SOMETHING.test(question);
  const few = query.wanted.filter(({ needed }) => needed > 0).length <= FEW;
  if (!somebody && !(few && (something || GOES_ON.test(question)))) return query;
  const before = readBefore();
  const told = namesTold(last);
  const who = somebody ? whoSpoke(last, before) : [];
  const speakers = asksForTheirWords(question) ? speakersMeant(last, before, who) : [];
  const taken = before.wanted.map((one) => ({
    ...one,
    weight: one.weight * BEFORE,
    needed: one.needed * BEFORE,
  }));
  const authors = somebody ? [...who, ...query.authors] : [...query.authors, ...before.authors];
  return {
    ...query,
    words: `${last.question} ${question}`,
    wanted: withoutRepeats([
      ...query.wanted,
      ...(somebody && !few ? taken.filter((one) => isNameOf(speakers, one)) : taken),
      ...(something ? told : []),
    ]),
    authors: [...new Set(authors)],
    speakers: query.speakers.length > 0 ? query.speakers : speakers,
    associates: [...new Set([...query.associates, ...before.associates])],
    days: query.days ?? (somebody && !asksForMore(question) ? null : before.days),
    sections: query.sections.length > 0 ? query.sections : before.sections,
  };
}

const SOMEBODYS = /\b(?:his|her|their)\b(?=\s+\p{L})/giu;
const EVERYBODY = new RegExp(SOMEBODY.source, 'giu');
/** Stands for whom a word means, as a name that nobody has. */
const STAND_IN = 'qzxperson';

/** Whether the own words are asked for of somebody who was spoken of before: "what did he say". */
function asksForTheirWords(question: string): boolean {
  const named = question
    .replace(SOMEBODYS, ` ${STAND_IN}'s `)
    .replace(EVERYBODY, ` ${STAND_IN} `)
    .replace(/\s+/g, ' ')
    .trim();
  return voicesIn(named).speakers.includes(STAND_IN);
}

/** Whose words "he" asks for: of who was asked for theirs before, whoever else was quoted. */
function speakersMeant(last: Turn, before: Query, who: readonly string[]): readonly string[] {
  if (before.speakers.length === 0) return who;
  const named = authorsIn(shorten(last.question, LONGEST));
  return [...new Set([...before.speakers, ...who.filter((name) => named.includes(name))])];
}

/** Whom "he" means: who was asked about, else who said what was answered. */
function whoSpoke(last: Turn, before: Query): string[] {
  const question = shorten(last.question, LONGEST);
  const asked = authorsIn(question).filter((name) => before.authors.includes(name));
  const named = spokenNames(question).flatMap(({ name }) => name.forms.map(foldName));
  const [first] = (last.answer?.sources ?? []).flatMap((passage) =>
    passage.kind === 'post' ? [passage.post] : [],
  );
  const answered = first ? [foldName(first.author), foldName(first.authorName)] : [];
  const isKnown = (last.answer?.sources ?? []).some(
    (passage) => passage.kind === 'post' && asked.includes(foldName(passage.post.author)),
  );
  return [...new Set([...named, ...(isKnown ? asked : []), ...answered])];
}

/** The names of the field that an answer told, the first ones. */
function namesTold({ answer }: Turn): Wanted[] {
  const told = (answer?.statements ?? []).map(({ text }) => text).join('\n');
  const names = spokenNames(told)
    .slice(0, MOST_NAMES)
    .map(({ start, end }) => told.slice(start, end));
  return wantedIn(names.join(', ')).map((one) => ({ ...one, weight: BEFORE, needed: 0 }));
}
