import type { Border, Flow, Look, Run } from './flow.ts';
import { isSeen } from './inert.ts';

/** What one message holds. */
export type Room = {
  /** UTF-16 units after entity parsing. */
  readonly units: number;
  readonly entities: number;
  /**
   * Whether to fill it at least by half before a better border counts; otherwise the last border
   * between blocks or items is taken, however little stands before it.
   */
  readonly fill: boolean;
};

/**
 * Cuts a text into what fits into messages: between blocks, else between items or rows, else behind
 * a sentence, else behind a word, else between characters as readers see them. Nothing but white
 * space at the cuts is lost, and messages in which there would be nothing to see.
 *
 * @param roomOf the room of the message with that number, from 0
 */
export function cutFlow({ runs, borders }: Flow, roomOf: (index: number) => Room): Run[][] {
  const text = runs.map((run) => run.text).join('');
  const measured = withOffsets(runs);
  const pieces: Run[][] = [];
  let from = 0;
  for (;;) {
    const start = skipSpace(text, from);
    if (start >= text.length) return pieces;
    const room = roomOf(pieces.length);
    const hard = endOf(measured, start, room);
    from =
      hard >= text.length ? text.length : cutIn({ text, borders, start, hard, fill: room.fill });
    const piece = text.slice(start, from).trimEnd();
    if (isSeen(piece)) pieces.push(slice(measured, start, start + piece.length));
  }
}

type Measured = Run & { readonly offset: number };

function withOffsets(runs: readonly Run[]): Measured[] {
  let offset = 0;
  return runs.map((run) => {
    offset += run.text.length;
    return { ...run, offset: offset - run.text.length };
  });
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n') at += 1;
  return at;
}

/** Where a message that begins at `start` must end at the latest. */
function endOf(runs: readonly Measured[], start: number, { units, entities }: Room): number {
  const hard = start + units;
  let left = entities;
  let quote: Look['quote'];
  const first = runs.findIndex(({ offset, text }) => offset + text.length > start);
  for (const { look, offset } of runs.slice(first)) {
    if (offset >= hard) break;
    left -= entitiesOf(look) + (look.quote && look.quote !== quote ? 1 : 0);
    quote = look.quote;
    if (left < 0) return offset;
  }
  return hard;
}

/** Entities of a run beside its quote, which it shares with its neighbours. */
function entitiesOf({ bold, italic, struck, code, url }: Look): number {
  return [bold, italic, struck, code, url].filter((part) => part !== undefined).length;
}

function slice(runs: readonly Measured[], start: number, end: number): Run[] {
  return runs.flatMap(({ text, look, offset }) => {
    const part = text.slice(Math.max(start - offset, 0), Math.max(end - offset, 0));
    return part === '' ? [] : [{ text: part, look }];
  });
}

type Stretch = {
  readonly text: string;
  readonly borders: Readonly<Record<Border, readonly number[]>>;
  readonly start: number;
  readonly hard: number;
  readonly fill: boolean;
};

function cutIn({ text, borders, start, hard, fill }: Stretch): number {
  const within = (places: readonly number[], low: number) =>
    places.findLast((place) => place > low && place <= hard);
  const half = start + (hard - start) / 2;
  const whole = [...borders.block, ...borders.item].toSorted((one, other) => one - other);
  const [sentences, words] = [endsIn(text, SENTENCE, start, hard), endsIn(text, WORD, start, hard)];
  const best = fill
    ? [borders.block, borders.item, sentences, words].map((places) => within(places, half))
    : [within(whole, start)];
  const last = [
    within(borders.block, start),
    within(borders.item, start),
    within(sentences, start + LEAST),
    within(words, start + LEAST),
  ];
  return [...best, ...last].find((place) => place !== undefined) ?? characterEnd(text, start, hard);
}

/** Fewer characters, the mark of an item for instance, do not go alone to keep a long word whole. */
const LEAST = 16;

/** Citations belong to the sentence before them. */
const SENTENCE =
  /(?:[.!?…]["'”’)\]]*(?=[ \n])|[。！？；…]+[」』”’）】》]*|\](?=[ \n]))(?!\s*\[|\p{M}|[」』”’）】》。！？；…])/gu;

/** Chinese and Japanese have no spaces: they break where no mark is torn from its words. */
const WORD =
  /\S(?=[ \n](?!\p{M}))|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，、：；。！？」』）】》](?![\p{M}\s\u200B-\u200F\u2060，、：；。！？」』）】》”’…])/gu;

function endsIn(text: string, end: RegExp, start: number, hard: number): number[] {
  const stretch = text.slice(start, hard + AFTER);
  return [...stretch.matchAll(end)].map((match) => start + match.index + match[0].length);
}

/** Characters behind the latest end that are looked at to know whether it is one. */
const AFTER = 4;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Before the character that does not fit whole; inside it where it is longer than a message. */
function characterEnd(text: string, start: number, hard: number): number {
  const character = graphemes.segment(text.slice(start, hard + AFTER)).containing(hard - start);
  if (character && character.index > 0) return start + character.index;
  return /[\uDC00-\uDFFF]/.test(text[hard] ?? '') ? hard - 1 : hard;
}
