import { describe, expect, it } from 'vitest';

import { UserError } from '../../src/model/errors.ts';
import { brieflyTold } from '../../src/curate/trends.ts';
import { drawApart } from '../../src/pictures/apart.ts';
import { drawPictures, type Order } from '../../src/pictures/draw.ts';
import { aPost } from '../support/posts.ts';

const LABELS = { title: 'AI 早报', date: '2026-04-22', caption: '38 posts' };
const COURSES = { new: 'new', 'going-on': '', faded: 'faded' };

const posts = Array.from({ length: 300 }, (_, index) => ({
  text: `大模型${index} open source subject${index % 150}`,
  words: null,
  theme: index % 4,
}));

const ORDER: Order = {
  cloud: { posts, labels: LABELS },
  week: {
    days: ['2026-04-20', '2026-04-21', '2026-04-22'],
    told: [2, 1, 3].map((count) => [
      brieflyTold({
        posts: Array.from({ length: count }, () => aPost({ text: 'Lumen 7 lowers its price' })),
      }),
    ]),
    labels: { ...LABELS, courses: COURSES },
  },
};
const NOTHING: Order = { cloud: { posts: [], labels: LABELS }, week: null };

describe('drawing in a process of its own', () => {
  it('draws the same as drawing here, each picture for pages and for chats', async () => {
    const drawn = await drawApart(ORDER);
    expect(drawn).toEqual(drawPictures(ORDER));
    expect(drawn.map(({ kind, mime }) => `${kind} ${mime}`)).toEqual([
      'cloud image/jpeg',
      'cloud image/png',
      'week image/jpeg',
      'week image/png',
    ]);
    for (const { bytes } of drawn) {
      expect(Buffer.isBuffer(bytes)).toBe(true);
      expect(bytes.length).toBeLessThan(600_000);
    }
  });

  it('draws for several at once, each what was asked for', async () => {
    const orders = [ORDER, NOTHING, { ...ORDER, week: null }];
    const drawn = await Promise.all(orders.map((order) => drawApart(order)));
    expect(drawn).toEqual(orders.map(drawPictures));
  });

  it('draws nothing of nothing', () => {
    expect(drawPictures(NOTHING)).toEqual([]);
  });

  it('ends at once, with the reason, when it is stopped', async () => {
    const stop = new AbortController();
    const drawing = drawApart(ORDER, stop.signal);
    setImmediate(() => stop.abort(new UserError('cancelled', 'Stopped.')));
    await expect(drawing).rejects.toThrow('Stopped.');
    await expect(drawApart(NOTHING, stop.signal)).rejects.toThrow('Stopped.');
  });
});
