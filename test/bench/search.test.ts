import { spawn } from 'node:child_process';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { ended } from '../support/program.ts';
import { rowOf } from './search.ts';

describe('bench search', () => {
  it('measures each kind of window, alone and ten at once, and MiniSearch beside it', async () => {
    const args = [path.resolve('test/bench/main.ts'), 'search', '--size', '100', '--json'];
    const { code, out, err } = await ended(spawn(process.execPath, args));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const number = expect.any(Number) as number;
    const row = (kind: string) => ({ kind, p50: number, p95: number });
    expect(JSON.parse(out.trimEnd().split('\n').at(-1) ?? '')).toEqual({
      suite: 'search',
      posts: 100,
      rows: [
        row('a day'),
        row('a day, 10 at once'),
        row('a month'),
        row('a month, 10 at once'),
        row('all time'),
        row('all time, 10 at once'),
        row('a day, MiniSearch of 95 posts'),
        row('a month, MiniSearch of 95 posts'),
        row('all time, MiniSearch of 95 posts'),
      ],
      ingestPerSecond: number,
      rssMB: number,
    });
  }, 120_000);

  it('tells the median and what nineteen of twenty keep within', () => {
    const took = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(rowOf('kind', took)).toEqual({ kind: 'kind', p50: 50, p95: 95 });
  });
});
