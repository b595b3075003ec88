import type { Channel } from '../../../src/model/channel.ts';
import { digestMessage } from '../../../src/publish/digest-message.ts';
import { changeAccess, meetChannel } from '../../../src/store/channels.ts';
import { changePart, noteDeliveries, noteParts } from '../../../src/store/deliveries.ts';
import { citedPosts } from '../../../src/store/posts.ts';
import { saveReport } from '../../../src/store/reports.ts';
import type { Command } from '../../../src/chat/command.ts';
import type { Database } from '../../../src/store/database.ts';
import type { FakeDiscord } from '../../fakes/discord.ts';
import { aLine, aReport, NO_CURATION } from '../../support/reports.ts';
import { aBot, type Bot, type BotOptions, says } from './bot.ts';

/** A command that says what it was given. */
export function aCommand(run: Command['run'], name: Command['name'] = 'ask'): Command {
  const question = { hint: 'QUESTION', optional: true, read: (words: string) => words };
  return { name, usage: '', options: { question }, for: 'reader', run };
}

export const echo = aCommand(async (words) => ({ tree: says(`asked: ${words}`) }));

export function channelOf(discord: FakeDiscord) {
  return { platform: 'discord', chat: discord.channel.id, thread: null } as const;
}

async function letIn(db: Database, discord: FakeDiscord): Promise<void> {
  await meetChannel(db, channelOf(discord), 'Harbour #general', new Date('2026-01-30T12:00:00Z'));
  await changeAccess(db, channelOf(discord), 'allowed');
}

/** A bot that listens, in a channel that was let in. */
export async function start(options: BotOptions = {}): Promise<Bot> {
  const bot = await aBot(options);
  await letIn(bot.db, bot.discord);
  await bot.start();
  return bot;
}

/** A stored report, and its digest posted. */
export async function postDigest({ db, discord, platform }: Bot) {
  const lines = [
    aLine({ address: 'I.1', part: 'I', text: 'Prices fell', cites: [] }),
    aLine({ address: 'A.1', part: 'III', section: 'A', text: 'Prices in detail', cites: [] }),
  ];
  const sections = [{ letter: 'A', name: 'Prices' }] as const;
  const report = await saveReport(
    db,
    aReport({ lines, sections, language: 'en' }),
    NO_CURATION,
    [],
  );
  const message = digestMessage(report, await citedPosts(db, report), []);
  const envelope = { message, position: 0, form: 'rich', nonce: 'digest' } as const;
  const id = await platform.courier.send({ channel: channelOf(discord), ...envelope });
  return { id, report, message };
}

/** What the outbox notes of a digest that was posted. */
export async function noteDelivery(
  db: Database,
  { channel, messageId, reportId }: { channel: Channel; messageId: string; reportId: number },
): Promise<void> {
  const postAt = new Date('2026-01-30T12:00:00Z');
  const wanted = { channel, topic: 'twitter_ai', day: '2026-01-29', reportId, postAt, late: false };
  const [noted] = await noteDeliveries(db, [wanted]);
  const number = noted?.id ?? 0;
  await noteParts(db, number, 1, 'rich');
  await changePart(db, number, 0, { state: 'sent', messageId });
}
