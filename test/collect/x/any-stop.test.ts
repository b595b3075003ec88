import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { xSource } from '../../../src/collect/x/source.ts';
import type { Wish } from '../../../src/collect/source.ts';
import type { Place } from '../../../src/model/source.ts';
import { DAY, HOUR, idsIn, pagesOf, placeBehind, type Spec, startX, wishOf } from './reading.ts';

/** What may happen between two looks at a source, and during one. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('write'), count: fc.nat({ max: 40 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove'), which: fc.nat() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('read'),
      pages: fc.nat({ max: 5 }),
      sizes: fc.array(fc.integer({ min: 10, max: 20 }), { minLength: 1, maxLength: 5 }),
    }),
  },
);
type Step = {
  readonly kind: string;
  readonly count?: number;
  readonly which?: number;
  readonly pages?: number;
  readonly sizes?: readonly number[];
};

/** A wish whose budget has room for pages of these sizes, one after the other. */
function wishFor(wish: Wish, sizes: readonly number[]): Wish {
  let requests = 0;
  return {
    ...wish,
    reserve: async (most) => {
      const size = sizes[requests % sizes.length] ?? 10;
      requests += 1;
      return most.posts === 0 ? most : { ...most, posts: Math.min(most.posts, 3 * size) };
    },
  };
}

const KINDS: readonly { name: string; specOf: (name: string, run: number) => Spec }[] = [
  { name: 'an account', specOf: (name) => ({ kind: 'x-user', handle: name }) },
  { name: 'a search', specOf: (name) => ({ kind: 'x-search', query: `#${name}` }) },
  { name: 'a list', specOf: (_, run) => ({ kind: 'x-list', id: String(1000 + run) }) },
];

describe.each(KINDS)('$name of X', ({ specOf }) => {
  it('leaves nothing out and gives nothing twice, whatever comes, wherever it is stopped', async () => {
    const { clock, world, access } = await startX({ endsWithEmptyPage: true, isChecking: false });
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps: readonly Step[]) => {
        runs += 1;
        const name = `author${runs}`;
        const spec = specOf(name, runs);
        world.addUser(name);
        world.addList(String(1000 + runs), [name]);
        const since = clock.now();
        const written: string[] = [];
        const removed = new Set<string>();
        const read: string[] = [];
        let place: Place | null = null;
        const look = async (most: number, sizes: readonly number[]) => {
          const wish = wishFor(wishOf(clock, { since }), sizes);
          const pages = await pagesOf(xSource(spec, access), place, wish, most);
          read.push(...idsIn(pages));
          place = placeBehind(pages, place);
        };
        for (const { kind, count = 0, which = 0, pages = 0, sizes = [10] } of steps) {
          if (kind === 'write') {
            for (let left = count; left > 0; left -= 1) {
              clock.pass(1000);
              written.push(world.addPost({ by: name, text: `#${name}`, at: clock.now() }).id);
            }
          }
          const victim = written[which % written.length];
          if (kind === 'remove' && victim !== undefined) {
            world.remove(victim);
            removed.add(victim);
          }
          clock.pass(60_000);
          if (kind === 'read') await look(pages, sizes);
        }
        clock.pass(HOUR);
        await look(Infinity, [20]);
        const standing = written.filter((id) => !removed.has(id));
        expect(read.length).toBe(new Set(read).size);
        expect(standing.filter((id) => !read.includes(id))).toEqual([]);
        clock.pass(DAY);
      }),
      { numRuns: 25 },
    );
  });
});
