import { defineCommand } from '../src/chat/command.ts';
import { topic, when } from '../src/chat/options.ts';
import { paragraph, root, strong } from '../src/lib/tree.ts';
import { UserError } from '../src/model/errors.ts';
import { picturesOf } from '../src/store/reports.ts';
import { textsIn } from '../src/texts/texts.ts';
import { newestOf, reportOf, shownReport } from './shown.ts';

/** `/cloud [DAY] [TOPIC]`: the pictures of a day's digest, or of the one in view. */
export const cloud = defineCommand({
  name: 'cloud',
  options: { asked: when('DAY'), topic: topic('TOPIC') },
  async run({ asked, topic: about }, context) {
    const isElsewhere = about.key !== context.topic.key;
    const inView = () => (isElsewhere ? newestOf(about, context) : shownReport(context));
    const report = asked === null ? await inView() : await reportOf(asked, about, context);
    const pictures = await picturesOf(context.db, report.id, 'image/png');
    const texts = textsIn(context.language);
    if (pictures.length === 0) throw new UserError('not-found', texts.nothingToDraw);
    const title = texts.reportTitle(report.topicTitle, report.window.from, report.window.to);
    return { tree: root([paragraph([strong(title)])]), pictures, shown: report };
  },
});
