import process from 'node:process';

import { describe, expect, it } from 'vitest';

import { curate } from '../../src/curate/curate.ts';
import { curateInThread } from '../../src/curate/thread.ts';
import { UserError } from '../../src/model/errors.ts';
import type { Post } from '../../src/model/post.ts';
import { aPost } from '../support/posts.ts';

const SUBJECTS = ['battery', 'harbour', 'dictionary', 'telescope', 'bakery', 'chip', 'novel'];
const DEEDS = ['opens', 'sells', 'doubles', 'loses', 'rebuilds', 'prices', 'praises', 'sues'];

/** Posts of many authors about many things, with copies, reposts and threads among them. */
function aDay(count: number): Post[] {
  return Array.from({ length: count }, (_, number) => {
    const subject = SUBJECTS[number % SUBJECTS.length] ?? '';
    const deed = DEEDS[(number * 5) % DEEDS.length] ?? '';
    const place = `Maren${Math.floor(number / 3)}`;
    const text = `${place} ${deed} its ${subject} plant for ${number % 97} crowns, says clerk ${number % 11}`;
    return aPost({
      id: `day-${String(number).padStart(6, '0')}`,
      author: `writer_${number % 401}_demo`,
      text: number % 10 === 3 ? `RT @writer_1_demo: ${text}` : text,
      isRepost: number % 10 === 3,
      replyToId: number % 50 === 7 ? `day-${String(number - 401).padStart(6, '0')}` : null,
      createdAt: new Date(Date.UTC(2026, 9, 12, 4, 0, number % 3600)),
      likes: number % 13,
    });
  });
}

/** Watches how long this thread works in one go; what else the machine does meanwhile is not counted. */
function watchTurns() {
  let [longest, before] = [0, process.threadCpuUsage()];
  const look = () => {
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, user + system);
    before = process.threadCpuUsage();
  };
  const timer = setInterval(look, 1);
  const longestMs = () => {
    clearInterval(timer);
    look();
    return longest / 1000;
  };
  return { longestMs };
}

describe('curating in a thread', () => {
  it('makes the same as curating here', async () => {
    const posts = aDay(1500);
    const takenBack = new Set(['day-000001']);
    expect(await curateInThread(posts, { takenBack })).toEqual(curate(posts, { takenBack }));
  });

  it('makes nothing of nothing', async () => {
    expect(await curateInThread([])).toEqual(curate([]));
  });

  // Node 22 does not tell threads apart. To tidy up the memory may fall into a turn, but not into each of three runs.
  it.runIf('threadCpuUsage' in process)(
    'never keeps the program busy for longer than 25 ms',
    { retry: 2 },
    async () => {
      const posts = aDay(10_000);
      const busy = watchTurns();
      const { kept } = await curateInThread(posts);
      expect(kept.length).toBeGreaterThan(1000);
      expect(busy.longestMs()).toBeLessThan(25);
    },
  );

  it('ends at once, with the reason, when it is stopped', async () => {
    const stop = new AbortController();
    const curation = curateInThread(aDay(3000), {}, stop.signal);
    stop.abort(new UserError('cancelled', 'Stopped.'));
    await expect(curation).rejects.toThrow('Stopped.');
    await expect(curateInThread([], {}, stop.signal)).rejects.toThrow('Stopped.');
  });

  it('takes over no more of a post than it needs, so that long lists of links do no harm', async () => {
    const urls = Array.from({ length: 5000 }, (_, number) => `https://example.com/${number}`);
    const posts = aDay(300).map((post) => ({ ...post, urls, authorBio: 'x'.repeat(20_000) }));
    const { kept } = await curateInThread(posts);
    expect(kept[0]?.urls).toHaveLength(5000);
  });

  it('passes on what goes wrong while posts are still on their way', async () => {
    const broken = { ...aPost(), text: { length: 1 } } as unknown as Post;
    await expect(curateInThread([broken, ...aDay(4000)])).rejects.toThrow(/normalize/);
  });

  it('passes on what goes wrong in the thread', async () => {
    const broken = { ...aPost(), createdAt: null } as unknown as Post;
    await expect(curateInThread([broken, broken])).rejects.toThrow(/getTime/);
  });
});
