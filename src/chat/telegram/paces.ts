import type { Channel } from '../../model/channel.ts';
import type { Pace } from '../../model/delivery.ts';

/** 30 messages in any second, over all chats. */
const ALL: Pace = { key: 'telegram', everyMs: 34.5, burst: 1 };

/** In private chats a message a second; in groups, whose ids are negative, 20 a minute. */
export function pacesOf({ chat }: Channel, burst = 3): readonly [Pace, ...Pace[]] {
  return [{ key: `telegram:${chat}`, everyMs: isPrivate(chat) ? 1000 : 3200, burst }, ALL];
}

/** What an answer is shown with: its first message, edits while it grows, and its end. */
export type Showing = 'first' | 'edit' | 'last';

/**
 * How far ahead of its pace a group may be for an answer. Its minute's messages may come at once, so ends
 * and beginnings go first, and edits, which can be missed, only where nothing went for a while.
 */
const BURSTS: Readonly<Record<Showing, number>> = { first: 8, edit: 1, last: 18 };

/** The paces that an answer keeps, in which edits count too; groups take a message a second besides. */
export function answerPaces(channel: Channel, showing: Showing): readonly Pace[] {
  if (isPrivate(channel.chat)) return pacesOf(channel, showing === 'edit' ? 1 : 3);
  const [own, ...others] = pacesOf(channel, BURSTS[showing]);
  return [own, { key: `${own.key} now`, everyMs: 1000, burst: 2 }, ...others];
}

/** Drafts are limited by themselves: faster ones are refused for seconds. */
export function draftPaces({ chat }: Channel): readonly Pace[] {
  return [{ key: `telegram:${chat} draft`, everyMs: 1000, burst: 1 }, ALL];
}

function isPrivate(chat: string): boolean {
  return !chat.startsWith('-') && !chat.startsWith('@');
}
