import { spawn } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { beforeEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';

import { follow } from '../support/measurement.ts';
import { collectOutput, type Ended, ended, inFolder, temporaryFolder } from '../support/program.ts';
import { jsonl, ROWS } from '../support/rows.ts';
import { buildEval } from './suites.ts';

const MAIN = path.resolve('test/eval/main.ts');

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  vi.stubEnv('DATABASE_URL', inject('clusterUrl').replace(/DATABASE$/, 'postgres'));
  onTestFinished(() => void vi.unstubAllEnvs());
});

/** Runs the command in the test's folder, within this process: most of one of its own is starting. */
async function evaluate(...args: string[]): Promise<Ended> {
  const output = collectOutput();
  const code = await inFolder(folder, () => follow(buildEval(output), args, output.err));
  return output.ended(code);
}

/** The same as a process of its own. */
function evaluateAlone(...args: string[]): Promise<Ended> {
  return ended(spawn(process.execPath, [MAIN, ...args], { cwd: folder }));
}

/** The figures that a suite prints about rows. */
async function figuresOf(suite: string, rows: readonly unknown[], ...more: string[]) {
  const data = await file('rows.jsonl', rows);
  const { code, out, err } = await evaluate(suite, '--data', data, ...more, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as unknown;
}

async function file(name: string, rows: readonly unknown[]): Promise<string> {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), jsonl(rows));
  return name;
}

const AD = 'GIVEAWAY! Follow me and RT to win $500, airdrop closes tonight';
const OTHER_AD = 'Airdrop is live: follow + RT, claim your 1000x gem, link in bio';
/** Two labels are wrong on purpose: a good program finds b, and not c. */
const AD_ROWS = [
  { id: 'a', author: 'spam_demo', text: AD, lang: 'en', likes: 0, followers: 2, label: 'ad' },
  { id: 'b', author: 'fooled_demo', text: OTHER_AD, lang: 'en', label: 'ok' },
  { id: 'c', author: 'sly_demo', text: 'Quietly the best lamp I know', lang: 'en', label: 'ad' },
  { id: 4, author: 'calm_demo', text: 'Rain again', bio: '', label: 'ok' },
  { id: 'e', author: 'odd_demo', text: 'A lamp?', label: 'borderline' },
];

const COPY_ROWS = [
  post('1', 'Lumen 7 costs half of what Lumen 6 cost a year ago', 1),
  post('2', 'Lumen 7 costs half of what Lumen 6 cost a year ago!', 1),
  post('3', 'The Kip robots started at the Port Ellery warehouse', 2),
  post('4', 'Rain over Port Ellery, and the ferry is late as ever', 1),
];

const PAIR_ROWS = [
  { a: 'Lumen 7 is out', b: 'lumen 7 is out!', label: 1 },
  { a: 'Lumen 7 is out', b: 'Rain over Port Ellery', label: '0' },
  { a: 'The ferry is late', b: 'Kip robots pick 118 items an hour', label: true },
];

const THEME_ROWS = [
  { text: 'robots warehouse pick', cluster: 'kip' },
  { text: 'warehouse robots items', cluster: 'kip' },
  { text: 'model open weights', cluster: 7 },
  { text: 'open weights model released', cluster: '7' },
];

const DAY = '2026-10-12';
const DAY_ROWS = [
  { day: DAY, theme: 'Lumen 7', ids: ['1', '2', '3'], importance: 5 },
  { day: DAY, theme: 'Kip robots', ids: [4, 5], importance: 3 },
  { day: DAY, theme: 'Nobody wrote of it', ids: [], importance: 4 },
  { day: DAY, theme: 'other', ids: ['6', '8'], importance: 4 },
];

/** Two verdicts are wrong on purpose: c is right, and d is not. */
const CLAIM_ROWS = [
  claim('a', 'Lumen 7 takes 600,000 tokens of context.', 'supported'),
  claim('b', 'Lumen 7 takes 700,000 tokens of context.', 'contradicted', 'changed_number'),
  claim('c', 'Lumen 7 costs 20% less than Lumen 6.', 'contradicted', 'merged_tweets'),
  claim('d', 'Gustav Lindqvist said Lumen 7 is out.', 'supported'),
];

function claim(cid: string, words: string, verdict: string, error?: string) {
  return { cid, lang: 'en', claim: words, cites: ['1'], verdict, error_type: error ?? null };
}

function post(id: string, text: string, group: string | number) {
  return { id, author: `author_${id}`, text, created_at: '2026-10-12T04:00:00Z', group };
}

const DOCUMENTS = [
  { _id: 'd1', title: 'Harbours', text: 'The harbour of Maren is closed' },
  { _id: 'd2', title: '', text: 'Quill released the weights of a model' },
  { _id: 3, text: '港口因为风暴关闭了三天' },
];
const QUERIES = [
  { _id: 'q1', text: 'Which harbour is closed?' },
  { _id: 'q2', text: '港口关闭了几天' },
  { _id: 'q3', text: 'Nobody judged this' },
];
const JUDGEMENTS = 'query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\t3\t2\nq2\td2\t1\n';

/** Stores a collection as BEIR lays it out, and names its folder. */
async function collection(judgements = JUDGEMENTS): Promise<string> {
  await file('beir/corpus.jsonl', DOCUMENTS);
  await file('beir/queries.jsonl', QUERIES);
  await file('beir/qrels/test.tsv', []);
  await writeFile(path.join(folder, 'beir/qrels/test.tsv'), judgements);
  return 'beir';
}

/** The last question is answered on purpose by a post of the day after. */
const QUESTION_ROWS = [
  question('a', 'en', 'Who said that Lumen 7 takes 600,000 tokens?', 'who', ['1']),
  question('b', 'zh', 'Lumen 7 发布了吗', 'fact', ['1']),
  question('c', 'en', 'Who won the chess final in Osk?', 'unanswerable', []),
  { ...question('d', 'en', 'Is Lumen 7 out?', 'fact', ['1']), asked_on: '2026-10-11' },
];

function question(qid: string, lang: string, words: string, kind: string, gold: readonly string[]) {
  const found = gold.map((id) => ({ id, grade: 2 }));
  return { qid, lang, question: words, asked_on: DAY, kind, gold: found };
}

async function answersFolder(rows: readonly unknown[] = QUESTION_ROWS): Promise<string> {
  await file('answers/posts.jsonl', ROWS);
  await file('answers/questions.jsonl', rows);
  return 'answers';
}

describe('eval', () => {
  it('scores advertising, without the rows on which readers differ', async () => {
    expect(await figuresOf('ads', AD_ROWS)).toEqual({
      suite: 'ads',
      n: 4,
      precision: 0.5,
      recall: 0.5,
      f1: 0.5,
      falsePositives: ['b'],
      falseNegatives: ['c'],
    });
  });

  it('scores copies', async () => {
    expect(await figuresOf('duplicates', COPY_ROWS)).toEqual({
      suite: 'duplicates',
      n: 4,
      precision: 1,
      recall: (2 / 3 + 2 / 3 + 1 + 1 / 3) / 4,
      f1: 0.8,
    });
  });

  it('scores retellings', async () => {
    expect(await figuresOf('paraphrase', PAIR_ROWS)).toEqual({
      suite: 'paraphrase',
      n: 3,
      precision: 1,
      recall: 0.5,
      f1: expect.closeTo(2 / 3, 9) as number,
      averagePrecision: expect.any(Number) as number,
    });
  });

  it('scores themes, beside a baseline', async () => {
    expect(await figuresOf('themes', THEME_ROWS)).toMatchObject({
      suite: 'themes',
      n: 4,
      nmi: expect.any(Number) as number,
      clusters: expect.any(Number) as number,
      baselines: { kmeans: expect.closeTo(1, 9) as number },
    });
  });

  it('scores the report of a day, and lists the themes that it misses', async () => {
    const posts = await file('posts.jsonl', ROWS);
    expect(await figuresOf('days', DAY_ROWS, '--posts', posts)).toMatchObject({
      suite: 'days',
      days: 1,
      n: 7,
      purity: expect.any(Number) as number,
      nmi: expect.any(Number) as number,
      coverage: expect.closeTo(2 / 3, 9) as number,
      missed: [{ day: DAY, theme: 'Nobody wrote of it', importance: 4 }],
    });
  });

  it('scores the checks of lines against posts', async () => {
    const posts = await file('posts.jsonl', ROWS);
    expect(await figuresOf('claims', CLAIM_ROWS, '--posts', posts)).toEqual({
      suite: 'claims',
      n: 4,
      wrongCaught: 0.5,
      strictCaught: 1,
      falseAlarms: 0.5,
      byError: { changed_number: 1, merged_tweets: 0 },
      missed: ['c'],
      alarmed: ['d'],
    });
  });

  it('scores how well documents are found', async () => {
    const { code, out, err } = await evaluate('retrieval', '--data', await collection(), '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual({
      suite: 'retrieval',
      queries: 2,
      ndcg10: expect.closeTo((1 + 3 / (3 + 1 / Math.log2(3))) / 2, 9) as number,
      recall100: 0.75,
    });
  });

  it('scores what is found for questions until the end of their day', async () => {
    vi.stubEnv('DATABASE_URL', undefined); // in a cluster of its own
    const { code, out, err } = await evaluateAlone(
      'answers',
      '--data',
      await answersFolder(),
      '--json',
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual({
      suite: 'answers',
      byLanguage: { en: { recall10: 0.5, ndcg10: 0.5 }, zh: { recall10: 1, ndcg10: 1 } },
      byKind: { fact: { recall10: 0.5, ndcg10: 0.5 }, who: { recall10: 1, ndcg10: 1 } },
      declined: 1,
      wronglyDeclined: expect.closeTo(1 / 3, 9) as number,
    });
  });

  it.each([
    ['has no query with a judgement', 'q9\td1\t1\n'],
    ['qrels/test.tsv:1: is not a query, a document and a grade', 'q1 d1 1\n'],
  ])('refuses a collection that %s', async (reason, judgements) => {
    const { code, out, err } = await evaluate('retrieval', '--data', await collection(judgements));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(reason);
  });

  it('refuses a question whose answer is in no post', async () => {
    const data = await answersFolder([question('a', 'en', 'Who?', 'who', ['99'])]);
    const { code, out, err } = await evaluate('answers', '--data', data);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe('answers/questions.jsonl:1: there is no post "99"\n');
  });

  it('prints a table for people', async () => {
    const { code, out } = await evaluateAlone('ads', '--data', await file('ads.jsonl', AD_ROWS));
    expect(code).toBe(0);
    expect(out).toMatch(/^posts +4 scored, 1 borderline left out$/m);
    expect(out).toMatch(/^false positives \(1\) +b$/m);
  });

  it('says on which line of which file something is wrong', async () => {
    const [good] = AD_ROWS;
    const wrong: [suite: string, row: unknown, reason: string][] = [
      ['ads', { ...good, id: 'b', author: undefined }, '"author" is missing'],
      ['ads', { ...good, id: 'b', label: ['ad'] }, '"label" is not a label: a list'],
      ['ads', good, 'the id "a" stands on line 1 already'],
      ['ads', 'ad', 'is not a JSON object'],
    ];
    for (const [suite, row, reason] of wrong) {
      const data = await file('wrong.jsonl', [good, row]);
      const { code, out, err } = await evaluate(suite, '--data', data);
      expect({ code, out, err }).toEqual({ code: 2, out: '', err: `${data}:2: ${reason}\n` });
    }
  });

  it.each([
    ['duplicates', COPY_ROWS, { ...COPY_ROWS[0], id: '5', created_at: 'soon' }],
    ['paraphrase', PAIR_ROWS, { a: 'one', b: 'two', label: 2 }],
    ['themes', THEME_ROWS, { text: 5, cluster: 1 }],
    ['days', DAY_ROWS, { day: DAY, theme: 'Lumen', ids: ['1'], importance: 3 }],
    ['days', DAY_ROWS, { day: '2026-10-13', theme: 'Lumen', ids: ['7'], importance: 3 }],
    ['claims', CLAIM_ROWS, { ...CLAIM_ROWS[0], cid: 'e', verdict: 'true' }],
    ['claims', CLAIM_ROWS, { ...CLAIM_ROWS[0], cid: 'e', cites: ['99'] }],
    ['claims', CLAIM_ROWS, CLAIM_ROWS[0]],
  ])('refuses a bad row of %s', async (suite, rows, bad) => {
    const data = await file('wrong.jsonl', [...rows, bad]);
    const posts = ['days', 'claims'].includes(suite)
      ? ['--posts', await file('posts.jsonl', ROWS)]
      : [];
    const { code, out, err } = await evaluate(suite, '--data', data, ...posts);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^wrong\.jsonl:5: [^\n]+\n$|^wrong\.jsonl:4: [^\n]+\n$/);
  });

  it('refuses in a sentence what it cannot measure', async () => {
    const empty = await file('empty.jsonl', []);
    const borderline = await file('borderline.jsonl', AD_ROWS.slice(4));
    await writeFile(path.join(folder, 'broken.jsonl'), '{"id": "a",\n');
    for (const [data, reason] of [
      [empty, /empty\.jsonl is empty/],
      [borderline, /no row to score/],
      ['broken.jsonl', /^broken\.jsonl:1: not valid JSON/],
      ['missing.jsonl', /missing\.jsonl/],
      ['.', /is a folder/],
    ] as const) {
      const { code, out, err } = await evaluate('ads', '--data', data);
      expect({ data, code, out }).toEqual({ data, code: 2, out: '' });
      expect(err).toMatch(reason);
      expect(err.trimEnd().split('\n')).toHaveLength(1);
    }
  });

  it('shows how it is used when it is asked wrongly', async () => {
    for (const wrong of [[], ['songs'], ['ads'], ['days', '--data', 'x'], ['ads', '--colour']]) {
      const { code, out, err } = await evaluate(...wrong);
      expect({ wrong, code, out }).toEqual({ wrong, code: 2, out: '' });
      expect(err).not.toMatch(/ at .*:\d+:\d+/);
    }
    expect((await evaluateAlone('songs')).err).toContain('Usage: eval');
  });
});

/** The rows of the table between the marks of a README, cell by cell. */
function qualityIn(readme: string): string[][] {
  const table = /<!-- quality -->\n(.*?)<!-- \/quality -->/s.exec(readme)?.[1] ?? '';
  const cells = (line: string) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1);
  return table.trimEnd().split('\n').map(cells);
}

const COMMANDS = [
  ['eval', 'ads'],
  ['eval', 'duplicates'],
  ['eval', 'paraphrase'],
  ['eval', 'themes'],
  ['eval', 'days'],
  ['eval', 'claims'],
  ['eval', 'answers'],
  ['eval', 'retrieval'],
  ['eval', 'retrieval'],
  ['bench', 'curate'],
  ['bench', 'cloud'],
  ['bench', 'tokens'],
];

function expectQuality([head, rule, ...rows]: string[][]): void {
  expect(head).toEqual(['what', 'measured on', 'figures', 'command']);
  expect(rule).toEqual(['---', '---', '---', '---']);
  expect(rows.map((row) => row[3]?.match(/[a-z]+ -- [a-z]+/)?.[0].split(' -- '))).toEqual(COMMANDS);
  for (const [, on, figures] of rows) {
    expect(on).toMatch(/^\d[\d,]* /);
    expect(figures).toMatch(/\d\.\d/);
  }
}

describe('the README', () => {
  it('has the figures in the form in which the command writes them', async () => {
    const readme = await readFile('README.md', 'utf8');
    expectQuality(qualityIn(readme));
    expect(readme.indexOf('## Quality')).toBeLessThan(readme.indexOf('<!-- quality -->'));
    expect(readme.indexOf('<!-- /quality -->')).toBeLessThan(readme.indexOf('## Going on'));
  });

  it('is rewritten between its marks, and nowhere else', async () => {
    await file('data/eval/ads/dev.jsonl', AD_ROWS);
    await file('data/eval/duplicates/dev.jsonl', COPY_ROWS);
    await file('data/eval/duplicates/paraphrase_dev.jsonl', PAIR_ROWS);
    await file('data/eval/themes/tweet89.jsonl', THEME_ROWS);
    await file('data/eval/themes/days_dev.jsonl', DAY_ROWS);
    await file('data/eval/claims/dev.jsonl', CLAIM_ROWS);
    await file('data/eval/answers/posts.jsonl', ROWS);
    await file('data/eval/answers/questions.jsonl', QUESTION_ROWS);
    for (const name of ['scifact', 'cmrc2018_dev']) {
      await mkdir(path.join(folder, 'data/eval/retrieval'), { recursive: true });
      await cp(
        path.join(folder, await collection()),
        path.join(folder, 'data/eval/retrieval', name),
        { recursive: true },
      );
    }
    await file('data/posts/chatgpt_2023-04-03_2023-04-05.jsonl', ROWS);
    const readme = path.join(folder, 'README.md');
    await writeFile(readme, 'Before\n<!-- quality -->\nold\n<!-- /quality -->\nAfter\n');
    const { code, out, err } = await evaluate('readme', '--data', 'data', '--size', '8');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const after = await readFile(readme, 'utf8');
    expect(after).toBe(`Before\n<!-- quality -->\n${out}<!-- /quality -->\nAfter\n`);
    expectQuality(qualityIn(after));
  });

  it('is left alone when it has no place for the table', async () => {
    const readme = path.join(folder, 'README.md');
    await writeFile(readme, 'Before\n');
    const { code, err } = await evaluate('readme', '--data', 'data');
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringMatching(/needs the lines/) });
    expect(await readFile(readme, 'utf8')).toBe('Before\n');
  });
});
