import { createSupportsHyperlinks } from 'supports-hyperlinks';

import { renderTerminal, type TerminalLook } from '../chat/terminal/render.ts';
import { paragraph, root, text } from '../lib/tree.ts';
import type { Published } from '../publish/jekyll.ts';
import { reportTree } from '../publish/report-tree.ts';
import type { Database } from '../store/database.ts';
import { citedPosts } from '../store/posts.ts';
import type { StoredReport } from '../store/reports.ts';
import { textsIn } from '../texts/texts.ts';
import type { Surroundings } from './verb.ts';

const WIDEST = 100; // longer lines are hard to read
const USUAL = 80;

/** What the stream can show: colours and links on a terminal only, and not where NO_COLOR is set. */
export function lookOf(stream: NodeJS.WriteStream): TerminalLook {
  return {
    width: Math.max(40, Math.min(WIDEST, stream.columns ?? USUAL)),
    color: stream.isTTY && stream.hasColors() && !process.env['NO_COLOR'],
    hyperlinks: stream.isTTY && createSupportsHyperlinks(stream),
  };
}

/** Says a sentence or two in lines that fit. */
export function sayIn(out: NodeJS.WriteStream, words: string): void {
  out.write(renderTerminal(root([paragraph([text(words)])]), lookOf(out)));
}

/** Prints a report and where its files lie. */
export async function showReport(
  db: Database,
  report: StoredReport,
  published: Published,
  { out }: Pick<Surroundings, 'out'>,
): Promise<void> {
  const posts = await citedPosts(db, report);
  const texts = textsIn(report.language);
  out.write(renderTerminal(reportTree(report, posts), lookOf(out)));
  out.write('\n');
  for (const { kind, file } of published.pictures) {
    out.write(`${texts.pictureFile(texts.pictures[kind].title, file)}\n`);
  }
  out.write(`${texts.jekyllPost(published.post)}\n`);
}
