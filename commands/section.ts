import { defineCommand, words } from '../src/chat/command.ts';
import { UserError } from '../src/model/errors.ts';
import { partTree } from '../src/publish/report-tree.ts';
import { citedPosts } from '../src/store/posts.ts';
import { textsIn } from '../src/texts/texts.ts';
import { shownReport } from './shown.ts';

/** `/section II` or `/section C`: one part of the digest in view. */
export const section = defineCommand({
  name: 'section',
  option: words('II|A…I'),
  async run(written, context) {
    const report = await shownReport(context);
    const asked = written.toUpperCase().replace(/^(?:Ⅱ|2)$/, 'II');
    const hasFacts = report.lines.some((line) => line.part === 'II');
    const found =
      asked === 'II' && hasFacts
        ? ('II' as const)
        : report.sections.find(({ letter }) => letter === asked)?.letter;
    if (found) {
      return { tree: partTree(report, await citedPosts(context.db, report), found), shown: report };
    }
    const known = [...(hasFacts ? ['II'] : []), ...report.sections.map(({ letter }) => letter)];
    throw new UserError('usage', textsIn(context.language).noSection(written, known));
  },
});
