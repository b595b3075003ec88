import { defineCommand, nothing } from '../src/chat/command.ts';
import { bullets, paragraph, root, strong, text } from '../src/lib/tree.ts';
import { TEXTS } from '../src/texts/texts.ts';

/** `/help`: what can be said, and that anything else is a question. */
export const help = defineCommand({
  name: 'help',
  option: nothing,
  run(_, { commands, language }) {
    const texts = TEXTS[language];
    const lines = commands.map(({ name, usage }) => [
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
