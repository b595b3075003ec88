import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';

import { MODEL_SETTINGS } from '../src/claude/settings.ts';
import { TOPIC_SETTINGS } from '../src/config/file.ts';
import { loadConfig, topicNamed } from '../src/config.ts';
import { UserError } from '../src/model/errors.ts';

async function folderWith(yaml: string | null): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chorus-config-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  if (yaml !== null) await writeFile(path.join(folder, 'chorus.yaml'), yaml);
  return folder;
}

function failureOf(load: () => unknown): UserError {
  try {
    load();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

/** What nobody means by a setting, as YAML. */
const ODD = ['-1', '1e9', '1.5', '"odd"', '""', 'true', '[]', '[1]', '{}', '{ odd: 1 }', 'null'];

/** The settings that there are, each by the names that lead to it. */
const SETTINGS: ReadonlySet<readonly string[]> = new Set([
  ...Object.keys(TOPIC_SETTINGS).map((name) => ['topics', 'ai', name]),
  ...Object.keys(MODEL_SETTINGS).map((name) => ['models', name]),
  ['topics', 'ai', 'x_budget', 'daily'],
  ['models', 'report', 'effort'],
  ['models', 'prices', 'mine'],
  ...['owners', 'telegram', 'quotas'].map((name) => ['chats', name]),
  ...['unknown', 'rich', 'webhook'].map((name) => ['chats', 'telegram', name]),
  ['chats', 'owners', 'telegram'],
  ['chats', 'quotas', 'questions'],
  ...['post_price', 'private_addresses', 'bluesky'].map((name) => ['collect', name]),
]);

/** YAML in which a value stands where names lead to. */
function flowOf(names: readonly string[], value: string): string {
  return names.reduceRight((inner, name) => `{ ${name}: ${inner} }`, value);
}

function messageOf(load: () => unknown): string {
  try {
    load();
    return ''; // it may stand there
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

describe('the configuration', () => {
  it('needs no file: one topic, the embedded database, folders beside the program', async () => {
    const folder = await folderWith(null);
    const config = loadConfig({}, folder);
    expect(config.topics.map((topic) => topic.key)).toEqual(['twitter_ai']);
    expect(config.database).toEqual({
      kind: 'embedded',
      folder: path.join(folder, '.data'),
      name: 'chorus',
    });
    expect(config.outFolder).toBe(path.join(folder, 'out'));
  });

  it('takes an empty file, or one of remarks only, for none', async () => {
    for (const nothing of ['', '# later\n']) {
      const { topics } = loadConfig({}, await folderWith(nothing));
      expect(topics.map((topic) => topic.key)).toEqual(['twitter_ai']);
    }
  });

  it('reads topics in their order, with what is not said filled in', async () => {
    const folder = await folderWith(`
topics:
  chips:
    title: Chips
    language: en
    time_zone: America/New_York
  robots:
`);
    const { topics } = loadConfig({}, folder);
    expect(topics[0]).toEqual({
      key: 'chips',
      title: 'Chips',
      language: 'en',
      timeZone: 'America/New_York',
    });
    expect(topics[1]).toMatchObject({ key: 'robots', title: 'robots', language: 'zh' });
  });

  it.each([
    ['ja', 'ja'],
    ['PT-br', 'pt-BR'],
    ['zh-hant', 'zh-Hant'],
    ['no', 'no'],
  ])('takes the tag of any language: %s', async (tag, language) => {
    const folder = await folderWith(`topics:\n  chips:\n    language: ${tag}\n`);
    expect(loadConfig({}, folder).topics[0].language).toBe(language);
  });

  it.each(['localhost:8080', 'ftp://localhost', 'http://user:secret@localhost:8080'])(
    'refuses %s as the address of a model',
    async (address) => {
      const folder = await folderWith('');
      const { message } = failureOf(() => loadConfig({ ANTHROPIC_BASE_URL: address }, folder));
      expect(message).toContain('environment: ANTHROPIC_BASE_URL must look like');
      expect(message).not.toContain('secret');
    },
  );

  it('lists every error at once, each with its line', async () => {
    const folder = await folderWith(`topics:
  twitter_ai:
    title: ''
    language: klingon
    time_zone: Mars/Olympus
    langauge: zh
  Bad-Name:
colour: blue
`);
    const failure = failureOf(() =>
      loadConfig({ DATABASE_URL: 'mysql://x', CHORUS_LOG: 'loud' }, folder),
    );
    expect(failure.code).toBe('config');
    const text = failure.message;
    expect(text).toContain('The configuration has 8 errors');
    expect(text).toContain('environment: DATABASE_URL must look like postgresql://');
    expect(text).toContain('environment: CHORUS_LOG must be one of debug');
    expect(text).toMatch(/chorus\.yaml:3: topics\.twitter_ai\.title/);
    expect(text).toMatch(
      /chorus\.yaml:4: topics\.twitter_ai\.language: "klingon" names no known language; write a tag/,
    );
    expect(text).toMatch(/chorus\.yaml:5: .*"Mars\/Olympus" is no known time zone/);
    expect(text).toMatch(/chorus\.yaml:6: topics\.twitter_ai\.langauge is not a setting/);
    expect(text).toMatch(/chorus\.yaml:7: topics\.Bad-Name/);
    expect(text).toMatch(/chorus\.yaml:8: colour is not a setting/);
  });

  it.each([
    ['title: 12', 'title: must be text, in quotation marks where', '(there stands 12)'],
    ['title: "  "', 'title: must not be empty', ''],
    ['collect_minutes: soon', 'collect_minutes: must be a whole number from 1 to 1440', '"soon"'],
    ['collect_minutes: 2.5', 'collect_minutes: must be a whole number from 1 to 1440', '2.5'],
    ['x_budget: 3', 'x_budget: must be settings, each on a line of its own', '(there stands 3)'],
    ['x_budget: { daily: -1 }', 'must be a number of dollars, from 0 to 100000', '-1'],
    ['sources: { x_user: a }', 'sources: must be a list', '(there stands a group of settings)'],
    ['sources: [karpathy]', 'must be a source, like "x_user: karpathy"', '"karpathy"'],
    ['sources: [weibo: a]', 'sources.0.weibo is not a setting: there are x_list, x_user', ''],
    ['post_at:', 'post_at: must be an hour in quotation marks', '(there stands nothing)'],
  ])('says in words what may stand in a place, and what does: %s', async (line, may, does) => {
    const folder = await folderWith(`topics:\n  ai:\n    ${line}\n`);
    const { message } = failureOf(() => loadConfig({}, folder));
    expect(message).toContain('The configuration has an error:\n  chorus.yaml:3: topics.ai.');
    expect(message).toContain(may);
    expect(message).toContain(does);
  });

  it('has no words of its parts for what stands anywhere instead of a setting', async () => {
    const settings = [...SETTINGS];
    expect(settings.length).toBeGreaterThan(20);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...settings), fc.constantFrom(...ODD), async (at, odd) => {
        const folder = await folderWith(flowOf(at, odd));
        const message = messageOf(() => loadConfig({}, folder));
        expect(message).not.toMatch(
          /invalid|expected|received|undefined|\[object|too (?:small|big)/iu,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('shows no password of an address that is wrong', async () => {
    const feed = 'ftp://me:hush-hush@example.com';
    const folder = await folderWith(`topics:\n  ai:\n    sources: [{ feed: "${feed}" }]\n`);
    expect(failureOf(() => loadConfig({}, folder)).message).not.toContain('hush');
  });

  it.each([
    ['broken YAML', 'topics: [', /chorus\.yaml:1: /],
    ['a key twice', 'topics:\n  a:\n  a:\n', /chorus\.yaml:2: .*unique/],
    ['no topic', 'topics: {}', /chorus\.yaml:1: topics: name at least one topic/],
    ['a list of topics', 'topics:\n  - a\n', /chorus\.yaml:1: topics/],
    ['a bare word', 'hello', /chorus\.yaml:1: the file/],
    ['a topic that is a word', 'topics:\n  ai: yes please\n', /chorus\.yaml:2: topics\.ai/],
  ])('says where %s is', async (_, yaml, expected) => {
    const folder = await folderWith(yaml);
    expect(failureOf(() => loadConfig({}, folder)).message).toMatch(expected);
  });

  it('misses a file that was named', async () => {
    const folder = await folderWith(null);
    const failure = failureOf(() => loadConfig({ CHORUS_CONFIG: 'other.yaml' }, folder));
    expect(failure.message).toContain('other.yaml: there is no such file');
  });

  it('names the topics that there are', async () => {
    const config = loadConfig({}, await folderWith('topics:\n  ai:\n  chips:\n'));
    expect(topicNamed(config, undefined).key).toBe('ai');
    expect(topicNamed(config, 'chips').key).toBe('chips');
    expect(failureOf(() => topicNamed(config, 'cars')).message).toBe(
      'There is no topic "cars". Known: ai, chips.',
    );
  });
});
