import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import type { UsageRow } from '../../src/store/calls.ts';
import { cited, cutAfter, fail, startClaude } from '../fakes/claude.ts';
import { anAnsweringModel, type AskedToAnswer, askedToAnswer } from '../support/answers.ts';
import { placeWithDigest } from '../support/place.ts';
import { chorus } from '../support/program.ts';

const PRICE = 'Lumen Labs says that Lumen 7 costs $2.40 per million.';
const RACE = 'Mira says that it found a race in her 380,000 token codebase.';

const priceAndRace = ({ sources }: AskedToAnswer) => {
  const placeOf = (author: string) =>
    sources.find(({ head }) => head.startsWith(`@${author} `))?.place ?? -1;
  return cited([[PRICE, placeOf('lumen_labs_demo')], ' ', [RACE, placeOf('mira_demo')]]);
};

/** A folder with the digest of the rows, a model, and a chat in the terminal about it. */
async function placeToAsk() {
  const { folder, env } = await placeWithDigest();
  const claude = await startClaude();
  claude.answer(anAnsweringModel({ answer: priceAndRace }));
  await writeFile(path.join(folder, 'chorus.yaml'), 'topics:\n  twitter_ai: { time_zone: UTC }\n');
  const model = { ANTHROPIC_API_KEY: 'key', ANTHROPIC_BASE_URL: claude.url };
  const run = (args: readonly string[], input = '') =>
    chorus(args, folder, { ...env, ...model }, input);
  const say = async (...said: readonly string[]) => {
    const { code, out, err } = await run(['chat', '--language', 'en'], `${said.join('\n')}\n`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return out;
  };
  return { claude, run, say };
}

describe('asking in the terminal', () => {
  it('is answered by the model with marks, sources below, and in the account', async () => {
    const { claude, run, say } = await placeToAsk();
    const out = await say('What does Lumen 7 cost?');
    const words = out.replace(/\s+/g, ' ');
    expect(words).toContain(`${PRICE} [1] ${RACE} [2] Sources`);
    expect(words).toContain(
      '[1] Lumen Labs (@lumen_labs_demo), 2026-10-12 · 900 likes, 90 reposts',
    );
    expect(out).toContain('https://example.com/invented/1');
    expect(askedToAnswer(claude).at(-1)).toMatchObject({ what: 'answer', before: '' });
    const { out: usage } = await run(['usage', '--json']);
    const { rows } = JSON.parse(usage) as { rows: UsageRow[] };
    expect(new Set(rows.map(({ purpose }) => purpose))).toEqual(new Set(['ask']));
    expect(rows.find(({ model }) => model.includes('sonnet'))).toMatchObject({
      calls: 1,
      failed: 0,
    });
    expect((await run(['usage'])).out).toContain('purposes: ask');
  });

  it('goes on from what was said before', async () => {
    const { claude, say } = await placeToAsk();
    await say('What does Lumen 7 cost?', 'And what did he find?');
    const answered = askedToAnswer(claude).filter(({ what }) => what === 'answer');
    expect(answered.map(({ before }) => before)).toEqual(['', expect.stringContaining(PRICE)]);
    expect(answered[1]?.question).toBe('And what did he find?');
  });

  it('is told where the model is lost in the middle, and where it does not answer', async () => {
    const { claude, say } = await placeToAsk();
    const lost = (asked: AskedToAnswer) => cutAfter(priceAndRace(asked), PRICE.length + 4);
    claude.answer(anAnsweringModel({ answer: lost }));
    const cut = (await say('What does Lumen 7 cost?')).replace(/\s+/g, ' ');
    expect(cut).toContain(`${PRICE} [1] The model was lost here.`);
    claude.answer(() => fail({ status: 402, type: 'billing_error', message: 'no credit' }));
    const poor = (await say('What did Lumen Labs say of Lumen 7?')).replace(/\s+/g, ' ');
    expect(poor).toContain('The model gave no answer.');
    expect(poor).toContain('“Lumen 7 is out: 600,000 tokens of context');
  });
});
