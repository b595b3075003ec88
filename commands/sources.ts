import { isWithin } from '../src/ask/sections.ts';
import { type Context, defineCommand, type Reply } from '../src/chat/command.ts';
import { someWords } from '../src/chat/options.ts';
import { plainLine, shorten } from '../src/lib/text.ts';
import { bullets, emphasis, paragraph, root, strong } from '../src/lib/tree.ts';
import type { Passage, Turn } from '../src/model/asking.ts';
import { UserError } from '../src/model/errors.ts';
import type { Post } from '../src/model/post.ts';
import type { Line } from '../src/model/report.ts';
import { sourcesMessage } from '../src/publish/digest-message.ts';
import { linkedPostItem } from '../src/publish/post-item.ts';
import { lastShownTo } from '../src/store/messages.ts';
import { citedPosts } from '../src/store/posts.ts';
import type { StoredReport } from '../src/store/reports.ts';
import { conversationOf } from '../src/store/turns.ts';
import { timeToMinute } from '../src/model/window.ts';
import { textsIn } from '../src/texts/texts.ts';
import { CONVERSATION_MS, shownReport } from './shown.ts';

/**
 * `/sources III.C.2`, `/sources C`: the posts that a line or a section of the digest in view rests on; all
 * of them without a name. `/sources 3` after an answer: what stands under its [3].
 */
export const sources = defineCommand({
  name: 'sources',
  options: { written: someWords('LINE') },
  async run({ written }, context) {
    const number = MARK.exec(written.normalize('NFKC').trim())?.groups?.['number'];
    const ofAnswer =
      number === undefined ? null : await showSourcesOfAnswer(Number(number), context);
    return ofAnswer ?? showSources(written, context);
  },
});

/** A number, as answers mark their sources and the first screen its points. */
const MARK = /^(?:\[\s*)?(?<number>\d{1,3})(?:\s*\])?$/u;

/**
 * What stands under a number in the answer that was shown last, or all that it rests on; `null` where a
 * digest was shown last, or nothing. @throws {UserError} where the answer has no such number.
 */
export async function showSourcesOfAnswer(
  number: number | null,
  context: Context,
): Promise<Reply | null> {
  const turn = await turnShownLast(context);
  const passages = turn?.answer?.sources ?? [];
  if (!turn || passages.length === 0) return null;
  const texts = textsIn(context.language);
  const asked = shorten(plainLine(turn.question), LONGEST_QUESTION);
  const meant = number === null ? passages : passages.slice(Math.max(0, number - 1), number);
  if (meant.length === 0) {
    throw new UserError('not-found', texts.noSourceOfAnswer(number ?? 0, passages.length, asked));
  }
  const ids = new Map(meant.flatMap(postsOf).map((post) => [post.id, post]));
  return {
    tree: root([
      paragraph([strong(texts.sourceOfAnswer(number, asked))]),
      bullets([...ids.values()].map((post) => itemOf(post, context))),
    ]),
  };
}

/** So much of a question is said back. Characters. */
const LONGEST_QUESTION = 80;

function postsOf(passage: Passage): readonly Post[] {
  return passage.kind === 'post' ? [passage.post] : passage.posts;
}

function itemOf(post: Post, { topic }: Context) {
  return linkedPostItem(post, timeToMinute(post.createdAt, topic.timeZone));
}

/** The turn whose answer was shown last; `null` where a digest was, or nothing for an hour. */
async function turnShownLast({
  db,
  now,
  channel,
  person,
  answered,
}: Context): Promise<Turn | null> {
  const after = new Date(now().getTime() - CONVERSATION_MS);
  const last = answered ?? (await lastShownTo(db, channel, person.id, after));
  const turns = await conversationOf(db, channel, last?.turn ?? null);
  return turns.at(-1) ?? null;
}

/** The posts that a line or a section of the digest in view rests on, exactly. @throws {UserError} */
export async function showSources(written: string, context: Context): Promise<Reply> {
  const report = await shownReport(context);
  const posts = await citedPosts(context.db, report);
  if (written === '') return { ...sourcesMessage(report, posts), shown: report };
  const { title, address, lines } = findLines(written, report, context);
  const ids = new Set(lines.flatMap(({ cites }) => cites));
  const cited = [...ids].flatMap((id) => posts.get(id) ?? []);
  const { timeZone } = report.window;
  return {
    tree: root([
      paragraph([strong(title)]),
      bullets(cited.map((post) => linkedPostItem(post, timeToMinute(post.createdAt, timeZone)))),
      ...(isNumber(written) ? [paragraph([emphasis(lineShown(report, address, context))])] : []),
    ]),
    shown: report,
    about: { report: report.id, section: address, turn: null },
  };
}

function isNumber(written: string): boolean {
  return MARK.test(written.normalize('NFKC').trim());
}

/** Which line a number was taken for: it may have been meant for something else. */
function lineShown({ window }: StoredReport, address: string, { language }: Context): string {
  const texts = textsIn(language);
  return texts.lineOfReport(texts.days(window.from, window.to), address);
}

type Found = { readonly title: string; readonly address: string; readonly lines: readonly Line[] };

/** The line that is meant, or the lines of a section or a part. */
function findLines(written: string, report: StoredReport, { language }: Context): Found {
  for (const address of addressesIn(written)) {
    const lines = report.lines.filter((line) => isWithin(line.address, [address]));
    const section = report.sections.find(({ letter }) => `III.${letter}` === address);
    const title = section ? `${section.letter} ${section.name}` : address;
    if (lines.length > 0) return { title, address, lines };
  }
  const texts = textsIn(language);
  throw new UserError('not-found', texts.noLine(written, report.lines[0]?.address ?? 'I.1'));
}

/** What `iii.c.2`, `C2`, `C.2`, `Ⅱ.3`, `C` or `ii` may be called in a report: a section before a part. */
function addressesIn(written: string): string[] {
  const plain = written.normalize('NFKC').toUpperCase().replace(/\s/g, ''); // Ⅱ is II
  const [, part, position] = /^(I{1,2}|IV)\.?(\d+)$/.exec(plain) ?? [];
  if (part !== undefined) return [`${part}.${position}`];
  if (/^\d+$/.test(plain)) return [`I.${plain}`]; // as the first screen numbers them
  const [, letter, number] = /^(?:III\.?)?([A-I])(?:\.?(\d+))?$/.exec(plain) ?? [];
  if (letter === undefined) return [plain];
  const section = `III.${letter}`;
  return number === undefined ? [section, plain] : [`${section}.${number}`];
}
