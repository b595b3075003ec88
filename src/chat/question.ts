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
 * Words that mark a short question as English, whatever names stand beside them: letter sequences tell
 * nothing of three words of which one is a name.
 */
const ENGLISH =
  /(?<![\p{L}\p{N}])(?:what|whats|who|whose|when|where|which|why|how|is|are|was|were|does|do|did|has|have|can|could|should|will|would|the|and|or|but|about|of|for|from|with|any|anything|more|else|latest|news|price|cost|costs|said|says|thanks|thank|please|hello|hi|yes)(?![\p{L}\p{N}])/iu;
/** A letter that English does not write. */
const NO_ENGLISH = /(?!\p{ASCII})\p{L}/u;
const KANA = /[\p{sc=Hiragana}\p{sc=Katakana}]/u;
/** Of more letters, what they are of is told by their sequences. */
const FEW_LETTERS = 40;

/**
 * What a question is answered in: its own language where the program has words in that, else the one that
 * is usual where it is asked.
 */
export async function languageOf(question: string, usual: Language): Promise<Language> {
  const detect = await loadLanguageDetector();
  const told = languageByWords(question) ?? detect(question);
  const own = LANGUAGES.find((tag) => tag === told);
  return own === undefined || isOneLanguage(own, usual) ? usual : own;
}

/** What the words of a question tell of its language; `null` where that is for its letters to tell. */
function languageByWords(question: string): string | null {
  const isEnglish = ENGLISH.test(question);
  if (/\p{sc=Han}/u.test(question)) return isEnglish || KANA.test(question) ? null : 'zh';
  const letters = question.match(/\p{L}/gu)?.length ?? 0;
  return isEnglish && letters <= FEW_LETTERS && !NO_ENGLISH.test(question) ? 'en' : null;
}
