import { keyOfChannel } from '../../model/channel.ts';
import { channelsWith, type KnownChannel } from '../../store/channels.ts';
import type { Database } from '../../store/database.ts';
import { subscriptionsOf } from '../../store/subscriptions.ts';
import { plainLine } from '../../lib/text.ts';
import { lookAtDiscordChannel } from './discord-chat.ts';
import { bad, type Check, type Finding, openedDatabase, type Patient, unknown } from './finding.ts';
import { lookAtTelegramChat } from './telegram-chat.ts';

/** Whether the bot may post in every chat that gets a digest. */
export const chats: Check = {
  name: 'chats',
  async look(patient, signal) {
    const open = await openedDatabase(patient);
    if (!open) return [unknown('chats', 'not looked at: the database does not open')];
    const served = await servedChannels(open.db);
    if (served.length === 0) {
      const todo = 'Say /allow, then /subscribe TOPIC to the bot in a chat.';
      return [unknown('chats', 'none gets a digest yet', todo)];
    }
    return Promise.all(served.map((known) => lookAtChat(known, patient, signal)));
  },
};

/** Channels that may use the bot and want a digest, paused ones too. */
async function servedChannels(db: Database): Promise<KnownChannel[]> {
  const allowed = await channelsWith(db, 'allowed');
  const chosen = await Promise.all(
    allowed.map(async (known) => {
      const wishes = await subscriptionsOf(db, known.channel);
      return known.channel.platform !== 'terminal' && wishes.length > 0 ? [known] : [];
    }),
  );
  return chosen.flat();
}

async function lookAtChat(
  { channel, title, paused }: KnownChannel,
  patient: Patient,
  signal: AbortSignal,
): Promise<Finding> {
  const key = keyOfChannel(channel);
  const name = `chat ${plainLine(title)} (${key})`;
  const look = channel.platform === 'telegram' ? lookAtTelegramChat : lookAtDiscordChannel;
  const finding = await look(name, channel, patient, signal);
  if (finding.state === 'bad' || paused === null) return finding;
  const says = `nothing is sent there since ${plainLine(paused)}`;
  return bad(name, says, `When that is put right, say /allow ${key} to the bot.`);
}
