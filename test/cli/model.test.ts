import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { DEFAULT_MODELS } from '../../src/claude/settings.ts';
import { inDollars } from '../../src/cli/dollars.ts';
import { priceOf, type Tokens } from '../../src/model/usage.ts';
import type { UsageRow } from '../../src/store/calls.ts';
import { drafts } from '../../src/store/schema.ts';
import { fail, type FakeClaude, hang, type Request, startClaude } from '../fakes/claude.ts';
import { databaseOf, placeWithPosts } from '../support/place.ts';
import { chorus, ended, startChorus } from '../support/program.ts';
import { askedOf, readQuestion } from '../support/model.ts';
import { ANSWER_TOKENS, writeByModel } from '../support/writer.ts';

const KEY = 'sk-invented-7Qx2';
/** The day of the rows, wherever it is noon. */
const DIGEST = ['digest', '--from', '2026-10-11', '--to', '2026-10-13'];

/** A time zone in which it is about noon, so that no day ends while a test runs. */
function noonZone(): string {
  const west = new Date().getUTCHours() - 12;
  return `Etc/GMT${west < 0 ? '' : '+'}${west}`;
}

/** A folder with posts, where a model writes in English. */
async function placeWithModel(models = '') {
  const { folder, env } = await placeWithPosts();
  const claude = await startClaude();
  claude.answer(writeByModel);
  const topic = `  twitter_ai:\n    title: AI\n    language: en\n    time_zone: ${noonZone()}\n`;
  await writeFile(path.join(folder, 'chorus.yaml'), `topics:\n${topic}${models}`);
  const ours = { ...env, ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: claude.url };
  return {
    folder,
    claude,
    env: ours,
    run: (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
      chorus(args, folder, { ...ours, ...more }),
    page: () => pageIn(folder),
    log: () => readFile(path.join(folder, '.data/chorus.log'), 'utf8'),
  };
}

async function pageIn(folder: string): Promise<string> {
  const posts = path.join(folder, 'out/_posts');
  const [name = ''] = await readdir(posts);
  return readFile(path.join(posts, name), 'utf8');
}

const partsAsked = (claude: FakeClaude) => askedOf(claude).map(({ what }) => what);

type Counted = Tokens & { readonly calls: number; readonly price: number };

/** What requests are billed, as the fake counts them. */
function billOf(requests: readonly Request[]): Counted {
  return sumOf(
    requests.map(({ body, promptTokens, cacheRead, cacheWritten }) => {
      const fresh = promptTokens - cacheRead - cacheWritten;
      const tokens = { fresh, cacheWritten, cacheRead, output: ANSWER_TOKENS };
      const price = DEFAULT_MODELS.prices.get(body.model);
      return { calls: 1, ...tokens, price: price ? priceOf(tokens, price) : Number.NaN };
    }),
  );
}

function sumOf(rows: readonly Counted[]): Counted {
  const sum = (key: keyof Counted) => rows.reduce((total, row) => total + row[key], 0);
  return {
    calls: sum('calls'),
    fresh: sum('fresh'),
    cacheWritten: sum('cacheWritten'),
    cacheRead: sum('cacheRead'),
    output: sum('output'),
    price: sum('price'),
  };
}

describe('a digest by the model', () => {
  it('is written, told from one of quotations, accounted for and explained', async () => {
    const { claude, run, page, log } = await placeWithModel();
    const made = await run(DIGEST);
    expect(made).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^Making .*\n.* made .*\n$/),
    });
    expect(claude.refused).toEqual([]);
    const asked = partsAsked(claude);
    expect(asked.toSorted()).toEqual(['I', 'II', 'III', 'IV', 'check', 'plan', 'repair']);
    const published = await page();
    for (const text of [made.out.replaceAll(/\s+/g, ' ').replaceAll(' │ ', ' '), published]) {
      expect(text).toContain('Written by a model (claude-opus-5-5)');
      expect(text).toContain('Lumen 7 has 600,000 tokens of context at');
      expect(text).toContain('1 of them rewritten after the check');
    }

    const [usage, json, checked, repaired, unknown] = await Promise.all([
      run(['usage']),
      run(['usage', '--json']),
      run([...DIGEST, '--explain', 'II.1']),
      run([...DIGEST, '--explain', 'Ⅱ.2']),
      run([...DIGEST, '--explain', 'III.C.7']),
    ]);
    const account = JSON.parse(json.out) as { rows: UsageRow[]; spentTodayMicros: number };
    const bill = billOf(claude.requests);
    expect(sumOf(account.rows)).toEqual(bill);
    expect(account.spentTodayMicros).toBe(bill.price);
    expect(account.rows.map(({ purpose, calls }) => [purpose, calls])).toEqual([
      ['check', 1],
      ['report', 6],
    ]);
    const dollars = inDollars(bill.price);
    expect(usage.code).toBe(0);
    expect(usage.out).toMatch(/^· report +│ +6 │/m);
    expect(usage.out).toContain(`Today ${dollars} of $2.00 is spent`);
    expect(usage.out).toContain(`topics: twitter_ai ${dollars}`);

    expect(checked.out).toContain('Checked by the rules and a second model');
    expect(checked.out).toContain('Our 24 Kip robots started at the Port Ellery warehouse today');
    expect(repaired.out).toContain('Rewritten once, then checked by the rules.');
    expect(repaired.out).toContain('its posts do not have the figure 990,000');
    expect(repaired.out).toContain('https://example.com/invented/2');
    expect(unknown).toEqual({
      code: 1,
      out: '',
      err: 'This report has no line "III.C.7". It has: I.1, II.1, II.2, III.A.1, IV.1.\n',
    });
    const said = [made, usage, json, checked, repaired].map(({ out, err }) => out + err);
    expect([...said, published, await log()].join('')).not.toContain(KEY);
  });

  it('is priced beforehand without asking anybody or making anything', async () => {
    const { folder, claude, run } = await placeWithModel();
    const [shown, json] = await Promise.all([
      run([...DIGEST, '--dry-run']),
      run([...DIGEST, '--dry-run', '--json']),
    ]);
    const { evidence, calls, priceMicros, atMostMicros } = JSON.parse(json.out);
    expect(shown.code).toBe(0);
    expect(shown.out).toContain(evidence.text);
    expect(evidence.text).toContain('@kofi_demo (Kofi)');
    expect(calls.map(({ part }: { part: string }) => part)).toEqual(
      expect.arrayContaining(['plan', 'I', 'II', 'III s1', 'repair', 'IV']),
    );
    expect(shown.out).toMatch(new RegExp(`^all .*│ +\\${inDollars(priceMicros)} │`, 'm'));
    expect(atMostMicros).toBeGreaterThan(priceMicros);
    const missing = await run([...DIGEST, '--explain', 'I.1']);
    expect(missing).toEqual({
      code: 1,
      out: '',
      err: 'There is no digest of 2026-10-11 to 2026-10-13 in en yet: chorus digest --from 2026-10-11 --to 2026-10-13 makes it.\n',
    });
    expect(claude.requests).toEqual([]);
    expect(await readdir(folder)).not.toContain('out');
  });

  it('is made by the hour that is named, which must be one and still to come', async () => {
    const { claude, run } = await placeWithModel();
    const [passed, nonsense, made] = await Promise.all([
      run([...DIGEST, '--by', '0:00']),
      run([...DIGEST, '--by', 'teatime']),
      run([...DIGEST, '--by', '23:59']),
    ]);
    expect(passed).toEqual({ code: 2, out: '', err: `0:00 has passed in ${noonZone()}.\n` });
    expect(nonsense).toEqual({
      code: 2,
      out: '',
      err: '"teatime" is no time of a day: write it like 10:00.\n',
    });
    expect(made.code).toBe(0);
    expect(made.out).toContain('Written by a model');
    expect(partsAsked(claude).filter((part) => part === 'plan')).toHaveLength(1);
  });

  it('is made of quotations where the key is wrong, and its owner told so once a day', async () => {
    const { run, page } = await placeWithModel();
    const first = await run(DIGEST, { ANTHROPIC_API_KEY: 'bad-key' });
    expect(first.code).toBe(0);
    expect(first.err).toContain(
      "The model's provider does not accept the key (401 invalid bearer token): see ANTHROPIC_API_KEY.\n",
    );
    expect(await page()).toContain('because the model’s key is not accepted');
    const second = await run(DIGEST, { ANTHROPIC_API_KEY: 'bad-key' });
    expect(second.code).toBe(0);
    expect(second.out).toContain('model’s key is not accepted');
    expect(second.err).not.toContain('provider');
  });

  it('is made of quotations where the account is empty, and never shows the key', async () => {
    const { claude, run, page, log } = await placeWithModel();
    const message = `Your credit balance is too low to use ${KEY}`;
    claude.next(fail({ status: 400, type: 'invalid_request_error', message }));
    const { code, out, err } = await run(DIGEST);
    expect(code).toBe(0);
    expect(err).toContain(
      "The model's account has no credit left (400 Your credit balance is too low to use [secret]).\n",
    );
    const published = await page();
    expect(published).toContain('because the model’s account has no credit left');
    expect(partsAsked(claude)).toEqual(['plan']);
    const logged = await log();
    expect(logged).toContain('no-credit');
    expect([out, err, published, logged].join('')).not.toContain(KEY);
  });

  it('is made of quotations where the cap of the day leaves no room', async () => {
    const { claude, run, page } = await placeWithModel('models:\n  daily_cap: 0.001\n');
    const { code, err } = await run(DIGEST);
    expect(code).toBe(0);
    expect(err).toMatch(/The model is not asked any more today \(.*\$0\.001 .*\): .*daily_cap/);
    expect(await page()).toContain('because the day’s budget for the model is spent');
    expect(claude.requests).toEqual([]);
  });

  it('is stopped by Ctrl-C, and the next run asks for no more than was missing', async () => {
    const { folder, env, claude, run } = await placeWithModel();
    claude.answer((request) =>
      readQuestion(request).what === 'II' ? hang() : writeByModel(request),
    );
    const db = await databaseOf({ env });
    const child = startChorus(DIGEST, folder, env);
    const end = ended(child);
    await vi.waitFor(
      async () => {
        expect(partsAsked(claude)).toContain('II');
        expect(await db.select().from(drafts)).toHaveLength(3); // the plan, I and III
      },
      { timeout: 15_000 },
    );
    child.kill('SIGINT');
    const stopped = await end;
    expect(stopped).toEqual({
      code: 130,
      out: '',
      err: 'Making the digest of 2026-10-11 to 2026-10-13\nStopped.\n',
    });
    const before = claude.requests.length;
    claude.answer(writeByModel);
    const { code, out } = await run(DIGEST);
    expect(code).toBe(0);
    expect(out).toContain('Written by a model');
    expect(partsAsked(claude).slice(before).toSorted()).toEqual(['II', 'IV', 'check', 'repair']);
    const { rows } = JSON.parse((await run(['usage', '--json'])).out) as { rows: UsageRow[] };
    expect(rows.map((row) => row.open)).toEqual([0, 0]);
  });
});
