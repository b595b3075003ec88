import { changeChannel, findChannel, meetChannel } from '../../store/channels.ts';
import { reportOfMessage } from '../../store/deliveries.ts';
import type { Live } from '../command.ts';
import { type Heard, receive, type Reception, type Spoken } from '../reception.ts';

/** Answers what was said, of which a thread under a digest makes a question about that digest. */
export async function hear(reception: Reception, heard: Heard, live: Live): Promise<Spoken | null> {
  await settleThread(reception, heard);
  return receive(reception, heard, live);
}

/**
 * A thread has the id of the message under which it was opened: where that is a digest, the thread is
 * about it until something else is shown there.
 */
async function settleThread({ db, now }: Reception, { channel, title }: Heard): Promise<void> {
  if (channel.thread === null || (await findChannel(db, channel))) return;
  const report = await reportOfMessage(db, { ...channel, thread: null }, channel.thread);
  if (report === null) return;
  await meetChannel(db, channel, title, now());
  await changeChannel(db, channel, { shownReport: report });
}
