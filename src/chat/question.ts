import { loadLanguageDetector } from '../lib/language.ts';
import { cleanText, oneLine } from '../lib/text.ts';
import { UserError } from '../model/errors.ts';
import { isOneLanguage, type Language, LANGUAGES } from '../model/topic.ts';
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
  return own === undefined || isOneLanguage(own, usual) ? usual : own;
}
