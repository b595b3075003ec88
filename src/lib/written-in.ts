import type { LanguageDetector } from './language.ts';

/**
 * Whether a line of ours is in the language (a BCP 47 tag), names and quotations aside. `false` only
 * where that is sure: short lines, and languages that resemble each other, pass.
 */
export function isWrittenIn(text: string, language: string, detect: LanguageDetector): boolean {
  const target = targetOf(language);
  if (target === null) return true;
  const words = ownWords(text);
  if (isInOtherScript(words, target)) return false;
  if (target.script === 'Latn') return isInAlphabet(plainWords(words).join(' '), target, detect);
  if (isInLatin(words, target, detect)) return false;
  if (target.script === 'Jpan') return !isChinese(words);
  if (target.letters === HAN) return !isJapanese(words) && !hasOthersHan(words, target.han);
  return target.dense || isInAlphabet(words.replace(LATIN_WORD, ' '), target, detect);
}

/** Letters that look like Latin ones. */
const LOOKALIKE =
  /[\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Armenian}\p{sc=Cherokee}\p{sc=Lisu}\p{sc=Coptic}]/u;

/**
 * The words of a text that have letters of a script which neither the language (a BCP 47 tag) nor Latin
 * or Chinese names are written in, or that mix Latin letters with ones that look like them.
 */
export function strangeWords(text: string, language: string): string[] {
  const own = targetOf(language)?.letters;
  return (text.match(/[\p{L}\p{M}]+/gu) ?? []).filter((word) => {
    if (LATIN.test(word) && LOOKALIKE.test(word)) return true;
    const others = word.replace(KNOWN_LETTERS, '');
    return others !== '' && (own === undefined || others.replace(own, '') !== '');
  });
}

const LATIN = /\p{sc=Latin}/u;
const KNOWN_LETTERS =
  /[\p{sc=Latin}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Common}\p{sc=Inherited}]/gu;

type Target = {
  /** The language alone, `pt` of `pt-BR`, in the detector's words. */
  readonly language: string;
  /** The script that the tag means, whether it says so or not: `Latn`, `Hant`. */
  readonly script: string;
  /** Its letters. */
  readonly letters: RegExp;
  /** Whether two letters of it are about a word. */
  readonly dense: boolean;
  /** Which Chinese letters the tag asks for; null where it leaves them open, or is not Chinese. */
  readonly han: 'Hans' | 'Hant' | null;
};

const HAN = /\p{sc=Han}/gu;
const HIRAGANA = /\p{sc=Hiragana}/gu;
const KANA = /[\p{sc=Hiragana}\p{sc=Katakana}]/gu;

/** Scripts whose tag is not the name of their letters. */
const MIXED: Readonly<Record<string, RegExp>> = {
  Hans: HAN,
  Hant: HAN,
  Jpan: /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu,
  Kore: /\p{sc=Hangul}/gu,
};

function targetOf(tag: string): Target | null {
  try {
    const locale = new Intl.Locale(tag);
    const { language, script } = locale.maximize();
    if (script === undefined) return null;
    const isExact = locale.script !== undefined || locale.region !== undefined;
    const isHan = script === 'Hans' || script === 'Hant';
    return {
      language: CODES[language] ?? language,
      script,
      letters: MIXED[script] ?? new RegExp(`\\p{sc=${script}}`, 'gu'),
      dense: script in MIXED,
      han: isHan && isExact ? script : null,
    };
  } catch {
    return null; // no tag, or of a script that has no letters here
  }
}

/** So much of a line tells its language. Characters. */
const ENOUGH = 1000;
/** Letters beside quotations without which a line is nothing but quoted. */
const FEWEST_LETTERS = 8;
const ADDRESS = /(?:https?:\/\/|www\.)[\x21-\x7E]+|[@#$][A-Za-z0-9_]+/g;
const QUOTATION = /“[^“”]*”|"[^"]*"|«[^«»]*»|「[^「」]*」|『[^『』]*』|《[^《》]*》|`[^`]*`/g;

/** What the writer says itself: no addresses and handles; no quotations, unless all is quoted. */
function ownWords(text: string): string {
  const words = text.slice(0, ENOUGH).replace(ADDRESS, ' ');
  const unquoted = words.replace(QUOTATION, ' ');
  return count(unquoted, /\p{L}/gu) < FEWEST_LETTERS ? words : unquoted;
}

/** Lower-case Latin words: names have capitals or figures in them, or stand in an address. */
const PLAIN_WORD =
  /(?<![\p{L}\p{N}\p{M}_.\/\-])[\p{Ll}&&\p{sc=Latin}][\p{Ll}\p{M}]+(?![\p{L}\p{N}_\/]|\.\p{L})/gv;

function plainWords(text: string): string[] {
  return text.match(PLAIN_WORD) ?? [];
}

const DENSE_LETTERS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/gu;

/** About how many words so many letters make. */
function wordsIn(letters: number, dense: boolean): number {
  return letters / (dense ? 2 : 5);
}

/** Words in foreign letters that may be names. */
const MAY_BE_NAMES = 3;

/** Whether most is in letters that are neither Latin nor the language's own. */
function isInOtherScript(text: string, { script, letters, dense }: Target): boolean {
  const foreign = text.replace(letters, '').replace(/\p{sc=Latin}/gu, '');
  const denseForeign = count(foreign, DENSE_LETTERS);
  const foreignWords =
    wordsIn(denseForeign, true) + wordsIn(count(foreign, /\p{L}/gu) - denseForeign, false);
  const own = wordsIn(count(text, letters), dense);
  // A line in Latin letters has hardly any others; elsewhere Latin names make room for some.
  return foreignWords >= MAY_BE_NAMES && foreignWords > (script === 'Latn' ? 0.4 : 1) * own;
}

const LATIN_WORD = /\p{sc=Latin}[\p{sc=Latin}\p{N}.'’-]+/gu;

/** Small words of English, the language into which writers slip: they stand in no list of terms. */
const ENGLISH = new Set(
  'the of and to in is are was were that this it its for on with as by at from has have will'.split(
    ' ',
  ),
);

/**
 * Whether a line whose language has letters of its own is in a language that has Latin ones. Names
 * and terms of the trade stay as they are in any language, so many plain words only make it foreign.
 */
function isInLatin(text: string, { letters, dense }: Target, detect: LanguageDetector): boolean {
  const own = count(text, letters) / (dense ? 1 : 5);
  const plain = plainWords(text);
  const weight = plain.length + plain.filter((word) => ENGLISH.has(word)).length;
  if (plain.length >= 3 && weight >= 4 && weight > own) return true;
  return own === 0 && count(text, LATIN_WORD) >= 6 && detect(text) !== null;
}

/** Simplified letters, which Japanese does not have, and the traditional ones in their place. */
const SIMPLIFIED =
  /[这说时对发现东车长门问题经应开关电话请让认为们过还进边业产专传亿价费务达网级约线给调视见论议设计语资购销]/gu;
const TRADITIONAL =
  /[這說時對發現東車長門問題經應開關電話請讓認為們過還進邊業產專傳億價費務達網級約線給調視見論議設計語資購銷]/gu;

/** Whether Chinese is written with the other kind of letters than was asked for. */
function hasOthersHan(text: string, han: Target['han']): boolean {
  const traditional = count(text, TRADITIONAL) - count(text, SIMPLIFIED);
  return (han === 'Hans' && traditional >= 2) || (han === 'Hant' && traditional <= -2);
}

/** Japanese writes its endings in hiragana, names less often. */
function isJapanese(text: string): boolean {
  const hiragana = count(text, HIRAGANA);
  return hiragana >= 3 && hiragana * 4 >= count(text, HAN) + count(text, KANA);
}

/** Whether what should be Japanese has no kana, and is no short heading. */
function isChinese(text: string): boolean {
  if (count(text, KANA) > 0) return false;
  const han = count(text, HAN);
  return han >= 12 || (han >= 4 && count(text, SIMPLIFIED) > 0);
}

/** The detector's codes, where they are others than those of a tag. */
const CODES: Readonly<Record<string, string>> = { nb: 'no', nn: 'no', fil: 'tl' };

/** Languages, by alphabet, between which letter sequences cannot tell for sure. */
const ALIKE = [
  'no da sv',
  'hr sr bs sl cnr',
  'ms id jv su',
  'cs sk',
  'es gl ast',
  'pt gl',
  'nl af',
  'ru be bg uk sr mk',
  'fa ur ar ps ckb',
  'hi mr ne',
].map((group) => group.split(' '));

/** Languages that the detector knows. */
const KNOWN = new Set(
  'am ar az be bg bn ca cs da de el en es et eu fa fi fr gu he hi hr hu hy is it ja ka kn ko ku lo lt lv ml mr ms nl no or pa pl pt ro ru sk sl sq sr sv ta te th tl tr uk ur vi yo zh'.split(
    ' ',
  ),
);

/** Letters below which a guess by letter sequences is no judgement. */
const JUDGED = 30;

/** Whether letter sequences do not say for sure that it is another language of the same letters. */
function isInAlphabet(text: string, { language }: Target, detect: LanguageDetector): boolean {
  if (count(text, /\p{L}/gu) < JUDGED) return true;
  const said = detect(text);
  if (said === null || said === language) return true;
  // A language that the detector does not know looks like its neighbour, hardly like English.
  if (!KNOWN.has(language)) return said !== 'en';
  return ALIKE.some((group) => group.includes(language) && group.includes(said));
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
