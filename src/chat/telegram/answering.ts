import type { Log } from '../../lib/log.ts';
import { type Channel, chatOf, keyOfChannel } from '../../model/channel.ts';
import { SendError } from '../../model/delivery.ts';
import {
  changeChannel,
  channelsWith,
  findChannel,
  type KnownChannel,
  moveChat,
} from '../../store/channels.ts';
import { reportOfMessage } from '../../store/deliveries.ts';
import { aboutMessage } from '../../store/messages.ts';
import { textsIn } from '../../texts/texts.ts';
import { NOBODY_WATCHES } from '../command.ts';
import {
  type Heard,
  noteSent,
  receive,
  type Reception,
  type Spoken,
  stopAnswer,
} from '../reception.ts';
import type { BotApi } from './client.ts';
import { Growing, type Nursery } from './growing.ts';
import type { Place } from './letters.ts';
import { type Earlier, sendReply } from './replies.ts';
import type { Incoming } from './update.ts';

/** What answering works with. */
export type Answering = Nursery & {
  readonly reception: Reception;
  /** Given when answers that are being made are to end with what has come. */
  readonly lastCall: AbortSignal;
};

/** Does what an update asks for. Never rejects: what fails is logged. */
export async function answer(
  answering: Answering,
  incoming: Incoming,
  signal: AbortSignal,
): Promise<void> {
  const { db, log, drafts } = answering;
  const { channel } = incoming.kind === 'heard' ? incoming.heard : incoming;
  try {
    switch (incoming.kind) {
      case 'heard':
        return await answerHeard(answering, incoming, signal);
      case 'enough':
        return drafts.stop(channel.chat, incoming.draft);
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

type Spoke = Extract<Incoming, { kind: 'heard' }>;

async function answerHeard(
  answering: Answering,
  { heard, messageId, answerIn }: Spoke,
  signal: AbortSignal,
): Promise<void> {
  const isSame = answerIn.chat === heard.channel.chat;
  const repliesTo = heard.isPrivate || !isSame ? null : messageId;
  const place: Place = { channel: answerIn, repliesTo };
  const known = await findChannel(answering.db, chatOf(heard.channel));
  const isLive = heard.said.kind === 'words' && !heard.isEdit && isAwaited(answering, heard, known);
  if (isLive) return answerLive(answering, heard, place, known, signal);
  const spoken = await receive(answering.reception, heard, NOBODY_WATCHES);
  if (spoken) await speak(answering, spoken, place, signal);
}

/** Shows that an answer is being made, and what there is of it, before it is finished. */
async function answerLive(
  answering: Answering,
  heard: Heard,
  place: Place,
  known: KnownChannel | null,
  signal: AbortSignal,
): Promise<void> {
  const { reception, lastCall } = answering;
  const seen = new AbortController();
  void showTyping(answering, place.channel, AbortSignal.any([signal, seen.signal]));
  const seed = {
    place,
    draft: heard.isPrivate ? Number(heard.messageId) : null,
    texts: textsIn(known?.language ?? reception.bureau.topics[0].language),
    onShown: () => seen.abort(),
  };
  const growing = new Growing(answering, seed, AbortSignal.any([signal, lastCall]));
  let spoken: Spoken | null = null;
  let grown: Earlier | null = null;
  try {
    spoken = await receive(reception, heard, growing.live);
  } finally {
    seen.abort();
    grown = await growing.end();
    if (grown && !spoken) await takeKeyboard(answering.api, place.channel.chat, grown.id);
  }
  if (!spoken) return;
  const isAnswer = spoken.about !== null && spoken.about.turn !== null;
  if (isAnswer || grown) await growing.roomToFinish(signal);
  await speak(answering, spoken, place, signal, grown ? [grown] : []);
}

/** Sends what is said, and notes what its messages show. */
async function speak(
  answering: Answering,
  { message, about, replaces }: Spoken,
  place: Place,
  signal: AbortSignal,
  grown: readonly Earlier[] = [],
): Promise<void> {
  const earlier = [...grown, ...replaces.map((id) => ({ id, shows: null }))];
  const { channel, messageIds } = await sendReply(answering, message, place, signal, earlier);
  await noteSent(answering.reception, channel, messageIds, about);
}

/** Where nobody is let in, nobody is to wait for an answer. */
function isAwaited(
  { reception }: Answering,
  { speaker }: Heard,
  known: KnownChannel | null,
): boolean {
  return reception.owners.has(speaker) || known?.access === 'allowed';
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

/**
 * Tells Telegram that a press was noticed, which ends the waiting sign on the button. Never rejects.
 *
 * @param words What the one who pressed it is told, alone.
 */
export async function acknowledge(api: BotApi, query: string, log: Log, words = ''): Promise<void> {
  const parameters = { callback_query_id: query, ...(words !== '' && { text: words }) };
  await api
    .call({ method: 'answerCallbackQuery', parameters })
    .catch((error: unknown) => log.info({ err: error }, 'telegram: press not acknowledged'));
}

/** Does what the button under a growing answer asks for. Never rejects. */
export async function serveStop(
  answering: Answering,
  { heard, messageId }: Spoke,
  query: string,
  turn: number,
): Promise<void> {
  const { api, log, reception } = answering;
  try {
    // A button that a process left behind which ended in the middle of an answer.
    const isLeft = reception.stops.find(turn) === null && !(await isNoted(reception, heard));
    await acknowledge(api, query, log, await stopAnswer(reception, heard, turn));
    if (isLeft) await takeKeyboard(api, heard.channel.chat, messageId);
  } catch (error) {
    log.warn({ turn, err: error }, 'telegram: an answer is not stopped');
  }
}

/** Whether a message is a digest or a finished answer: its buttons are not for stopping. */
async function isNoted({ db }: Reception, { channel, repliesTo }: Heard): Promise<boolean> {
  if (repliesTo === null) return true;
  const about = await aboutMessage(db, channel, repliesTo);
  return about !== null || (await reportOfMessage(db, channel, repliesTo)) !== null;
}

/** Takes the buttons under a message away. What fails is not minded. */
async function takeKeyboard(api: BotApi, chat: string, messageId: string): Promise<void> {
  const parameters = { chat_id: Number(chat), message_id: Number(messageId) };
  await api.call({ method: 'editMessageReplyMarkup', parameters }).catch(() => undefined);
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
