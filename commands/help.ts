import { defineCommand, isFor } from '../src/chat/command.ts';
import { bullets, paragraph, root, strong, text } from '../src/lib/tree.ts';
import { textsIn } from '../src/texts/texts.ts';

/** `/help`: what the person can say, and that anything else is a question. */
export const help = defineCommand({
  name: 'help',
  options: {},
  run(_, { channel, commands, language, person }) {
    const texts = textsIn(language);
    const known = commands.filter((command) => isFor(person.role, command));
    const lines = known.map(({ name, usage }) => [
      strong(`/${name} ${texts.usage(usage)}`.trim()),
      text(` – ${texts.commands[name]}`),
    ]);
    if (channel.platform === 'terminal') lines.push([strong('/quit'), text(` – ${texts.quits}`)]);
    return Promise.resolve({
      tree: root([
        paragraph([strong(texts.commandsAre)]),
        bullets(lines),
        paragraph([text(texts.askFreely)]),
      ]),
    });
  },
});
