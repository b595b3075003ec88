import { isWithin } from '../src/ask/sections.ts';
import { type Context, defineCommand, type Reply } from '../src/chat/command.ts';
import { someWords } from '../src/chat/options.ts';
import { bullets, paragraph, root, strong } from '../src/lib/tree.ts';
import { UserError } from '../src/model/errors.ts';
import type { Line } from '../src/model/report.ts';
import { sourcesMessage } from '../src/publish/digest-message.ts';
import { linkedPostItem } from '../src/publish/post-item.ts';
import { citedPosts } from '../src/store/posts.ts';
import type { StoredReport } from '../src/store/reports.ts';
import { timeToMinute } from '../src/model/window.ts';
import { textsIn } from '../src/texts/texts.ts';
import { shownReport } from './shown.ts';

/**
 * `/sources III.C.2`, `/sources C`: the posts that a line or a section of the digest in view rests on; all
 * of them without a name.
 */
export const sources = defineCommand({
  name: 'sources',
  options: { written: someWords('LINE') },
  run: ({ written }, context) => showSources(written, context),
});

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
    ]),
    shown: report,
    about: { report: report.id, section: address, turn: null },
  };
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
