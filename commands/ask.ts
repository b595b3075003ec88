import { answerFromPosts } from '../src/ask/answer.ts';
import { answerMessage } from '../src/ask/message.ts';
import { defineCommand } from '../src/chat/command.ts';
import { words } from '../src/chat/options.ts';
import { UserError } from '../src/model/errors.ts';
import { postsBehind } from '../src/store/posts.ts';
import { textsIn } from '../src/texts/texts.ts';
import { shownReport } from './shown.ts';

/** `/ask QUESTION`, or just the question: answered from the digest in view and its posts. */
export const ask = defineCommand({
  name: 'ask',
  options: { question: words('QUESTION') },
  async run({ question }, context) {
    if (!/[\p{L}\p{N}]/u.test(question)) {
      throw new UserError('usage', textsIn(context.language).emptyQuestion);
    }
    const report = await shownReport(context);
    const posts = await postsBehind(context.db, report);
    return {
      tree: answerMessage(
        answerFromPosts(question, report, posts),
        context.language,
        report.window.timeZone,
      ),
      shown: report,
    };
  },
});
