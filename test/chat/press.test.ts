import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { dispatchPress } from '../../src/chat/dispatch.ts';
import { renderTerminal } from '../../src/chat/terminal/render.ts';
import { openLog } from '../../src/lib/log.ts';
import { addressOf } from '../../src/model/address.ts';
import { digestMessage } from '../../src/publish/digest-message.ts';
import { storePosts } from '../../src/store/posts.ts';
import { saveReport, type StoredReport } from '../../src/store/reports.ts';
import { sharedDatabase } from '../support/database.ts';
import { aPost } from '../support/posts.ts';
import { aLine, aReport, NO_CURATION } from '../support/reports.ts';
import { aContext } from './context.ts';

const db = sharedDatabase();
const log = openLog({ file: '', level: 'silent', secrets: [] });
const GONE = 'That is not there any more. /digest shows the newest.';

async function stored(topic = 'twitter_ai'): Promise<StoredReport> {
  const post = aPost();
  await db().transaction((tx) => storePosts(tx, topic, [post]));
  const cites = [post.id];
  const report = aReport({
    topic,
    sections: [{ letter: 'C', name: 'Robots' }],
    lines: [
      aLine({ cites }),
      aLine({ part: 'II', address: 'II.1', text: 'a fact', cites }),
      aLine({ part: 'III', section: 'C', address: 'III.C.1', text: 'C said', cites }),
    ],
  });
  return saveReport(db(), report, NO_CURATION, []);
}

async function press(carried: string) {
  const reply = await dispatchPress(carried, aContext({ db: db(), role: 'reader' }), log);
  const said = renderTerminal(reply.tree, { width: 200, color: false, hyperlinks: false }).trim();
  return { ...reply, said };
}

describe('a button', () => {
  it('shows what it is for, of the digest that it stands under, which is in view from then on', async () => {
    const report = await stored();
    const message = digestMessage(report, new Map(), []);
    const carried = [...message.folds, ...message.buttons].map(({ address }) => address);
    const replies = await Promise.all(carried.map((address) => press(address)));
    expect(replies.map(({ said }) => said)).toEqual([
      expect.stringContaining('a fact'),
      expect.stringContaining('C said'),
      expect.stringContaining('来源'),
      'Write /ask and your question, or reply to this message with it.',
    ]);
    for (const { shown } of replies) expect(shown?.id).toBe(report.id);
    for (const address of carried) expect(address).toMatch(/^[\x21-\x7e]{1,64}$/);
  });

  it('says so, in the language of the chat, where what it is for is not there any more', async () => {
    const report = await stored();
    const gone = [
      addressOf({ kind: 'part', report: report.id, part: 'IV' }),
      addressOf({ kind: 'part', report: report.id + 1_000_000, part: 'C' }),
      addressOf({ kind: 'sources', report: 2 ** 31 - 1 }),
      addressOf({ kind: 'ask', report: (await stored('a_topic_of_old')).id }),
    ];
    for (const carried of gone) expect((await press(carried)).said).toBe(GONE);
  });

  it('does nothing with what was never on one of ours', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (carried) => {
        expect((await press(carried)).said).toBe(GONE);
      }),
    );
  });
});
