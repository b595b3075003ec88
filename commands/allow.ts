import { type Context, defineCommand } from '../src/chat/command.ts';
import { someWords } from '../src/chat/options.ts';
import { paragraph, root, text } from '../src/lib/tree.ts';
import { type Channel, channelOf, keyOfChannel } from '../src/model/channel.ts';
import { UserError } from '../src/model/errors.ts';
import { changeAccess, findChannel, meetChannel } from '../src/store/channels.ts';
import { textsIn } from '../src/texts/texts.ts';

/** `/allow [CHAT]`: a chat may use the bot from now on; the one in which it is said when none is named. */
export const allow = defineCommand({
  name: 'allow',
  for: 'owner',
  options: { written: someWords('CHAT') },
  async run({ written }, context) {
    const chat = await decide(written, context, 'allowed');
    const words = textsIn(context.language).isAllowed(keyOfChannel(chat));
    return { tree: root([paragraph([text(words)])]) };
  },
});

/**
 * Decides about the chat that was named, or the one in which it was said. One that never spoke is
 * decided about as well: it is known from then on.
 */
export async function decide(
  written: string,
  { db, now, channel, language }: Context,
  access: 'allowed' | 'denied',
): Promise<Channel> {
  const meant = written === '' ? channel : readChat(written, channel);
  if (!meant || meant.platform === 'terminal') {
    throw new UserError('not-found', textsIn(language).noChannel(written));
  }
  const chat = { ...meant, thread: null };
  if (!(await findChannel(db, chat))) await meetChannel(db, chat, keyOfChannel(chat), now());
  await changeAccess(db, chat, access);
  return chat;
}

/** `telegram:-100123`, also with a topic behind it; without a platform it is the one of the owner's chat. */
function readChat(written: string, { platform }: Channel): Channel | null {
  const key = /^-?\d+$/.test(written) ? `${platform}:${written}` : written.toLowerCase();
  return /^(?:telegram:-?|discord:)\d{1,20}(?::\d{1,20})?$/.test(key) ? channelOf(key) : null;
}
