import { loadLanguageDetector } from '../lib/language.ts';
import { termsOf } from '../lib/terms.ts';
import { cleanText, oneLine } from '../lib/text.ts';
import { UserError } from '../model/errors.ts';
import { type Language, LANGUAGES } from '../model/topic.ts';
import { textsIn } from '../texts/texts.ts';

/** Longer questions are pasted texts, which nobody can look for. Characters. */
const LONGEST = 2000;

/**
 * What somebody asks, on one line.
 *
 * @throws {UserError} in the language where nothing is asked (no letter, no figure), or too much.
 */
export function readQuestion(written: string, language: Language): string {
  const question = tidyQuestion(written);
  const texts = textsIn(language);
  if (!/[\p{L}\p{N}]/u.test(question.replace(EMOJI, ''))) {
    throw new UserError('usage', texts.emptyQuestion);
  }
  if (question.length > LONGEST) throw new UserError('usage', texts.longQuestion(LONGEST));
  return question;
}

/** Some hold figures: 1️⃣. */
const EMOJI = /\p{RGI_Emoji}/gv;

/** A question in the form in which it is kept. */
export function tidyQuestion(written: string): string {
  return oneLine(cleanText(written));
}

/**
 * What a question is answered in: its own language where the program has words in that, else the one that
 * is usual where it is asked.
 */
export async function languageOf(question: string, usual: Language): Promise<Language> {
  const detect = await loadLanguageDetector();
  const own = LANGUAGES.find((tag) => tag === detect(question));
  return own === undefined || new RegExp(`^${own}(?:-|$)`).test(usual) ? usual : own;
}

/** Words that mean what was said before, and ways to begin that go on from it. */
const LEANS = new RegExp(
  [
    /\b(?:he|she|it|they|him|her|them|his|hers|its|their|this|that|these|those|there|then)\b/,
    /\b(?:else|more|same|other|another|also|too|again|former|latter)\b/,
    /^(?:and|but|or|so|why|how about|what about|really)\b/,
    /[他她它那这其该此]|还有|另外|别的|其他|其它|同样|为什么|为何|呢[？?]?$|^[和跟与]/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'iu',
);

/** What questions ask with, which says nothing of what they are about. */
const ASKING =
  /\b(?:who|whom|whose|what|when|where|which|how|much|many|long|far|big|since|until|said|says|say|so|sure|exactly|do|does|did|is|was|are|were|cost|price|date)\b|什么时候|何时|多少钱?|谁说的?|是谁|谁|哪里|哪儿|哪个|几|什么|怎么样?|为啥|具体|真的|吗|价格/giu;
/** A question that names less goes on from something. */
const FEWEST_TERMS = 2;

/** Whether a question says the same whatever was said before it; `false` where that is not sure. */
export function standsAlone(question: string): boolean {
  const named = new Set(termsOf(question.replace(ASKING, ' ')));
  return named.size >= FEWEST_TERMS && !LEANS.test(question);
}
