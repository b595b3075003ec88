import { defineCommand } from '../src/chat/command.ts';
import { someWords } from '../src/chat/options.ts';
import { bullets, paragraph, root, strong } from '../src/lib/tree.ts';
import { UserError } from '../src/model/errors.ts';
import { sourcesMessage } from '../src/publish/digest-message.ts';
import { linkedPostItem } from '../src/publish/post-item.ts';
import { citedPosts } from '../src/store/posts.ts';
import { timeToMinute } from '../src/model/window.ts';
import { textsIn } from '../src/texts/texts.ts';
import { shownReport } from './shown.ts';

/** `/sources III.C.2`: the posts that a line of the digest in view rests on; all of them without a line. */
export const sources = defineCommand({
  name: 'sources',
  options: { written: someWords('LINE') },
  async run({ written }, context) {
    const report = await shownReport(context);
    const posts = await citedPosts(context.db, report);
    if (written === '') return { ...sourcesMessage(report, posts), shown: report };
    const address = addressIn(written);
    const line = report.lines.find((candidate) => candidate.address === address);
    if (!line) {
      const texts = textsIn(context.language);
      throw new UserError('not-found', texts.noLine(written, report.lines[0]?.address ?? 'I.1'));
    }
    const cited = line.cites.flatMap((id) => posts.get(id) ?? []);
    const { timeZone } = report.window;
    return {
      tree: root([
        paragraph([strong(line.address)]),
        bullets(cited.map((post) => linkedPostItem(post, timeToMinute(post.createdAt, timeZone)))),
      ]),
      shown: report,
    };
  },
});

/** `iii.c.2`, `C2`, `C.2`, `Ⅱ.3` as the address that a report has. */
function addressIn(written: string): string {
  const plain = written.normalize('NFKC').toUpperCase().replace(/\s/g, ''); // Ⅱ is II
  const [, part, position] = /^(I{1,2}|IV)\.?(\d+)$/.exec(plain) ?? [];
  if (part !== undefined) return `${part}.${position}`;
  return plain.replace(/^(?:III\.?)?([A-I])\.?(\d+)$/, 'III.$1.$2');
}
