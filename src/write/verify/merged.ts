import type { Problem } from '../../model/verdict.ts';
import { clausesOf, type Span } from './clauses.ts';
import type { Figure } from './figures.ts';
import type { Ground, Source } from './ground.ts';
import {
  authorsOf,
  type Content,
  contentsOf,
  isFound,
  type Vocabulary,
  vocabularyOf,
} from './likeness.ts';
import { amountsIn, isSame } from './numbers.ts';
import { piecesOf } from './pieces.ts';

/**
 * A suspicion where one clause joins what two posts say of different things: a figure of one with
 * the subject of another. Posts of one thread are one text.
 */
export function mergers(words: string, ground: Ground): Problem[] {
  const texts = threadsOf(ground).map((sources) => ({
    figures: sources.flatMap(({ figures }) => figures),
    words: readAll(sources),
  }));
  if (texts.length < 2) return [];
  const authors = authorsOf(ground);
  const figures = amountsIn(words);
  const merged = clausesOf(words).some((clause) => {
    const contents = contentsOf(clause.text).filter(
      ({ word }) => !piecesOf(word).some((piece) => authors.has(piece)),
    );
    return isMerged(contents, figuresWithin(clause, figures), texts);
  });
  return merged ? [{ kind: 'unlike' }] : [];
}

function readAll(sources: readonly Source[]): Vocabulary {
  return vocabularyOf(sources.map(({ text }) => text).join('\n'));
}

function figuresWithin({ start, end }: Span, figures: readonly Figure[]): Figure[] {
  return figures.filter((figure) => figure.start >= start && figure.start < end);
}

/** A subject takes so many words of its own. */
const SUBJECT = 2;

function isMerged(
  contents: readonly Content[],
  figures: readonly Figure[],
  texts: readonly { readonly figures: readonly Figure[]; readonly words: Vocabulary }[],
): boolean {
  return figures.some((figure) => {
    const own = texts.filter((text) => text.figures.some((other) => isSame(figure, other)));
    const others = texts.filter((text) => !own.includes(text));
    if (own.length === 0 || others.length === 0) return false;
    const foreign = contents.filter(
      (content) =>
        !own.some(({ words }) => isFound(content, words)) &&
        others.some(({ words }) => isFound(content, words)),
    );
    return foreign.reduce((sum, { weight }) => sum + weight, 0) >= SUBJECT;
  });
}

/** Posts of one author so close to each other were written in one go. */
const ONE_GO = 5 * 60_000;

/** The texts, those of one thread together; an earlier line belongs to all of them. */
function threadsOf({ sources }: Ground): Source[][] {
  const threads: Source[][] = [];
  for (const source of sources) {
    const thread = threads.find((others) => others.some((other) => isOneThread(source, other)));
    if (thread === undefined) threads.push([source]);
    else thread.push(source);
  }
  return threads;
}

function isOneThread({ post: a }: Source, { post: b }: Source): boolean {
  if (a === null || b === null) return true;
  if (a.quotedId === b.id || b.quotedId === a.id) return true;
  if (a.author !== b.author) return false;
  return (
    (a.conversationId !== null && a.conversationId === b.conversationId) ||
    Math.abs(a.createdAt.getTime() - b.createdAt.getTime()) <= ONE_GO
  );
}
