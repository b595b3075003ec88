import { monitorEventLoopDelay } from 'node:perf_hooks';

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

describe('curating in a thread', () => {
  it('makes the same as curating here', async () => {
    const posts = aDay(1500);
    const takenBack = new Set(['day-000001']);
    expect(await curateInThread(posts, { takenBack })).toEqual(curate(posts, { takenBack }));
  });

  it('makes nothing of nothing', async () => {
    expect(await curateInThread([])).toEqual(curate([]));
  });

  // What else runs on the machine may hold us up once; a thread that blocks does so every time.
  it('never keeps the program waiting for longer than 50 ms', { retry: 3 }, async () => {
    const posts = aDay(20_000);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const { kept } = await curateInThread(posts);
    delay.disable();
    expect(kept.length).toBeGreaterThan(1000);
    expect(delay.max / 1e6).toBeLessThan(50);
  });

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
