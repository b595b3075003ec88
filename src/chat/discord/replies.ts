import { randomBytes } from 'node:crypto';

import { type Channel, keyOfChannel } from '../../model/channel.ts';
import type { Language } from '../../model/topic.ts';
import { findChannel } from '../../store/channels.ts';
import { messagesOfTurn } from '../../store/messages.ts';
import { textsIn } from '../../texts/texts.ts';
import { messageOf } from '../command.ts';
import { say } from '../dispatch.ts';
import { type Heard, noteSent, type Reception, type Spoken } from '../reception.ts';
import type { Desk } from './desk.ts';
import { noteOf } from './failures.ts';
import { GrowingReply } from './growing.ts';
import { hear } from './hearing.ts';
import type { Sheet } from './sheets.ts';

/** A reply to what was heard, of which nothing is said yet. */
export function beginReply(
  desk: Desk,
  heard: Pick<Heard, 'channel' | 'isEdit'>,
  sheet: Sheet,
  stop?: AbortSignal,
): GrowingReply {
  const { db } = desk.reception;
  const { channel, isEdit } = heard;
  const open = async (turn: number) => {
    sheet.announce();
    return {
      language: await spokenIn(desk.reception, channel),
      replaces: isEdit ? await messagesOfTurn(db, channel, turn) : [],
    };
  };
  return new GrowingReply(desk, sheet, open, stop);
}

/**
 * Hears what was said, and says what there is to say to it; people can answer its messages then.
 * @returns `null` for silence.
 */
export async function respond(
  desk: Desk,
  reply: GrowingReply,
  heard: Heard,
): Promise<Spoken | null> {
  const spoken = await hear(desk.reception, heard, reply.live);
  if (!spoken) return null;
  try {
    await reply.finish(spoken.message, spoken.replaces);
  } finally {
    await note(desk, heard, reply, spoken);
  }
  return spoken;
}

/** Never rejects: what was said stays said. */
async function note(
  { reception, log }: Desk,
  { channel }: Heard,
  { messageIds }: GrowingReply,
  { about }: Spoken,
): Promise<void> {
  await noteSent(reception, channel, messageIds, about).catch((error: unknown) => {
    log.warn({ ...noteOf(error), channel: keyOfChannel(channel) }, 'messages not noted');
  });
}

/** What is spoken in a channel: a thread speaks as its channel does until it is told otherwise. */
export async function spokenIn(
  { db, bureau }: Pick<Reception, 'db' | 'bureau'>,
  channel: Channel,
): Promise<Language> {
  const own = await findChannel(db, channel);
  if (own?.language || channel.thread === null) return own?.language ?? bureau.topics[0].language;
  return spokenIn({ db, bureau }, { ...channel, thread: null });
}

/** Says that something failed, under what has come of the reply. Never rejects. */
export async function apologise(
  { log }: Desk,
  reply: GrowingReply,
  language: Language,
  error: unknown,
): Promise<void> {
  const reference = randomBytes(4).toString('hex');
  log.error({ reference, ...noteOf(error) }, 'not answered');
  try {
    await reply.breakOff(messageOf(say(textsIn(language).failed(reference)), language));
  } catch (again) {
    log.warn({ reference, ...noteOf(again) }, 'no apology either');
  }
}
