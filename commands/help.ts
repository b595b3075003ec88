import { defineCommand, isFor, nothing } from '../src/chat/command.ts';
import { bullets, paragraph, root, strong, text } from '../src/lib/tree.ts';
import { textsIn } from '../src/texts/texts.ts';

/** `/help`: what the person can say, and that anything else is a question. */
export const help = defineCommand({
  name: 'help',
  option: nothing,
  run(_, { commands, language, role }) {
    const texts = textsIn(language);
    const known = commands.filter((command) => isFor(role, command));
    const lines = known.map(({ name, usage }) => [
      strong(`/${name} ${usage}`.trim()),
      text(` – ${texts.commands[name]}`),
    ]);
    return Promise.resolve({
      tree: root([
        paragraph([strong(texts.commandsAre)]),
        bullets(lines),
        paragraph([text(texts.askFreely)]),
      ]),
    });
  },
});
