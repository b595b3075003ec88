import type { Evidence, Looked } from '../model/asking.ts';
import { foldName } from './spoken-names.ts';

/** Words of questions about what somebody said. */
const SPEAKS =
  /\b(?:said?|says?|saying|post(?:s|ed)?|tweet(?:s|ed)?|wr(?:i|o)tes?|written|think|thinks|thought|announced?|announces?|shared?|shares?|mention(?:s|ed)?|talk(?:s|ed)?|by|from)\b|[说讲聊发写提]|认为|觉得|宣布|分享|表示|观点|看法/iu;
const HANDLE = /(?<![\w@.])@(\w{1,30})/g;

/** What a question was understood to be limited to, beside days: who was to have said it, sections. */
export function lookedThrough({ query, hits }: Evidence): Looked {
  const { sections, words } = query;
  const written = [...words.matchAll(HANDLE)].map(([, handle = '']) => handle);
  const named = SPEAKS.test(words) ? authorsAmong(hits, query.authors) : [];
  const byFolded = new Map([...written, ...named].map((handle) => [foldName(handle), handle]));
  return { authors: [...byFolded.values()], sections };
}

/** The authors of what was found whose handle, or whole name, is asked for. */
function authorsAmong(hits: Evidence['hits'], authors: readonly string[]): string[] {
  return hits.flatMap(({ passage }) => {
    if (passage.kind === 'line') return [];
    const { author, authorName } = passage.post;
    return [author, authorName].some((name) => authors.includes(foldName(name))) ? [author] : [];
  });
}
