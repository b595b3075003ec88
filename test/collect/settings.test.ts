import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { loadConfig } from '../../src/config.ts';
import { editTopics } from '../../src/config-edit.ts';
import { sourceKey } from '../../src/model/source.ts';
import type { TopicEdit } from '../../src/model/topic.ts';

async function aPlace(yaml: string | null) {
  const folder = await mkdtemp(path.join(tmpdir(), 'chorus-sources-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'chorus.yaml');
  if (yaml !== null) await writeFile(file, yaml);
  const read = () => loadConfig({}, folder);
  const keys = (topic: string) => read().sources.get(topic)?.specs.map(sourceKey);
  const text = () => readFile(file, 'utf8');
  return { folder, file, read, keys, text, edit: (edit: TopicEdit) => editTopics(read(), edit) };
}

const ALL = `topics:
  ai:
    sources:
      - x_user: "@Karpathy"
      - x_list: "1234567890"
      - x_list: https://x.com/i/lists/99
      - x_search: (claude OR gpt) lang:en
      - feed: https://example.com/feed.xml
      - bluesky: "@alice.bsky.social"
      - bluesky: "#AI"
      - mastodon: "@user@Mastodon.social"
      - mastodon: "#ai@mastodon.social"
      - file: ./drop/*.jsonl
    x_budget: { daily: 0.5 }
    collect_minutes: 30
  chips:
`;

describe('the sources of a topic', () => {
  it('are named as people write them', async () => {
    const { keys, read } = await aPlace(ALL);
    expect(keys('ai')).toEqual([
      'x-user:karpathy',
      'x-list:1234567890',
      'x-list:99',
      'x-search:(claude OR gpt) lang:en',
      'feed:https://example.com/feed.xml',
      'bluesky:alice.bsky.social',
      'bluesky:#ai',
      'mastodon:user@mastodon.social',
      'mastodon:#ai@mastodon.social',
      'file:./drop/*.jsonl',
    ]);
    expect(keys('chips')).toEqual([]);
    expect(read().sources.get('ai')).toMatchObject({
      everyMinutes: 30,
      alertHours: 24,
      budget: { daily: 500_000, monthly: 40_000_000 },
    });
  });

  it.each([
    ['x_list: 12345678901234567890', 'must be the id in quotation marks'],
    ['x_user: not a handle', 'must be a handle of X'],
    ['feed: ftp://example.com', 'must be the address of a feed'],
    ['feed: "https://me:secret@example.com"', 'must have no password in it'],
    ['mastodon: "@user"', 'must look like "@user@mastodon.social"'],
    ['bluesky: alice', 'must look like "@alice.bsky.social"'],
    ['feed: "https://example.com/a\\0b"', 'must be one line'],
    ['bluesky: "#a\\e[1m"', 'must look like "@alice.bsky.social"'],
    ['file: ./*/a.jsonl', 'may have * in its last part only'],
    ['weibo: somebody', 'is not a setting'],
  ])('are refused with their line: %s', async (source, why) => {
    const { read } = await aPlace(
      `topics:\n  ai:\n    sources:\n      - x_user: a\n      - ${source}\n`,
    );
    expect(read).toThrow(`chorus.yaml:5: topics.ai.sources.1`);
    expect(read).toThrow(why);
  });

  it('are refused in a file that would take too long to read', async () => {
    const { read } = await aPlace(`${ALL}${'# nothing\n'.repeat(100_000)}`);
    expect(read).toThrow('chorus.yaml: is longer than a configuration can be (1 MB)');
  });

  it('are refused when one is named twice', async () => {
    const { read } = await aPlace(
      'topics:\n  ai:\n    sources:\n      - x_user: a\n      - x_user: "@A"\n',
    );
    expect(read).toThrow('names a source twice');
  });
});

describe('editing the topics', () => {
  it('makes the file, a topic, and its sources', async () => {
    const { edit, keys, read } = await aPlace(null);
    const settings = { title: 'Chips', post_at: '09:00' };
    await edit({ kind: 'add', key: 'chips', sources: ['x_user=ada', 'bluesky=#ai'], settings });
    expect(keys('chips')).toEqual(['x-user:ada', 'bluesky:#ai']);
    expect(read().topics).toMatchObject([{ key: 'chips', title: 'Chips' }]);
    expect(read().plans.get('chips')).toMatchObject({ postAt: '09:00' });
  });

  it('keeps remarks and everything else, and names no source twice', async () => {
    const { edit, keys, text } = await aPlace(`# mine\n${ALL}`);
    await edit({
      kind: 'add',
      key: 'ai',
      sources: ['x_user=KARPATHY', 'x_user=ada'],
      settings: {},
    });
    expect(keys('ai')?.filter((key) => key.startsWith('x-user'))).toEqual([
      'x-user:karpathy',
      'x-user:ada',
    ]);
    expect(await text()).toContain('# mine');
    expect(await text()).toContain('x_budget: { daily: 0.5 }');
  });

  it('takes sources away, and topics', async () => {
    const { edit, keys, read } = await aPlace(ALL);
    await edit({ kind: 'remove', key: 'ai', sources: ['x_user=karpathy', 'x_list=99'] });
    expect(keys('ai')).toHaveLength(8);
    await edit({ kind: 'remove', key: 'chips', sources: [] });
    expect(read().topics.map(({ key }) => key)).toEqual(['ai']);
  });

  it.each<[TopicEdit, string]>([
    [{ kind: 'add', key: 'Bad Key', sources: [], settings: {} }, 'is no name for a topic'],
    [{ kind: 'add', key: 'ai', sources: ['nonsense'], settings: {} }, 'is no source'],
    [{ kind: 'add', key: 'ai', sources: [], settings: { post_at: '25:00' } }, 'must look like'],
    [{ kind: 'remove', key: 'nope', sources: [] }, 'names no topic "nope"'],
    [
      { kind: 'remove', key: 'ai', sources: ['x_user=nobody'] },
      'has no source x-user:nobody: it has x-user:karpathy, x-list:1234567890',
    ],
  ])('changes nothing where something is wrong', async (edit, why) => {
    const place = await aPlace(ALL);
    await expect(place.edit(edit)).rejects.toThrow(why);
    expect(await place.text()).toBe(ALL);
  });

  it('does not take the last topic away', async () => {
    const { edit } = await aPlace('topics:\n  ai:\n');
    await expect(edit({ kind: 'remove', key: 'ai', sources: [] })).rejects.toThrow(
      '"ai" is the only topic: add another one before.',
    );
  });

  it('names every mistake at once, with its word and what would do, and no line of the file', async () => {
    const place = await aPlace(ALL);
    const sources = ['nonsense', 'x_list=12x', 'rss=https://example.com', 'x_user=ada'];
    const settings = { title: '', post_at: '25:00' };
    const edit = place.edit({ kind: 'add', key: 'Bad', sources, settings });
    const { message } = await edit.then(
      () => new Error('it was taken'),
      (error: Error) => error,
    );
    expect(message.split('\n')).toEqual([
      'Nothing is changed:',
      expect.stringContaining('"Bad" is no name for a topic: one is made of small letters'),
      expect.stringContaining('"nonsense" is no source: does not say of where: write x_user='),
      '  "x_list=12x" is no source: x_list must be the id of a list: "1234567890"',
      expect.stringMatching(/"rss=.*" is no source: "rss" is no kind of source; there are x_list/),
      '  title: must not be empty',
      '  post_at: must look like "10:00" (there stands "25:00")',
    ]);
    expect(message).not.toMatch(/chorus\.yaml|:\d+:/);
    expect(await place.text()).toBe(ALL);
  });

  it('names no line where the whole would be wrong only with the new part', async () => {
    const many = Array.from({ length: 201 }, (_, at) => `x_user=ada${at}`);
    const { edit } = await aPlace('topics:\n  ai:\n');
    await expect(edit({ kind: 'add', key: 'ai', sources: many, settings: {} })).rejects.toThrow(
      'Nothing is changed: topics.ai.sources: has more than 200 sources.',
    );
  });

  it('refuses a query that X would refuse, as doctor does', async () => {
    const { edit } = await aPlace(ALL);
    const sources = ['x_search=is:retweet'];
    await expect(edit({ kind: 'add', key: 'ai', sources, settings: {} })).rejects.toThrow(
      '"x_search=is:retweet" is no source: X would refuse the query: it needs a word',
    );
  });

  it('says which sources are new and which were there, and which topic there is no more', async () => {
    const { edit } = await aPlace('# mine\n');
    const sources = ['x_user=ada'];
    const add = (key: string) => edit({ kind: 'add', key, sources, settings: {} });
    expect(await add('ai')).toEqual({ added: ['x-user:ada'], known: [], gone: 'twitter_ai' });
    expect(await add('ai')).toEqual({ added: [], known: ['x-user:ada'], gone: null });
    expect(await add('chips')).toEqual({ added: ['x-user:ada'], known: [], gone: null });
  });

  it('keeps the topic that there is by itself where it is the one that is named', async () => {
    const { edit } = await aPlace(null);
    const change = await edit({ kind: 'add', key: 'twitter_ai', sources: [], settings: {} });
    expect(change.gone).toBeNull();
  });

  it('writes line by line, without brackets', async () => {
    for (const before of [null, '# mine\n', 'topics:\n  ai: {}\n']) {
      const { edit, text } = await aPlace(before);
      await edit({ kind: 'add', key: 'ai', sources: [], settings: {} });
      expect(await text()).toMatch(/topics:\n {2}ai:(?: \{\})?\n$/); // brackets of others stay
      await edit({ kind: 'add', key: 'ai', sources: ['bluesky=#ai'], settings: {} });
      expect(await text()).toMatch(/topics:\n {2}ai:\n {4}sources:\n {6}- bluesky: "#ai"\n$/);
    }
  });

  it('loses none of several edits at once', async () => {
    const { edit, keys } = await aPlace(ALL);
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all(
      names.map((name) =>
        edit({ kind: 'add', key: 'chips', sources: [`x_user=${name}`], settings: {} }),
      ),
    );
    expect(keys('chips')?.toSorted()).toEqual(names.map((name) => `x-user:${name}`));
  });
});
