import { describe, expect, it } from 'vitest';

import { drawCloud } from '../../src/cloud/cloud.ts';
import { drawCloudApart } from '../../src/cloud/apart.ts';
import { UserError } from '../../src/model/errors.ts';

const LABELS = { title: 'AI 早报', date: '2026-04-22', caption: '38 posts' };

const many = Array.from({ length: 300 }, (_, index) => ({
  text: `大模型${index} open source subject${index % 150}`,
  words: null,
  theme: index % 4,
}));

describe('drawing in a process of its own', () => {
  it('draws the same as drawing here', async () => {
    const drawn = await drawCloudApart([many, LABELS]);
    expect(drawn).toEqual(drawCloud(many, LABELS));
    expect(Buffer.isBuffer(drawn?.bytes)).toBe(true);
  });

  it('draws several pictures at once, each as it is asked for', async () => {
    const looks = [{}, { theme: 'dark' }, { format: 'png' }] as const;
    const drawn = await Promise.all(looks.map((look) => drawCloudApart([many, LABELS, look])));
    expect(drawn).toEqual(looks.map((look) => drawCloud(many, LABELS, look)));
  });

  it('draws nothing of nothing', async () => {
    expect(await drawCloudApart([[], LABELS])).toBeNull();
  });

  it('ends at once, with the reason, when it is stopped', async () => {
    const stop = new AbortController();
    const drawing = drawCloudApart([many, LABELS], stop.signal);
    setImmediate(() => stop.abort(new UserError('cancelled', 'Stopped.')));
    await expect(drawing).rejects.toThrow('Stopped.');
    await expect(drawCloudApart([[], LABELS], stop.signal)).rejects.toThrow('Stopped.');
  });
});
