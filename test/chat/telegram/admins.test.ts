import { describe, expect, it } from 'vitest';

import { adminsOf } from '../../../src/chat/telegram/admins.ts';
import { openBotApi } from '../../../src/chat/telegram/client.ts';
import type { Channel } from '../../../src/model/channel.ts';
import { serverError, startTelegram } from '../../fakes/telegram.ts';
import { aClock } from '../../support/clock.ts';
import { NOON } from './town.ts';

async function setUp() {
  const telegram = await startTelegram();
  const [kim, ann] = ['Kim', 'Ann'].map((name) => telegram.addUser({ first_name: name }));
  if (!kim || !ann) throw new Error('nobody is there');
  const group = telegram.addSupergroup({ members: [kim], administrators: [ann] });
  const clock = aClock(NOON);
  const api = openBotApi({ token: telegram.token, apiRoot: telegram.url });
  const isAdmin = adminsOf(api, clock);
  const channel: Channel = { platform: 'telegram', chat: String(group.id), thread: null };
  const ask = (person: { readonly id: number }) => isAdmin(channel, String(person.id));
  return { telegram, kim, ann, group, clock, ask, isAdmin };
}

describe('who administers a chat', () => {
  it('is asked at Telegram again after five minutes', async () => {
    const { telegram, kim, ann, group, clock, ask } = await setUp();
    expect([await ask(kim), await ask(ann)]).toEqual([false, true]);
    telegram.demote(ann, group, kim);
    expect(await ask(ann)).toBe(true);
    expect(telegram.requestsOf('getChatMember')).toHaveLength(2);
    await clock.wait(5 * 60_000);
    expect(await ask(ann)).toBe(false);
  });

  it('is nobody while Telegram does not say, and is asked again', async () => {
    const { telegram, ann, ask } = await setUp();
    telegram.fail('getChatMember', serverError);
    expect([await ask(ann), await ask(ann)]).toEqual([false, true]);
  });

  it('is everybody in their own chat, and whoever may speak as the group', async () => {
    const { telegram, kim, group, ask, isAdmin } = await setUp();
    const channel: Channel = { platform: 'telegram', chat: String(kim.id), thread: null };
    expect(await isAdmin(channel, String(kim.id))).toBe(true);
    expect(await ask(group)).toBe(true);
    expect(telegram.requestsOf('getChatMember')).toEqual([]);
  });
});
