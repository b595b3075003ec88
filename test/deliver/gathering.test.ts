import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { fillCollect, NO_SOURCES } from '../../src/collect/settings.ts';
import { gatherDue, gatherFor, type Gathering, gatherOnWish } from '../../src/deliver/gathering.ts';
import type { Notice } from '../../src/deliver/outbox.ts';
import { toJsonRow } from '../../src/collect/file/jsonl.ts';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { windowOf } from '../../src/model/window.ts';
import { postsInWindow } from '../../src/store/posts.ts';
import { sharedOpenDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/program.ts';
import { jsonl } from '../support/rows.ts';
import { aCollector, numbered } from '../support/sources.ts';

const open = sharedOpenDatabase();
const NEVER = new AbortController().signal;
const DAY = windowOf('2026-11-20', '2026-11-20', 'UTC');

/** A topic that is collected from the files of a folder, which may go away. */
async function aTopicOfFiles() {
  const made = await aCollector(open());
  const folder = await temporaryFolder();
  const drop = path.join(folder, 'drop');
  await mkdir(drop);
  const told: Notice[] = [];
  const gathering: Gathering = {
    collector: made.collector,
    means: { x: null, collect: fillCollect(null), folder },
    sources: new Map([
      [made.topic, { ...NO_SOURCES, specs: [{ kind: 'file', pattern: './drop/*.jsonl' }] }],
    ]),
    tellOwners: async (notice) => void told.push(notice),
  };
  const lay = (name: string, ...numbers: readonly number[]) =>
    writeFile(path.join(drop, name), jsonl(numbered(...numbers).map(toJsonRow)));
  const ids = async () =>
    (await postsInWindow(made.db, made.topic, DAY)).map(({ id }) => Number(id) - 10_000);
  return { ...made, gathering, told, drop, lay, ids, topics: [{ key: made.topic }] };
}

describe('the posts of a running bot', () => {
  it('come by themselves, as often as the topic says', async () => {
    const { gathering, topics, lay, ids, later } = await aTopicOfFiles();
    await lay('a.jsonl', 1, 2);
    await gatherDue(gathering, topics, NEVER);
    expect(await ids()).toEqual([1, 2]);
    await lay('b.jsonl', 3);
    await gatherDue(gathering, topics, NEVER);
    expect(await ids()).toEqual([1, 2]);
    later(15);
    await gatherDue(gathering, topics, NEVER);
    expect(await ids()).toEqual([1, 2, 3]);
  });

  it('are all there before a report is made, though it is not their time', async () => {
    const { gathering, topics, topic, lay, ids } = await aTopicOfFiles();
    await gatherDue(gathering, topics, NEVER);
    await lay('a.jsonl', 1);
    expect(await gatherFor(gathering, { key: topic }, DAY, NEVER)).toEqual([]);
    expect(await ids()).toEqual([1]);
  });
});

describe('a report that somebody wishes for', () => {
  it('has read on before what was not read since the end of its window, and hears what came', async () => {
    const { gathering, topic, lay, ids } = await aTopicOfFiles();
    await lay('a.jsonl', 1, 2);
    const read = await gatherOnWish(gathering, { key: topic }, DAY, NEVER);
    expect(read).toEqual({ missing: [], added: 2, price: 0, overBudget: null });
    expect(await ids()).toEqual([1, 2]);
  });

  it('reads nothing where all was read since then', async () => {
    const { gathering, topic, topics, lay, ids, later } = await aTopicOfFiles();
    await gatherDue(gathering, topics, NEVER);
    await lay('a.jsonl', 1);
    const yesterday = windowOf('2026-11-19', '2026-11-19', 'UTC');
    expect(await gatherOnWish(gathering, { key: topic }, yesterday, NEVER)).toBeNull();
    expect(await ids()).toEqual([]);
    later(24 * 60);
    const today = await gatherOnWish(gathering, { key: topic }, DAY, NEVER);
    expect(today).toMatchObject({ added: 1 });
  });

  it('does not begin to read for days that a first reading does not reach', async () => {
    const { gathering, topic, lay } = await aTopicOfFiles();
    await lay('a.jsonl', 1);
    const old = windowOf('2026-11-10', '2026-11-10', 'UTC');
    expect(await gatherOnWish(gathering, { key: topic }, old, NEVER)).toBeNull();
  });

  it('waits no longer than whoever wishes for it, and names what did not come', async () => {
    const { gathering, topic, lay, ids } = await aTopicOfFiles();
    await lay('a.jsonl', 1);
    const enough = AbortSignal.abort(new Error('somebody stopped it'));
    const read = await gatherOnWish(gathering, { key: topic }, DAY, NEVER, enough);
    expect(read).toMatchObject({ missing: ['file:./drop/*.jsonl'], added: 0 });
    expect(await ids()).toEqual([]);
  });

  it('hears of sources that gave nothing', async () => {
    const { gathering, topic, drop } = await aTopicOfFiles();
    await rm(drop, { recursive: true });
    const read = await gatherOnWish(gathering, { key: topic }, DAY, NEVER);
    expect(read).toMatchObject({ missing: ['file:./drop/*.jsonl'], added: 0 });
  });
});

describe('a source in trouble', () => {
  it('is named to the report, which is made', async () => {
    const { gathering, topic, drop, later } = await aTopicOfFiles();
    expect(await gatherFor(gathering, { key: topic }, DAY, NEVER)).toEqual([]);
    await rm(drop, { recursive: true });
    later(60);
    expect(await gatherFor(gathering, { key: topic }, DAY, NEVER)).toEqual(['file:./drop/*.jsonl']);
  });

  it('is told to the owners once, and again after it was well', async () => {
    const { gathering, topics, told, drop, lay, later } = await aTopicOfFiles();
    await lay('a.jsonl', 1);
    await gatherDue(gathering, topics, NEVER);
    await rm(drop, { recursive: true });
    for (let hour = 0; hour < 60; hour++) {
      later(60);
      await gatherDue(gathering, topics, NEVER);
    }
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ kind: 'source-failing', source: 'file:./drop/*.jsonl' });
    await mkdir(drop);
    await lay('a.jsonl', 1, 2);
    later(1440);
    await gatherDue(gathering, topics, NEVER);
    await rm(drop, { recursive: true });
    for (let hour = 0; hour < 30; hour++) {
      later(60);
      await gatherDue(gathering, topics, NEVER);
    }
    expect(told.map(({ kind }) => kind)).toEqual(['source-failing', 'source-failing']);
  });

  it('is told when it gives nothing new for long', async () => {
    const { gathering, topics, told, lay, later } = await aTopicOfFiles();
    await lay('a.jsonl', 1);
    await gatherDue(gathering, topics, NEVER);
    later(23 * 60);
    await gatherDue(gathering, topics, NEVER);
    expect(told).toEqual([]);
    later(60);
    await gatherDue(gathering, topics, NEVER);
    expect(told).toMatchObject([{ kind: 'source-silent' }]);
  });
});
