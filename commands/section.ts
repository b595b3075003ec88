import { defineCommand } from '../src/chat/command.ts';
import { words } from '../src/chat/options.ts';
import { addressOfPart } from '../src/model/address.ts';
import { UserError } from '../src/model/errors.ts';
import type { Language } from '../src/model/topic.ts';
import { marksOf, partMessage } from '../src/publish/digest-message.ts';
import { citedPosts } from '../src/store/posts.ts';
import type { StoredReport } from '../src/store/reports.ts';
import { textsIn } from '../src/texts/texts.ts';
import { shownReport } from './shown.ts';

/** `/section II`, `/section C` or `/section IV`: one part of the digest in view. */
export const section = defineCommand({
  name: 'section',
  options: {
    written: {
      ...words('II|A…I|IV'),
      suggest: async (typed, { shown }) =>
        shown ? marksOf(shown).filter((mark) => mark.startsWith(typed.toUpperCase())) : [],
    },
  },
  async run({ written }, context) {
    const report = await shownReport(context);
    const asked = written
      .normalize('NFKC') // Ⅱ is II, Ｃ is C
      .toUpperCase()
      .replace(/^2$/, 'II')
      .replace(/^4$/, 'IV');
    const known = marksOf(report);
    const found = known.find((part) => part === asked);
    if (found) {
      const posts = await citedPosts(context.db, report);
      const about = { report: report.id, section: addressOfPart(found), turn: null };
      return { ...partMessage(report, posts, found), shown: report, about };
    }
    throw new UserError('usage', refusal(written, asked, report, context.language));
  },
});

/** That there is no such part, and what there is; of advice, why. */
function refusal(written: string, asked: string, report: StoredReport, language: Language): string {
  const known = marksOf(report);
  const texts = textsIn(language);
  if (asked !== 'IV') return texts.noSection(written, known);
  if (report.writing === null) return texts.noConclusions(null, known);
  const { fallbacks } = report.writing;
  const why = fallbacks.find(({ part }) => part === 'IV') ?? fallbacks[0];
  return why ? texts.noConclusions(why.reason, known) : texts.noSection(written, known);
}
