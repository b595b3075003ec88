/** Tells the language of a text: ISO 639-1, `null` when it cannot be told. */
export type LanguageDetector = (text: string) => string | null;

/** A script, the language that it decides by itself or null, and its weight against Latin letters. */
type Script = {
  readonly letters: RegExp;
  readonly language: string | null;
  readonly weight: number;
};

/** Chinese and Korean texts hold many Latin names, and say more with a letter. */
const DENSE = 3;

const HAN_OR_KANA: Script = {
  letters: /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu,
  language: null,
  weight: DENSE,
};

const LATIN: Script = { letters: /\p{sc=Latin}/gu, language: null, weight: 1 };

const SCRIPTS: readonly Script[] = [
  LATIN,
  HAN_OR_KANA,
  { letters: /\p{sc=Hangul}/gu, language: 'ko', weight: DENSE },
  { letters: /\p{sc=Cyrillic}/gu, language: null, weight: 1 },
  { letters: /\p{sc=Arabic}/gu, language: null, weight: 1 },
  { letters: /\p{sc=Devanagari}/gu, language: null, weight: 1 },
  { letters: /\p{sc=Thai}/gu, language: 'th', weight: 1 },
  { letters: /\p{sc=Hebrew}/gu, language: 'he', weight: 1 },
  { letters: /\p{sc=Greek}/gu, language: 'el', weight: 1 },
  { letters: /\p{sc=Tamil}/gu, language: 'ta', weight: 1 },
  { letters: /\p{sc=Bengali}/gu, language: 'bn', weight: 1 },
];

const KANA = /[\p{sc=Hiragana}\p{sc=Katakana}]/gu;
/** Names mix capitals and figures into words of any language: ChatGPT, iPhone15. */
const NAME = /(?<![\p{L}\p{N}])[A-Za-z\d]{0,20}(?:[a-z][A-Z]|\d)[A-Za-z\d]{0,40}/gu;

/** So much of a text tells its language; more costs time only. Characters. */
const ENOUGH = 1000;
/** Fewer letters are anybody's guess. */
const FEWEST_LETTERS = 8;
/** How far the likeliest language in Latin letters must be ahead of the next; less is a guess. */
const MARGIN = 0.03;

/**
 * Loads the detector, which takes a tenth of a second. Where the script does not decide, texts are
 * compared with the letter sequences that `eld` counted in sixty languages.
 */
export async function loadLanguageDetector(): Promise<LanguageDetector> {
  const { eld } = await import('eld/extrasmall');
  return (whole) => {
    const text = whole.slice(0, ENOUGH).replace(NAME, ' ');
    const script = mainScript(text);
    if (script === null) return null;
    if (script === HAN_OR_KANA) return isJapanese(text) ? 'ja' : 'zh';
    if (script.language !== null) return script.language;
    if (count(text, /\p{L}/gu) < FEWEST_LETTERS) return null;
    const [first, second] = Object.entries(eld.detect(text).getScores());
    const ahead = (first?.[1] ?? 0) - (second?.[1] ?? 0);
    return first && (script !== LATIN || ahead >= MARGIN) ? first[0] : null;
  };
}

function mainScript(text: string): Script | null {
  let main: Script | null = null;
  let most = 2;
  for (const script of SCRIPTS) {
    const letters = count(text, script.letters) * script.weight;
    if (letters <= most) continue;
    most = letters;
    main = script;
  }
  return main;
}

/** Japanese writes a tenth and more of its letters in kana. */
function isJapanese(text: string): boolean {
  return count(text, KANA) * 10 >= count(text, HAN_OR_KANA.letters);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
