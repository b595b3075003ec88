import type { PhrasingContent, Root, RootContent } from 'mdast';

import { oneLine } from '../lib/text.ts';
import {
  bullets,
  emphasis,
  heading,
  lineBreak,
  link,
  paragraph,
  root,
  strong,
  text,
} from '../lib/tree.ts';
import { UserError } from '../model/errors.ts';
import { type Post, postLink } from '../model/post.ts';
import type { Line } from '../model/report.ts';
import type { Verdict } from '../model/verdict.ts';
import { timeToMinute } from '../model/window.ts';
import type { Database } from '../store/database.ts';
import { citedPosts } from '../store/posts.ts';
import type { StoredReport } from '../store/reports.ts';
import { problemInWords } from '../texts/texts.ts';

/** A line of a stored report: its words, its verdict, and the posts that it rests on. */
export async function explainLine(
  db: Database,
  report: StoredReport,
  address: string,
): Promise<{ tree: Root; json: unknown }> {
  const line = lineAt(report, address);
  const posts = await citedPosts(db, { lines: [line] });
  const cited = line.cites.flatMap((id) => posts.get(id) ?? []);
  const tree = root([
    heading(2, line.address),
    paragraph([...(line.lead === null ? [] : [strong(line.lead), text(' – ')]), text(line.text)]),
    ...(line.impact === null ? [] : [paragraph([emphasis(line.impact)])]),
    ...verdictOf(line.verdict),
    ...restsOn(line),
    heading(3, cited.length === 1 ? 'The post' : 'The posts'),
    bullets(cited.map((post) => wholePost(post, report.window.timeZone))),
  ]);
  return { tree, json: { line, posts: cited } };
}

function lineAt(report: StoredReport, address: string): Line {
  const wanted = address.trim().normalize('NFKC').toUpperCase(); // the headings have Ⅲ
  const line = report.lines.find((candidate) => candidate.address === wanted);
  if (line) return line;
  const known = report.lines.map((candidate) => candidate.address).join(', ');
  throw new UserError('not-found', `This report has no line "${address}". It has: ${known}.`);
}

function verdictOf(verdict: Verdict): RootContent[] {
  if (verdict.kind === 'quoted') {
    return [paragraph([text('Its words are the post’s own; no model wrote it.')])];
  }
  const by = verdict.by === 'model' ? 'the rules and a second model' : 'the rules';
  if (verdict.kind === 'supported') {
    return [paragraph([text(`Checked by ${by}: its posts carry it.`)])];
  }
  return [
    paragraph([text(`Rewritten once, then checked by ${by}. The first version failed:`)]),
    bullets(verdict.problems.map((problem) => [text(problemInWords(problem, 'en'))])),
  ];
}

function restsOn({ continues, basis }: Line): RootContent[] {
  const notes = [
    continues && `It goes on from ${continues.address} of the report of ${continues.to}.`,
    basis.length > 0 && `It follows from ${basis.join(', ')}.`,
  ].filter((note) => typeof note === 'string');
  return notes.map((note) => paragraph([text(note)]));
}

function wholePost(post: Post, timeZone: string): PhrasingContent[] {
  const address = postLink(post);
  const id = oneLine(post.id);
  const who = `${oneLine(post.authorName)} (@${oneLine(post.author)})`;
  const when = timeToMinute(post.createdAt, timeZone);
  const numbers = [post.likes, post.reposts, post.replies].map((count) => count ?? '?').join(' / ');
  return [
    address === null ? strong(id) : link(address, id),
    text(` ${who}, ${when}, likes / reposts / replies ${numbers}`),
    lineBreak,
    text(oneLine(post.text)),
  ];
}
