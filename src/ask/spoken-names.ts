import { simplified } from '../lib/dictionary.ts';
import { withoutPossessive } from '../lib/terms.ts';
import { tagWords, TOKEN } from '../lib/tokens.ts';
import type { Wanted } from '../model/asking.ts';
import { type KnownName, SPOKEN_NAMES } from '../model/known-names.ts';

/** A name of the field that stands in a text. */
export type Spoken = { readonly name: KnownName; readonly start: number; readonly end: number };

/**
 * A name in one word of small letters and figures, whatever marks and spaces it is written with, its Chinese
 * in simplified characters.
 */
export function foldName(name: string): string {
  const folded = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return simplified(folded);
}

/** The names of the field in a text, in English, in Chinese or as nicknames, the longest where several fit. */
export function spokenNames(text: string): Spoken[] {
  const found = [...latinNames(text), ...hanNames(text)];
  return found.filter(
    (one) =>
      !found.some(
        (other) =>
          other.start <= one.start &&
          other.end >= one.end &&
          other.end - other.start > one.end - one.start,
      ),
  );
}

const HAN = /\p{Script=Han}/u;
/** A name has at most so many words. */
const MOST_WORDS = 4;

/** The name of the field that is so called; folding Chinese takes a dictionary, which is loaded late. */
function nameCalled(folded: string): KnownName | undefined {
  byFolded ??= new Map(
    SPOKEN_NAMES.flatMap((name) => name.forms.map((form) => [foldName(form), name] as const)),
  );
  return byFolded.get(folded);
}

let byFolded: ReadonlyMap<string, KnownName> | undefined;

function latinNames(text: string): Spoken[] {
  const words = [...text.matchAll(TOKEN)]
    .filter(({ groups }) => groups?.['link'] === undefined && groups?.['cjk'] === undefined)
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const found: Spoken[] = [];
  for (const [first, { start }] of words.entries()) {
    for (const { end } of words.slice(first, first + MOST_WORDS)) {
      const name = nameCalled(foldName(withoutPossessive(text.slice(start, end))));
      if (name !== undefined) found.push({ name, start, end });
    }
  }
  return found;
}

const HAN_FORMS = new RegExp(
  SPOKEN_NAMES.flatMap(({ forms }) => forms)
    .filter((form) => HAN.test(form))
    .toSorted((a, b) => b.length - a.length)
    .map((form) => form.replace(/(?<=[A-Z])(?=\p{Script=Han})/u, '\\s*'))
    .join('|'),
  'giu',
);

/** Short ones only where a word begins: 阿里 stands in 阿里巴巴, not in 马阿里. */
function hanNames(text: string): Spoken[] {
  const starts = new Set(startsOfWords(text));
  return [...text.matchAll(HAN_FORMS)].flatMap((match) => {
    const name = nameCalled(foldName(match[0]));
    if (name === undefined || (match[0].length < 3 && !starts.has(match.index))) return [];
    return [{ name, start: match.index, end: match.index + match[0].length }];
  });
}

function startsOfWords(text: string): number[] {
  const starts: number[] = [];
  for (const { 0: run, index } of text.matchAll(/[\p{Script=Han}]+|[^\p{Script=Han}]+/gu)) {
    let at = index;
    if (!HAN.test(run)) {
      starts.push(at);
      continue;
    }
    for (const { word } of tagWords(run)) {
      starts.push(at);
      at += word.length;
    }
  }
  return starts;
}

/** Whether something that is wanted is one of some names, folded. */
export function isNameOf(names: readonly string[], { word, terms }: Wanted): boolean {
  const said = [foldName(withoutPossessive(word)), ...terms.keys()];
  return said.some((one) => names.includes(one));
}
