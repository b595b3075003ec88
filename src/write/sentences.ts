import { gapFor, oneLine } from '../lib/text.ts';
import { ADDRESSED, CUT_MARK, type Post, REPOST } from '../model/post.ts';

/** A sentence of a post, as it stands there (links and leading marks left out). */
export type Sentence = {
  readonly post: Post;
  /** Place in the post, from 0. */
  readonly index: number;
  readonly text: string;
  /** Ends before its author ended it. */
  readonly cut: boolean;
};

/** Latin words count one, two Han or kana characters count one: about what a reader takes in. */
function readingLength(text: string): number {
  const wide = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.,:/-]*/gu) ?? [];
  const narrow = words.filter(
    (word) => !/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(word),
  );
  const thai = text.match(/\p{Script=Thai}/gu)?.length ?? 0; // no spaces; about four letters a word
  return narrow.length + wide / 2 + thai / 4;
}

/** What is longer is cut at a pause. The characters bound what hardly has words. */
const LONGEST = { reading: 60, characters: 600 };
const ABBREVIATION =
  /(?:\b(?:vs|e\.g|i\.e|etc|approx|Dr|Mr|Mrs|Ms|Prof|No|Inc|Ltd|St|v)\.|\b\p{Lu}\.)\s*$/u;

/** Whether a text ends where a sentence does, for all that can be told without what follows. */
export function isFinished(text: string): boolean {
  return (
    /[。！？!?…][\p{Pe}\p{Pf}"']*\s*$/u.test(text) ||
    (/[^\d\s]\.[\p{Pe}\p{Pf}"']*\s*$/u.test(text) && !ABBREVIATION.test(text))
  );
}

const OPENING = /(?<![\p{Ps}\p{Pi}])[\p{Ps}\p{Pi}]+\s*$/u;

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** A link ends where other letters than a link's begin, and before the marks that end a sentence. */
const LINK = /(?<![ \t])[ \t]*(?:https?:\/\/|www\.)(?:[\x21-\x7E]*[\w/=#&%+~-]|\S+)/gi;
const ELLIPSIS = /(?<![\s\u200B])[\s\u200B]*(?:…|\.{3})$/;

/** The sentences of a post that could be quoted, in order. */
export function sentencesOf(post: Post): Sentence[] {
  const texts = post.text
    .replace(post.replyToId === null ? REPOST : ADDRESSED, '')
    .replace(LINK, elided) // before the splitting, which would split at the "?" of a link
    .replace(CUT_MARK, '')
    .split('\n')
    .filter((paragraph) => /[\p{L}\p{N}]/u.test(paragraph))
    .flatMap(sentencesIn)
    .map(stripMarks)
    .filter((text) => readingLength(text) >= 3);
  return texts.map((text, index) => {
    const tooLong = isTooLong(text);
    const quoted = (tooLong ? cutAtPause(text) : text).replace(ELLIPSIS, '');
    const cut = tooLong || (index === texts.length - 1 && isUnfinished(text, post));
    return { post, index, text: quoted, cut };
  });
}

/** What a link of a text leaves: in mid-sentence `…`, elsewhere nothing. */
function elided(link: string, at: number, text: string): string {
  const gap = gapFor(text.slice(0, at), text.slice(at + link.length)).trim();
  return gap === '' ? '' : `${/^[ \t]/.test(link) ? ' ' : ''}${gap}`;
}

/** Whether the last sentence of a post was cut by its source, or by its author for effect. */
function isUnfinished(text: string, post: Post): boolean {
  return ELLIPSIS.test(text) || (post.truncated && !/[.!?。！？]\P{L}*$/u.test(text));
}

function isTooLong(text: string): boolean {
  return text.length > LONGEST.characters || readingLength(text) > LONGEST.reading;
}

/** The sentences of a paragraph with the blanks around them, as they follow each other. */
export function sentencesIn(paragraph: string): string[] {
  const pieces: string[] = [];
  let before = '';
  let opened = ''; // a bracket that opens belongs to what follows, as the segmenter does not know
  for (const { segment } of segmenter.segment(paragraph)) {
    const whole = opened + segment;
    opened = OPENING.exec(whole)?.[0] ?? '';
    const piece = whole.slice(0, whole.length - opened.length);
    if (ABBREVIATION.test(before) || isInWord(before, piece))
      pieces.push((pieces.pop() ?? '') + piece);
    else pieces.push(piece);
    before = piece;
  }
  return pieces;
}

/** "sh!t": what the segmenter takes for an end goes on as the word went. After "Go!Then" it does not. */
function isInWord(before: string, after: string): boolean {
  if (/(?=\p{Script=Latin})\p{Ll}[!?]{1,3}$/u.test(before))
    return /^(?=\p{Script=Latin})\p{Ll}/u.test(after);
  return (
    /(?=\p{Script=Latin})\p{Lu}[!?]{1,3}$/u.test(before) &&
    /^(?=\p{Script=Latin})\p{Lu}/u.test(after)
  );
}

/** "2/", "2/7", "(2/7)"; neither fractions ("1/3 of all") nor "24/7". */
const THREAD_NUMBER =
  /^(?:(?!24\/7)\d{1,2}\s?\/\s?(?:\d{1,2})?(?=\s(?!of\b|的))|\(\d{1,2}\/(?:\d{1,2})?\))\s*/;
/** "3.", "•", "- "; no minus before a number. */
const BULLET = /^(?:\d{1,2}[.)、](?=\s|\p{Script=Han})|[•·*>→▪►—]+|[-–]+(?!\d))\s*/u;
const TAGS = /[#＃][\p{L}\p{N}_]+/gu;
const BLANK = '\\p{Extended_Pictographic}\\uFE0F\\u200B-\\u200D\\s';
/** Emoji, spaces and zero-width characters at the beginning and the end. */
const AROUND = new RegExp('^[MARK]+|(?<![MARK])[MARK]+$'.replaceAll('MARK', BLANK), 'gu');

/** Without bullets, thread numbers, trailing tags, and emoji around it. */
function stripMarks(text: string): string {
  return withoutTrailingTags(oneLine(text))
    .replace(THREAD_NUMBER, '')
    .replace(BULLET, '')
    .replace(/\s*\(\d{1,2}\/(?:\d{1,2})?\)$/, '')
    .replace(AROUND, '');
}

/** Tags that follow one another up to the end; one look at each, however many there are. */
function withoutTrailingTags(text: string): string {
  let end = text.length;
  for (const tag of [...text.matchAll(TAGS)].toReversed()) {
    if (text.slice(tag.index + tag[0].length, end).trim() !== '') break;
    end = tag.index;
  }
  return text.slice(0, end).trim();
}

function cutAtPause(text: string): string {
  let end = text.length;
  while (isTooLong(text.slice(0, end))) end = Math.floor(end * 0.9);
  const head = text.slice(0, end);
  const pause = Math.max(
    ...['，', '；', ', ', '; ', ' – ', ' — ', '。'].map((mark) => head.lastIndexOf(mark)),
  );
  const space = head.lastIndexOf(' ');
  const at = pause > end / 2 ? pause : space;
  if (at > end / 2) return head.slice(0, at).trim();
  // No place to pause at, as in Thai: at least not inside of a number, a Latin word or a character.
  return head.replace(/(?:[A-Za-z\d.,]+|[\uD800-\uDBFF])$/, '').trim() || head.toWellFormed();
}

/**
 * How well a sentence tells something on its own, 0 and more: figures and names help; questions,
 * beginnings that lean on what was said before, and mere exclamations do not.
 */
export function sentenceScore({ text, index, cut }: Sentence): number {
  const length = readingLength(text);
  if (length < 5 || ANNOUNCING.test(text)) return 0;
  const figures = text.match(/\d[\d.,]*\s?(?:%|[KMBkmb]\b|万|亿|倍)?/g)?.length ?? 0;
  const names =
    text.match(/(?<!^)(?<![.!?]\s)\b\p{Lu}[\p{L}\p{N}.-]+|(?<=\p{Script=Han}\s?)[A-Z][\w.-]+/gu)
      ?.length ?? 0;
  let score =
    Math.min(1, length / 14) * (1 + 0.35 * Math.min(3, figures) + 0.15 * Math.min(4, names));
  if (length > 45) score *= 0.8;
  if (LEANING.test(text)) score *= 0.6;
  if (/[?？]\s*$/.test(text)) score *= 0.4;
  if (/[,，]\s*$/.test(text)) score *= 0.5;
  if (ABOUT_THE_POST.test(text)) score *= 0.3;
  if (cut) score *= 0.85;
  return score * (1 - Math.min(0.4, index * 0.06));
}

/** What says something stands elsewhere: below, behind a link that is left out here. */
const ANNOUNCING = /[:：][\s\p{P}\p{Extended_Pictographic}\uFE0F]*$/u;

const LEANING =
  /^(?:and|but|so|or|this|that|these|those|it|its|it's|they|he|she|also|then|which|because|for example|e\.g\.|yes|no|yeah|ok|lol|wow)\b|^(?:而且|但是|但|所以|这|那|它|他们?|她|于是|因此|另外|还有|其实|比如|例如|哈哈)/i;
const ABOUT_THE_POST =
  /\b(?:thread|link|links) (?:below|here|in|👇)|\b(?:read more|full (?:post|thread|story)|more below|link in)\b|👇|详见|原文|链接|见评论/i;
