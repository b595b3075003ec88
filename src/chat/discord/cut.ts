import type { Span } from './spans.ts';

/** Whether so many UTF-16 units of a text, from its beginning, fit where they are to stand. */
type Fit = (offset: number) => boolean;

/**
 * Where spans that are too long are to be cut, as an offset in UTF-16 units: at the last end of a
 * sentence that fits, else of a word, else anywhere; within a link only where that is longer than most
 * of the room; 0 where nothing fits. An end that would leave
 * more than half of the room unused is passed over.
 */
export function placeToCut(spans: readonly Span[], doesFit: Fit): number {
  const text = spans.map((span) => span.text).join('');
  const most = last(bordersOf(text, 'grapheme'), doesFit) || last(codePoints(text), doesFit);
  const links = linksIn(spans);
  const isOutside = (at: number) => !links.some(({ from, to }) => from < at && at < to);
  const [sentences, spaces, words] = [
    betweenSentences(text),
    afterSpaces(text),
    betweenWords(text),
  ];
  const outside = [sentences, spaces, words].map((borders) => borders.filter(isOutside));
  for (const borders of [...outside, spaces, words]) {
    const place = last(borders, doesFit);
    if (place >= most / 2) return place;
  }
  return most;
}

/** The last of the offsets that fits, which all up to it do; 0 if there is none. */
function last(offsets: readonly number[], doesFit: Fit): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (doesFit(offsets[middle] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : (offsets[low - 1] ?? 0);
}

function linksIn(spans: readonly Span[]): { from: number; to: number }[] {
  let at = 0;
  return spans.flatMap(({ text, url }) => {
    at += text.length;
    return url === null ? [] : [{ from: at - text.length, to: at }];
  });
}

const SEGMENTERS = {
  sentence: new Intl.Segmenter(undefined, { granularity: 'sentence' }),
  word: new Intl.Segmenter(undefined, { granularity: 'word' }),
  grapheme: new Intl.Segmenter(undefined, { granularity: 'grapheme' }),
};

function bordersOf(text: string, kind: keyof typeof SEGMENTERS): number[] {
  return Array.from(SEGMENTERS[kind].segment(text), ({ index }) => index).slice(1);
}

/** Not within what is written as one word, such as the name of a site. */
function betweenSentences(text: string): number[] {
  return bordersOf(text, 'sentence').filter((at) =>
    /[\s。！？｡”’」』）]/u.test(text[at - 1] ?? ''),
  );
}

function afterSpaces(text: string): number[] {
  return Array.from(text.matchAll(/(?<=\s)(?=\S)/gu), ({ index }) => index);
}

/** Between words that no space divides, as in Chinese, but before no closing mark. */
function betweenWords(text: string): number[] {
  return bordersOf(text, 'word').filter((at) => !/^[\p{Pe}\p{Pf}\p{Po}]/u.test(text.slice(at)));
}

function codePoints(text: string): number[] {
  return Array.from(text.matchAll(/(?!^)./gsu), ({ index }) => index);
}
