import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { TelegramSettings } from '../../../src/chat/settings.ts';
import { openBotApi } from '../../../src/chat/telegram/client.ts';
import { telegramCourier } from '../../../src/chat/telegram/courier.ts';
import { deliver, type Notice, type PostOffice } from '../../../src/deliver/outbox.ts';
import type { Channel } from '../../../src/model/channel.ts';
import type { Message } from '../../../src/model/message.ts';
import { findChannel } from '../../../src/store/channels.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { noteDeliveries } from '../../../src/store/deliveries.ts';
import { saveReport } from '../../../src/store/reports.ts';
import { openSession } from '../../../src/store/sessions.ts';
import { badGateway, flood, gateway, lose, refuse, startTelegram } from '../../fakes/telegram.ts';
import { aClock } from '../../support/clock.ts';
import { freshDatabaseUrl } from '../../support/database.ts';
import { aReport, NO_CURATION } from '../../support/reports.ts';
import { cloud, DIGEST, LONG } from './digests.ts';
import { letIn, NOON, SETTINGS } from './town.ts';

const NEVER = new AbortController().signal;

/** A post office that delivers a digest to a group on the fake. */
async function aPostOffice(message: Message, settings: Partial<TelegramSettings> = {}) {
  const clock = aClock(NOON);
  const telegram = await startTelegram({ now: () => clock.now().getTime() });
  const kim = telegram.addUser({ first_name: 'Kim' });
  const group = telegram.addGroup({ members: [kim] });
  const open = await openDatabase({ kind: 'server', url: await freshDatabaseUrl() });
  onTestFinished(() => open.close());
  const { db, pool } = open;
  const session = await openSession(pool);
  onTestFinished(() => session.close());
  await letIn(db, group.id);
  const report = await saveReport(db, aReport(), NO_CURATION, []);
  const api = openBotApi({ token: telegram.token, apiRoot: telegram.url });
  const notices: Notice[] = [];
  const office: PostOffice = {
    db,
    clock,
    log: pino({ level: 'silent' }),
    session,
    couriers: new Map([['telegram', telegramCourier(api, { ...SETTINGS, ...settings })]]),
    compose: async () => ({ message, madeAt: NOON }),
    tellOwners: async (notice) => void notices.push(notice),
    graceOf: () => 3_600_000,
  };
  const channel: Channel = { platform: 'telegram', chat: String(group.id), thread: null };
  /** Delivers the digest of a day until nothing is left to do. */
  const post = async (day: string) => {
    const [noted] = await noteDeliveries(db, [
      { channel, topic: 'twitter_ai', day, reportId: report.id, postAt: NOON, late: false },
    ]);
    for (;;) {
      const outcome = await deliver(office, noted?.id ?? 0, NEVER);
      if (outcome.kind !== 'again') return;
      clock.passTo(outcome.at);
    }
  };
  return { telegram, kim, group, db, channel, notices, api, post };
}

describe('a delivery', () => {
  it('goes on in a simpler form where the server knows no rich messages, and remembers it', async () => {
    const { telegram, group, db, channel, post } = await aPostOffice(LONG);
    telegram.fail('sendRichMessage', refuse(404, 'Not Found: method not found'));
    await post('2026-01-30');
    const [words, picture, ...others] = telegram.sent(group);
    expect(others).toEqual([]);
    expect(words?.text).toMatch(/Line 0.*Line 19/su);
    expect(picture?.photos).toEqual([cloud.bytes]);
    expect(await findChannel(db, channel)).toMatchObject({ form: 'plain' });
    await post('2026-01-31');
    expect(telegram.requestsOf('sendRichMessage')).toHaveLength(1);
    expect(telegram.sent(group)).toHaveLength(4);
  });

  it('arrives once, after as long as Telegram wants it to wait', async () => {
    const { telegram, group, notices, post } = await aPostOffice(DIGEST);
    telegram.fail('sendRichMessage', flood(30), gateway(503));
    await post('2026-01-30');
    expect(telegram.sent(group)).toMatchObject([{ kind: 'rich' }]);
    expect(notices).toEqual([]);
  });

  it.each([
    ['leave', lose, 1, 1],
    ['leave', gateway(502, 'after'), 1, 1],
    ['leave', gateway(500, 'after'), 1, 1],
    ['repeat', lose, 2, 0],
  ] as const)(
    'of which nobody knows whether it arrived is treated as set: %s, %o',
    async (unknown, failure, messages, told) => {
      const { telegram, group, notices, post } = await aPostOffice(DIGEST, { unknown });
      telegram.fail('sendRichMessage', failure);
      await post('2026-01-30');
      expect(telegram.sent(group)).toHaveLength(messages);
      expect(notices).toHaveLength(told);
    },
  );

  it('waits until Telegram is well again, where it was seen to be in trouble before', async () => {
    const { telegram, group, notices, api, post } = await aPostOffice(DIGEST);
    telegram.fail('*', badGateway, badGateway, badGateway);
    await api.call({ method: 'getUpdates', parameters: {} }).catch(() => undefined);
    await post('2026-01-30');
    expect(telegram.requests.map(({ method }) => method)).toEqual([
      'getUpdates',
      'getMe',
      'getMe',
      'getMe',
      'sendRichMessage',
    ]);
    expect(telegram.sent(group)).toHaveLength(1);
    expect(notices).toEqual([]);
  });

  it('follows a group to the id that it has now', async () => {
    const { telegram, kim, group, post } = await aPostOffice(DIGEST);
    const grown = telegram.migrate(group, kim);
    await post('2026-01-30');
    expect(telegram.sent(grown)).toMatchObject([{ kind: 'rich' }]);
  });

  it('ends where the bot was put out, and the owners are told', async () => {
    const { telegram, kim, group, db, channel, notices, post } = await aPostOffice(DIGEST);
    telegram.kick(telegram.bot, group, kim);
    await post('2026-01-30');
    expect(notices).toMatchObject([{ kind: 'gone' }]);
    expect((await findChannel(db, channel))?.paused).toContain('kicked');
  });
});
