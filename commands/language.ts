import { defineCommand, isFor } from '../src/chat/command.ts';
import { language as languageOption } from '../src/chat/options.ts';
import { paragraph, root, text } from '../src/lib/tree.ts';
import { UserError } from '../src/model/errors.ts';
import { changeChannel } from '../src/store/channels.ts';
import { textsIn } from '../src/texts/texts.ts';

/** `/language [TAG]`: what the bot speaks here; its administrators may change it. */
export const language = defineCommand({
  name: 'language',
  options: { wished: languageOption('LANGUAGE') },
  async run({ wished }, { db, channel, person, language: spoken }) {
    if (wished === null) {
      return { tree: root([paragraph([text(textsIn(spoken).languageIs(spoken))])]) };
    }
    if (!isFor(person.role, { for: 'admin' })) {
      throw new UserError('not-allowed', textsIn(spoken).forAdminsOnly('language'));
    }
    const isKept = channel.platform !== 'terminal';
    if (!isKept || !(await changeChannel(db, channel, { language: wished }))) {
      throw new UserError('usage', textsIn(spoken).notInTerminal);
    }
    return { tree: root([paragraph([text(textsIn(wished).languageIsNow(wished))])]) };
  },
});
