import { defineCommand, words } from '../src/chat/command.ts';
import { UserError } from '../src/model/errors.ts';
import type { Report, SectionLetter } from '../src/model/report.ts';
import { partTree } from '../src/publish/report-tree.ts';
import { citedPosts } from '../src/store/posts.ts';
import { textsIn } from '../src/texts/texts.ts';
import { shownReport } from './shown.ts';

/** `/section II`, `/section C` or `/section IV`: one part of the digest in view. */
export const section = defineCommand({
  name: 'section',
  option: words('II|A…I|IV'),
  async run(written, context) {
    const report = await shownReport(context);
    const asked = written
      .toUpperCase()
      .replace(/^(?:Ⅱ|2)$/, 'II')
      .replace(/^(?:Ⅳ|4)$/, 'IV');
    const known = partsOf(report);
    const found = known.find((part) => part === asked);
    if (found) {
      return { tree: partTree(report, await citedPosts(context.db, report), found), shown: report };
    }
    throw new UserError('usage', textsIn(context.language).noSection(written, known));
  },
});

/** The parts that a digest has besides the brief, in its order. */
function partsOf({ lines, sections }: Report): ('II' | 'IV' | SectionLetter)[] {
  const has = (part: 'II' | 'IV') => (lines.some((line) => line.part === part) ? [part] : []);
  return [...has('II'), ...sections.map(({ letter }) => letter), ...has('IV')];
}
