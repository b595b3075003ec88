import { plainLine, shorten } from '../lib/text.ts';
import type { Post } from '../model/post.ts';
import type { Line, Part } from '../model/report.ts';
import type { Told } from './continuity.ts';
import type { Evidence } from './evidence.ts';
import type { Reply } from './reply.ts';

/** A line as the model wrote it, before anybody checked it. */
export type Draft = {
  readonly part: Part;
  readonly lead: string | null;
  readonly text: string;
  readonly bold: readonly string[];
  readonly impact: string | null;
  /** The impact is the model's own inference. */
  readonly inferred: boolean;
  /** The posts that it cites, strongest first. */
  readonly posts: readonly Post[];
  /** What it cites that was never shown. */
  readonly unknown: readonly string[];
  readonly continues: Told | null;
  /** Part IV: the lines that it follows from. */
  readonly basis: readonly Line[];
};

/** Marks that are looked at, and characters of a text that are read: more is no line any more. */
const MOST_MARKS = 50;
const MOST_CHARACTERS = 2000;

/** Posts that a line may cite: more is no evidence but a list. */
const MOST_POSTS = 8;

/** Reads the lines of a reply; a line without a letter is none. Other fields than its part has are left out. */
export function draftsFrom(
  reply: Reply,
  part: Part,
  evidence: Evidence,
  written: readonly Line[] = [],
): (Draft | null)[] {
  return reply.lines.map((line) => {
    const { plain: text, bold } = withoutMarks(line.text);
    if (!/\p{L}/u.test(text)) return null;
    const basis = part === 'IV' ? basisOf(line.basis, written) : [];
    const cited = part === 'IV' ? postsBehind(basis, evidence) : citedBy(line.posts, evidence);
    return {
      part,
      lead: part === 'I' || part === 'IV' ? orNone(line.lead) : null,
      text,
      bold: part === 'III' ? bold : [],
      impact: part === 'II' ? orNone(line.impact) : null,
      inferred: line.inferred,
      ...cited,
      continues: part === 'IV' ? null : (evidence.earlier.get(line.continues.trim()) ?? null),
      basis,
    };
  });
}

function citedBy(marks: readonly string[], { posts }: Evidence): Pick<Draft, 'posts' | 'unknown'> {
  const known = new Map<string, Post>();
  const unknown = new Set<string>();
  for (const written of marks.slice(0, MOST_MARKS)) {
    const mark = written.trim().replace(/^\[(.*)\]$/, '$1');
    const post = posts.get(mark);
    if (post) known.set(post.id, post);
    else unknown.add(shorten(plainLine(mark), 40));
  }
  return { posts: [...known.values()].slice(0, MOST_POSTS), unknown: [...unknown] };
}

function basisOf(addresses: readonly string[], written: readonly Line[]): Line[] {
  const asked = new Set(addresses.map((address) => address.trim()));
  return written.filter(({ address }) => asked.has(address));
}

/** Advice rests on the posts of its lines: the strongest of each in turn. */
function postsBehind(
  basis: readonly Line[],
  { posts, marks }: Evidence,
): Pick<Draft, 'posts' | 'unknown'> {
  const known = new Map<string, Post>();
  const longest = Math.max(0, ...basis.map(({ cites }) => cites.length));
  for (let place = 0; place < longest; place += 1) {
    for (const { cites } of basis) {
      const post = posts.get(marks.get(cites[place] ?? '') ?? '');
      if (post) known.set(post.id, post);
    }
  }
  return { posts: [...known.values()].slice(0, 4), unknown: [] };
}

function orNone(words: string): string | null {
  const { plain } = withoutMarks(words);
  return plain === '' ? null : plain;
}

/** `a **b** c` → `a b c` and the pieces that were marked; a mark without its other half stays out too. */
function withoutMarks(written: string): { plain: string; bold: string[] } {
  const words = shorten(plainLine(written.slice(0, 2 * MOST_CHARACTERS)), MOST_CHARACTERS);
  const pieces = words.split('**');
  const closed = pieces.length % 2 === 1 ? pieces.length : pieces.length - 1;
  const bold = pieces.filter((_, index) => index % 2 === 1 && index < closed);
  return {
    plain: plainLine(pieces.join('')),
    bold: [...new Set(bold.map((piece) => piece.trim()).filter((piece) => piece !== ''))],
  };
}
