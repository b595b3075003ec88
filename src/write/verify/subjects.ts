import type { Problem } from '../../model/verdict.ts';
import { clausesOf, phrasesOf, type Span, spanAt } from './clauses.ts';
import type { Figure } from './figures.ts';
import type { Ground, Source } from './ground.ts';
import { type Content, contentsOf, isFound, type Vocabulary, vocabularyOf } from './likeness.ts';
import { amountsIn, isSame } from './numbers.ts';
import { once } from './once.ts';

/**
 * Figures that the grounds have, but of something else: the words around one in the line stand
 * around another of its kind in the posts, and hardly one of them around itself.
 */
export function misplacedFigures(words: string, ground: Ground): Problem[] {
  const places = placesIn(ground);
  if (places.length < 2) return [];
  const clauses = clausesOf(words);
  const figures = amountsIn(words);
  return figures.flatMap((figure) => {
    const clause = spanAt(clauses, figure.start);
    if (clause === undefined) return [];
    const beside = figures.filter((other) => spanAt(clauses, other.start) === clause);
    return isMisplaced(figure, beside, clause, places)
      ? [{ kind: 'number', what: figure.text }]
      : [];
  });
}

/** Figures that the line sets against each other, and the posts against others. */
export function mismatchedPairs(words: string, { sources }: Ground): Problem[] {
  const pairs = sources.flatMap(({ text, figures }) => comparedIn(text, figures));
  const isCompared = (figure: Figure) =>
    pairs.some((pair) => pair.some((other) => isSame(figure, other)));
  return comparedIn(words, amountsIn(words)).flatMap(([first, second]) => {
    const isPair = pairs.some(
      ([a, b]) =>
        (isSame(first, a) && isSame(second, b)) || (isSame(first, b) && isSame(second, a)),
    );
    const isMixed = !isPair && isCompared(first) && isCompared(second);
    return isMixed ? [{ kind: 'number', what: words.slice(first.start, second.end) }] : [];
  });
}

const AGAINST = /\b(?:vs|versus|against|compared (?:to|with))\b|对|相比|→|->/iu;
/** So far apart two figures may stand that are compared. */
const APART = 40;

function comparedIn(text: string, figures: readonly Figure[]): [Figure, Figure][] {
  const plain = figures.filter(({ isOfName }) => !isOfName);
  return plain.flatMap((first, place): [Figure, Figure][] => {
    const second = plain[place + 1];
    if (second === undefined || second.start - first.end > APART) return [];
    const between = text.slice(first.end, second.start);
    return !between.includes('\n') && AGAINST.test(between) ? [[first, second]] : [];
  });
}

/** A figure of the grounds with the words that stand around it. */
type Place = { readonly figure: Figure; readonly around: () => Vocabulary };

function placesIn({ sources }: Ground): Place[] {
  return sources.flatMap((source) => {
    const phrases = phrasesOf(source.text);
    return source.figures
      .filter(({ isOfName }) => !isOfName)
      .map((figure) => ({ figure, around: once(() => wordsAround(figure, source, phrases)) }));
  });
}

/** So many words on each side of a figure tell what it is of. */
const REACH = 3;

function wordsAround(figure: Figure, { text }: Source, phrases: readonly Span[]): Vocabulary {
  const phrase = spanAt(phrases, figure.start) ?? figure;
  const before = contentsOf(text.slice(phrase.start, figure.start)).slice(-REACH);
  const after = contentsOf(text.slice(figure.end, phrase.end)).slice(0, REACH);
  const words = [...before, ...after].map(({ word }) => word).join(' ');
  return vocabularyOf(words);
}

/** So many words of the line must stand around another figure, and none around its own. */
const MARGIN = 2;

function isMisplaced(
  figure: Figure,
  beside: readonly Figure[],
  clause: Span,
  places: readonly Place[],
): boolean {
  const own = places.filter((place) => isSame(figure, place.figure));
  if (own.length === 0) return false;
  const rivals = places.filter(
    (place) =>
      !own.includes(place) &&
      isOfOneKind(place.figure, figure, own) &&
      !beside.some((other) => isSame(other, place.figure)),
  );
  if (rivals.length === 0) return false;
  const contents = contentsOf(clause.text);
  const fit = (of: readonly Place[]) => Math.max(...of.map((place) => fitOf(contents, place)));
  return fit(own) < 1 && fit(rivals) >= MARGIN;
}

/** Two amounts in one unit, or two years; plain numbers count too many things. */
function isOfOneKind(a: Figure, b: Figure, own: readonly Place[]): boolean {
  const unit = own.find((place) => place.figure.unit !== null)?.figure.unit ?? b.unit;
  return a.unit === unit && (unit !== null || (isYear(a) && isYear(b)));
}

function isYear({ values }: Figure): boolean {
  return values.some((value) => Number.isInteger(value) && value >= 1900 && value < 2100);
}

function fitOf(contents: readonly Content[], { around }: Place): number {
  return contents.reduce(
    (sum, content) => sum + (isFound(content, around()) ? content.weight : 0),
    0,
  );
}
