import { describe, expect, it } from 'vitest';

import type { Channel } from '../../src/model/channel.ts';
import {
  changeAccess,
  changeChannel,
  findChannel,
  isFirstAsked,
  meetChannel,
  moveChat,
} from '../../src/store/channels.ts';
import { noteDeliveries, openDeliveries } from '../../src/store/deliveries.ts';
import { subscribe, subscribersOf, subscriptionsOf } from '../../src/store/subscriptions.ts';
import { sharedDatabase } from '../support/database.ts';

const db = sharedDatabase();
const now = new Date('2026-01-30T12:00:00Z');

let made = 0;
/** A chat that no other test knows. */
function aChat(thread: string | null = null): Channel {
  made += 1;
  return { platform: 'telegram', chat: `-${1000 + made}`, thread };
}

const meet = (channel: Channel, title = 'A chat') => meetChannel(db(), channel, title, now);
const inThread = (channel: Channel, thread: string): Channel => ({ ...channel, thread });
const wish = (channel: Channel, topic = 'twitter_ai') =>
  subscribe(db(), { channel, topic, at: null, language: null }, now);
const topicsOf = async (channel: Channel) =>
  (await subscriptionsOf(db(), channel)).map(({ topic }) => topic);

describe('a chat', () => {
  it('is unknown when it first speaks, and keeps what is known of it when it speaks again', async () => {
    const chat = aChat();
    expect(await findChannel(db(), chat)).toBeNull();
    expect(await meet(chat, 'Before')).toMatchObject({ access: 'unknown', title: 'Before' });
    await changeChannel(db(), chat, { access: 'allowed', language: 'en' });
    expect(await meet(chat, 'After')).toMatchObject({
      access: 'allowed',
      language: 'en',
      title: 'After',
    });
  });

  it('is told once how to get access', async () => {
    const chat = aChat();
    await meet(chat);
    const asked = Array.from({ length: 5 }, () => isFirstAsked(db(), chat, now));
    expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
  });

  it('is let in with its topics, none of them paused, and no other chat with it', async () => {
    const chat = aChat();
    const other = { ...chat, chat: `${chat.chat}0` };
    const all = [chat, inThread(chat, '7'), other];
    for (const channel of all) await meet(channel);
    await changeChannel(db(), inThread(chat, '7'), { paused: 'blocked' });
    expect(await changeAccess(db(), inThread(chat, '8'), 'allowed')).toBe(true);
    const known = await Promise.all(all.map((channel) => findChannel(db(), channel)));
    expect(known.map((one) => one?.access)).toEqual(['allowed', 'allowed', 'unknown']);
    expect(known[1]?.paused).toBeNull();
    expect(await changeAccess(db(), aChat(), 'denied')).toBe(false);
  });

  it('gets nothing while it is not let in, or paused', async () => {
    const [allowed, unknown, denied, paused] = [aChat(), aChat(), aChat(), aChat()];
    for (const chat of [allowed, unknown, denied, paused]) {
      await meet(chat);
      await wish(chat, 'quiet_topic');
    }
    await changeAccess(db(), allowed, 'allowed');
    await changeAccess(db(), denied, 'denied');
    await changeAccess(db(), paused, 'allowed');
    await changeChannel(db(), paused, { paused: 'blocked' });
    const subscribers = await subscribersOf(db(), 'quiet_topic');
    expect(subscribers.map(({ channel }) => channel)).toEqual([allowed]);
  });
});

describe('a chat that has another id', () => {
  it('takes its topics, wishes, deliveries and language along', async () => {
    const [old, to] = [aChat(), aChat()];
    const neighbour = { ...old, chat: `${old.chat}5` };
    for (const channel of [old, inThread(old, '7'), neighbour]) await meet(channel);
    await changeAccess(db(), old, 'allowed');
    await changeChannel(db(), old, { language: 'en' });
    await wish(old);
    await wish(inThread(old, '7'), 'robots');
    await wish(neighbour);
    const wanted = { channel: old, topic: 'twitter_ai', day: '2026-01-30', reportId: null };
    const [noted] = await noteDeliveries(db(), [{ ...wanted, postAt: now, late: false }]);
    await moveChat(db(), old, to.chat);
    expect(await findChannel(db(), old)).toBeNull();
    expect(await findChannel(db(), inThread(old, '7'))).toBeNull();
    expect(await findChannel(db(), to)).toMatchObject({ access: 'allowed', language: 'en' });
    expect(await topicsOf(to)).toEqual(['twitter_ai']);
    expect(await topicsOf(inThread(to, '7'))).toEqual(['robots']);
    expect(await topicsOf(neighbour)).toEqual(['twitter_ai']);
    expect((await openDeliveries(db())).map(({ id }) => id)).toContain(noted?.id);
    const again = await noteDeliveries(db(), [
      { ...wanted, channel: to, postAt: now, late: false },
    ]);
    expect(again).toEqual([]); // it is delivered already, under the id that it has now
  });

  it('takes the place of what the new id was known by so far', async () => {
    const [old, to] = [aChat(), aChat()];
    for (const channel of [old, to]) await meet(channel);
    await changeAccess(db(), old, 'allowed');
    await wish(old);
    await moveChat(db(), old, to.chat);
    expect(await findChannel(db(), to)).toMatchObject({ access: 'allowed' });
    expect(await topicsOf(to)).toEqual(['twitter_ai']);
  });

  it('loses nothing when the move is told again, or twice at once, or the old id speaks late', async () => {
    const [old, to] = [aChat(), aChat()];
    await meet(old);
    await changeAccess(db(), old, 'allowed');
    await wish(old);
    await Promise.all([moveChat(db(), old, to.chat), moveChat(db(), old, to.chat)]);
    await meet(old);
    await moveChat(db(), old, to.chat);
    await moveChat(db(), to, to.chat);
    expect(await findChannel(db(), old)).toBeNull();
    expect(await findChannel(db(), to)).toMatchObject({ access: 'allowed' });
    expect(await topicsOf(to)).toEqual(['twitter_ai']);
  });
});
