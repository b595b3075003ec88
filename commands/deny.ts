import { defineCommand } from '../src/chat/command.ts';
import { someWords } from '../src/chat/options.ts';
import { paragraph, root, text } from '../src/lib/tree.ts';
import { keyOfChannel } from '../src/model/channel.ts';
import { textsIn } from '../src/texts/texts.ts';
import { decide } from './allow.ts';

/** `/deny [CHAT]`: a chat gets nothing from now on; the one in which it is said when none is named. */
export const deny = defineCommand({
  name: 'deny',
  for: 'owner',
  options: { written: someWords('CHAT') },
  async run({ written }, context) {
    const channel = await decide(written, context, 'denied');
    const words = textsIn(context.language).isDenied(keyOfChannel(channel));
    return { tree: root([paragraph([text(words)])]) };
  },
});
