import type { Evidence, Looked } from '../model/asking.ts';
import { foldName } from './spoken-names.ts';

/** Nobody asks for more at once. */
const MOST_AUTHORS = 5;

const HANDLE = /(?<![\w@.])@(\w{1,30})/g;

/** What a question was understood to be limited to, beside days: who was to have said it, sections. */
export function lookedThrough({ query, hits }: Evidence): Looked {
  const { sections, words } = query;
  const written = [...words.matchAll(HANDLE)].map(([, handle = '']) => handle);
  const named = authorsAmong(hits, query.speakers);
  const byFolded = new Map([...written, ...named].map((handle) => [foldName(handle), handle]));
  return { authors: [...byFolded.values()].slice(0, MOST_AUTHORS), sections };
}

/** The authors of what was found whose handle, or whole name, is asked for. */
function authorsAmong(hits: Evidence['hits'], authors: readonly string[]): string[] {
  return hits.flatMap(({ passage }) => {
    if (passage.kind === 'line') return [];
    const { author, authorName } = passage.post;
    return [author, authorName].some((name) => authors.includes(foldName(name))) ? [author] : [];
  });
}
