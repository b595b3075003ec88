import type { Log } from '../../lib/log.ts';
import { type Channel, keyOfChannel } from '../../model/channel.ts';
import { SendError } from '../../model/delivery.ts';
import { changeChannel, channelsWith, findChannel, moveChat } from '../../store/channels.ts';
import { NOBODY_WATCHES } from '../command.ts';
import { type Heard, receive, type Reception } from '../reception.ts';
import type { BotApi } from './client.ts';
import { type Desk, sendReply } from './replies.ts';
import type { Incoming } from './update.ts';

/** What answering works with. */
export type Answering = Desk & { readonly log: Log; readonly reception: Reception };

/** Does what an update asks for. Never rejects: what fails is logged. */
export async function answer(
  answering: Answering,
  incoming: Incoming,
  signal: AbortSignal,
): Promise<void> {
  const { db, log } = answering;
  const { channel } = incoming.kind === 'heard' ? incoming.heard : incoming;
  try {
    switch (incoming.kind) {
      case 'heard':
        return await answerHeard(answering, incoming, signal);
      case 'moved':
        return await moveChat(db, channel, incoming.to);
      case 'standing':
        return await noteStanding(answering, channel, incoming.paused);
    }
  } catch (error) {
    const told = error instanceof SendError ? { trouble: error.trouble } : { err: error };
    log.warn({ channel: keyOfChannel(channel), ...told }, 'telegram: not answered');
  }
}

type Spoken = Extract<Incoming, { kind: 'heard' }>;

async function answerHeard(
  answering: Answering,
  { heard, messageId, answerIn }: Spoken,
  signal: AbortSignal,
): Promise<void> {
  const done = new AbortController();
  if (heard.said.kind === 'words' && (await isAwaited(answering, heard))) {
    void showTyping(answering, answerIn, AbortSignal.any([signal, done.signal]));
  }
  const spoken = await receive(answering.reception, heard, NOBODY_WATCHES).finally(() =>
    done.abort(),
  );
  if (!spoken) return;
  const isSame = answerIn.chat === heard.channel.chat;
  const repliesTo = heard.isPrivate || !isSame ? null : messageId;
  await sendReply(answering, spoken.message, { channel: answerIn, repliesTo }, signal);
}

/** Where nobody is let in, nobody is to wait for an answer. */
async function isAwaited({ db, reception }: Answering, { channel, speaker }: Heard) {
  if (reception.owners.has(speaker)) return true;
  return (await findChannel(db, { ...channel, thread: null }))?.access === 'allowed';
}

/** Telegram shows it for five seconds. */
const TYPING_MS = 4500;
const LONGEST_TYPING = 60;

/** Shows that an answer is being made. Never rejects. */
async function showTyping(
  { api, clock }: Pick<Answering, 'api' | 'clock'>,
  { chat, thread }: Channel,
  signal: AbortSignal,
): Promise<void> {
  const parameters = {
    chat_id: Number(chat),
    action: 'typing',
    ...(thread !== null && { message_thread_id: Number(thread) }),
  };
  try {
    for (let shown = 0; shown < LONGEST_TYPING; shown += 1) {
      await api.call({ method: 'sendChatAction', parameters }, { signal });
      await clock.wait(TYPING_MS, signal);
    }
  } catch {
    // The answer came, or it is not allowed there: the answer itself will tell.
  }
}

/** Tells Telegram that a press was noticed, which ends the waiting sign on the button. Never rejects. */
export async function acknowledge(api: BotApi, query: string, log: Log): Promise<void> {
  const parameters = { callback_query_id: query };
  await api
    .call({ method: 'answerCallbackQuery', parameters })
    .catch((error: unknown) => log.info({ err: error }, 'telegram: press not acknowledged'));
}

/** Where the bot was put out nothing is sent any more; where it is back, again. Topics are as their chat. */
async function noteStanding({ db, log }: Answering, chat: Channel, paused: string | null) {
  const allowed = await channelsWith(db, 'allowed');
  const topics = allowed.map(({ channel }) => channel).filter((each) => isTopicOf(each, chat));
  for (const channel of [chat, ...topics]) await changeChannel(db, channel, { paused });
  log.info({ channel: keyOfChannel(chat), paused }, 'telegram: standing changed');
}

function isTopicOf({ platform, chat, thread }: Channel, other: Channel): boolean {
  return platform === other.platform && chat === other.chat && thread !== null;
}
