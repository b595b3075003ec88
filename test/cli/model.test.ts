import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { DEFAULT_MODELS } from '../../src/claude/settings.ts';
import { inDollars } from '../../src/cli/dollars.ts';
import { priceOf, type Tokens } from '../../src/model/usage.ts';
import type { UsageRow } from '../../src/store/calls.ts';
import { calls, drafts } from '../../src/store/schema.ts';
import {
  type Answerer,
  fail,
  type FakeClaude,
  hang,
  type Request,
  startClaude,
} from '../fakes/claude.ts';
import { aModel, type Asked, askedOf, lines, sections, verdicts } from '../support/model.ts';
import { databaseOf, placeWithPosts } from '../support/place.ts';
import { chorus, type Ended, ended, startChorus, temporaryFolder } from '../support/program.ts';

const KEY = 'sk-invented-7Qx2';
/** The day of the rows, wherever it is noon. */
const DIGEST = ['digest', '--from', '2026-10-11', '--to', '2026-10-13'];

const CODEBASE = (tokens: string) =>
  `Mira says that Lumen 7 read a whole ${tokens} token codebase and found a race that Lumen 6 never saw.`;

/**
 * Writes a line a part on the rows; II.2 has a wrong figure, and none once it is rewritten. That "all"
 * robots started says more than the post does, and the judge lets it pass.
 */
const WRITER = {
  plan: () => sections({ title: 'Robots at Port Ellery', stories: ['s1'] }),
  I: (asked: Asked) =>
    lines({
      lead: 'Lumen 7 is out',
      text: 'Lumen Labs says that Lumen 7 has 600,000 tokens of context at $2.40 per million, 20% below Lumen 6.',
      posts: [markOf('lumen_labs_demo', asked)],
    }),
  II: (asked: Asked) =>
    lines(
      {
        text: 'Ferro Robotics says that all its 24 Kip robots started at the Port Ellery warehouse and pick 118 items an hour.',
        posts: [markOf('ferro_demo', asked)],
      },
      { text: CODEBASE('990,000'), posts: [markOf('mira_demo', asked)] },
    ),
  III: (asked: Asked) =>
    lines({
      text: 'Kofi says that the **Kip** robots at Port Ellery need help 2.1 times a shift, which is 100 calls a day.',
      posts: [markOf('kofi_demo', asked)],
    }),
  repair: (asked: Asked) =>
    lines({ text: CODEBASE('380,000'), posts: [markOf('mira_demo', asked)] }),
  check: () => verdicts(null),
} satisfies Parameters<typeof aModel>[0];

function markOf(author: string, { stories }: Asked): string {
  const posts = stories.flatMap((story) => story.posts);
  return posts.find(({ handle }) => handle === author)?.mark ?? '';
}

const ANSWER_TOKENS = 100;

/** Answers as above, every answer billed alike. */
const writeByModel: Answerer = async (request) => {
  const behaviour = await aModel(WRITER)(request);
  return behaviour.kind === 'text'
    ? { ...behaviour, extra: { outputTokens: ANSWER_TOKENS } }
    : behaviour;
};

/** A time zone in which it is about noon, so that no day ends while a test runs. */
function noonZone(): string {
  const west = new Date().getUTCHours() - 12;
  return `Etc/GMT${west < 0 ? '' : '+'}${west}`;
}

async function configure(folder: string, models = ''): Promise<void> {
  const topic = `  twitter_ai:\n    title: AI\n    language: en\n    time_zone: ${noonZone()}\n`;
  await writeFile(path.join(folder, 'chorus.yaml'), `topics:\n${topic}${models}`);
}

/** A folder with posts, where a model writes in English. */
async function placeWithModel(models = '') {
  const { folder, env } = await placeWithPosts();
  const claude = await startClaude();
  claude.answer(writeByModel);
  await configure(folder, models);
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

type Trouble = {
  readonly env?: Readonly<Record<string, string>>;
  readonly models?: string;
  readonly answer?: Answerer;
};

/** Makes digests in a place of their own, and tells what was said besides that they are made. */
async function makeIn({ env, models, answer = writeByModel }: Trouble, times = 1) {
  const { claude, run, page, log } = await placeWithModel(models);
  claude.answer(answer);
  const runs: Ended[] = [];
  while (runs.length < times) runs.push(await run(DIGEST, env));
  expect(runs.filter(({ code }) => code !== 0)).toEqual([]);
  const said = runs.flatMap(({ err }) => err.trimEnd().split('\n'));
  const published = await page();
  return {
    told: said.filter((line) => !/^(?:Making the digest|Digest) of /.test(line)),
    page: published,
    asked: partsAsked(claude),
    everything: [...runs.map(({ out }) => out), ...said, published, await log()].join('\n'),
  };
}

describe('a digest by the model', () => {
  it('is written, told from one of quotations, accounted for and explained', async () => {
    const { claude, run, page, log } = await placeWithModel();
    const made = await run([...DIGEST, '--by', '23:59']);
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
    expect(account.rows.map((row) => [row.purpose, row.calls])).toEqual([
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
    const { evidence, calls: planned, priceMicros, atMostMicros } = JSON.parse(json.out);
    expect(shown.code).toBe(0);
    expect(shown.out).toContain(evidence.text);
    expect(shown.out.indexOf('The calls')).toBeLessThan(shown.out.indexOf(evidence.text));
    expect(evidence.text).toContain('@kofi_demo (Kofi)');
    expect(planned.map(({ part }: { part: string }) => part)).toEqual(
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

  it('can be wanted by an hour, which must be one and still to come', async () => {
    const folder = await temporaryFolder();
    await configure(folder);
    const env = { DATABASE_URL: 'postgresql://me@127.0.0.1:9/nowhere' }; // never opened
    const [passed, nonsense] = await Promise.all([
      chorus([...DIGEST, '--by', '0:00'], folder, env),
      chorus([...DIGEST, '--by', 'teatime'], folder, env),
    ]);
    expect(passed).toEqual({ code: 2, out: '', err: `0:00 has passed in ${noonZone()}.\n` });
    expect(nonsense).toEqual({
      code: 2,
      out: '',
      err: '"teatime" is no time of a day: write it like 10:00.\n',
    });
  });

  it('is made of quotations where the model cannot be asked: the page says why, and the owner hears of it once a day', async () => {
    const message = `Your credit balance is too low to use ${KEY}`;
    const noCredit = fail({ status: 400, type: 'invalid_request_error', message });
    const [badKey, empty, capped] = await Promise.all([
      makeIn({ env: { ANTHROPIC_API_KEY: 'bad-key' } }, 2),
      makeIn({ answer: () => noCredit }),
      makeIn({ models: 'models:\n  daily_cap: 0.001\n' }),
    ]);
    expect(badKey.told).toEqual([
      "The model's provider does not accept the key (401 invalid bearer token): see ANTHROPIC_API_KEY.",
    ]);
    expect(badKey.page).toContain('but the model’s key is not accepted');
    expect(empty.told).toEqual([
      "The model's account has no credit left (400 Your credit balance is too low to use [secret]).",
    ]);
    expect(empty.page).toContain('but the model’s account has no credit left');
    expect(empty.asked).toEqual(['plan']);
    expect(empty.everything).toContain('no-credit');
    expect(empty.everything).not.toContain(KEY);
    expect(capped.told).toEqual([
      expect.stringMatching(
        /^The model is not asked any more today \(.*\$0\.001 .*\): .*daily_cap/,
      ),
    ]);
    expect(capped.page).toContain('but the day’s budget for the model is spent');
    expect(capped.asked).toEqual([]);
  });

  it('is stopped by Ctrl-C, and the next run asks for no more than was missing', async () => {
    const { folder, env, claude, run } = await placeWithModel();
    claude.answer(aModel({ ...WRITER, II: () => hang() }));
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
    const states = await db.select({ state: calls.state }).from(calls);
    expect(states.map(({ state }) => state).toSorted()).toEqual([
      ...Array.from({ length: 7 }, () => 'answered'),
      'failed',
    ]);
  });
});
