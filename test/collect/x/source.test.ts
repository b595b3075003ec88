import { describe, expect, it } from 'vitest';

import { xSource } from '../../../src/collect/x/source.ts';
import {
  ADA,
  DAY,
  HOUR,
  idsIn,
  KETTLES,
  LIST,
  pagesOf,
  placeBehind,
  readOnce,
  startX,
  wishOf,
  write,
} from './reading.ts';

describe('an account of X', () => {
  it('gives its posts from the wished time on, with everything that is known of them', async () => {
    const { clock, world, x, access } = await startX();
    world.addUser('ada', { name: 'Ada', description: 'Reads', followers: 12 });
    world.addUser('bo', { name: 'Bo' });
    world.addPost({ by: 'ada', text: 'too old', at: clock.ago(2 * DAY) });
    const original = world.addPost({ by: 'bo', text: 'kettle', at: clock.ago(5 * HOUR) });
    const long = `${'A long story. '.repeat(40)}https://example.org/end`;
    const told = world.addPost({
      by: 'ada',
      text: long,
      quotes: original.id,
      at: clock.ago(HOUR),
      metrics: { likes: 3, views: 500 },
    });
    const source = xSource(ADA, access);
    const { pages, problems } = await readOnce(
      source,
      null,
      wishOf(clock, { since: clock.ago(DAY) }),
    );
    expect(source.key).toBe('x-user:ada');
    expect(problems).toEqual([]);
    expect(idsIn(pages)).toEqual([told.id, original.id]);
    expect(pages.at(-1)?.posts[0]).toMatchObject({
      author: 'ada',
      authorName: 'Ada',
      authorBio: 'Reads',
      authorFollowers: 12,
      truncated: false,
      likes: 3,
      views: 500,
      quotedId: original.id,
      conversationId: told.id,
      lang: 'en',
      seenAt: clock.now(),
      url: `https://x.com/ada/status/${told.id}`,
      urls: ['https://example.org/end'],
    });
    expect(pages.at(-1)?.posts[0]?.text).toContain('A long story. '.repeat(40).trim());
    expect(x.requests.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('asks for the number of a handle once', async () => {
    const { clock, world, x, access } = await startX();
    world.addUser('ada');
    const { place } = await readOnce(xSource(ADA, access), null, wishOf(clock));
    const ids = write(world, clock, 1);
    expect((await readOnce(xSource(ADA, access), place, wishOf(clock))).ids).toEqual(ids);
    expect(x.requests.filter(({ path }) => path.includes('/by/'))).toHaveLength(1);
  });

  it('gives nothing twice, and no page where there is nothing new', async () => {
    const { clock, world, access } = await startX();
    const first = write(world, clock, 7);
    const source = xSource(ADA, access);
    const before = await readOnce(source, null, wishOf(clock));
    expect(before.ids).toEqual(first);
    expect(await pagesOf(source, before.place, wishOf(clock))).toEqual([]);
    clock.pass(HOUR);
    const second = write(world, clock, 3);
    expect((await readOnce(source, before.place, wishOf(clock))).ids).toEqual(second);
  });

  it('reads on where another process stopped, then what came meanwhile', async () => {
    const { clock, world, access } = await startX();
    const first = write(world, clock, 250);
    const stopped = await pagesOf(xSource(ADA, access), null, wishOf(clock), 2);
    clock.pass(HOUR);
    const second = write(world, clock, 4);
    const { ids, place } = await readOnce(
      xSource(ADA, access),
      placeBehind(stopped),
      wishOf(clock),
    );
    expect(idsIn(stopped)).toEqual(first.slice(0, 100));
    expect(ids).toEqual([...first.slice(100), ...second]);
    expect(await pagesOf(xSource(ADA, access), place, wishOf(clock))).toEqual([]);
  });

  it('goes on from a post that was deleted', async () => {
    const { clock, world, access } = await startX();
    const [newest = ''] = write(world, clock, 3);
    const { place } = await readOnce(xSource(ADA, access), null, wishOf(clock));
    world.remove(newest);
    clock.pass(HOUR);
    const news = write(world, clock, 2);
    expect((await readOnce(xSource(ADA, access), place, wishOf(clock))).ids).toEqual(news);
  });

  it('goes past pages whose posts are all deleted', async () => {
    const { clock, world, x, access } = await startX({ endsWithEmptyPage: true });
    const ids = write(world, clock, 350);
    for (const id of ids.slice(50, 300)) world.remove(id);
    const stopped = await pagesOf(xSource(ADA, access), null, wishOf(clock), 3);
    const read = await readOnce(xSource(ADA, access), placeBehind(stopped), wishOf(clock));
    expect([...idsIn(stopped), ...read.ids]).toEqual([...ids.slice(0, 50), ...ids.slice(300)]);
    expect(x.requests.every(({ status }) => status === 200)).toBe(true);
  });

  it('tells once that it has another name', async () => {
    const { clock, world, x, access } = await startX();
    const [first = ''] = write(world, clock, 1);
    const { place } = await readOnce(xSource(ADA, access), null, wishOf(clock));
    const author = world.post(first)?.author;
    clock.pass(HOUR);
    write(world, clock, 1);
    Object.assign(author ?? {}, { username: 'countess' });
    const told = await readOnce(xSource(ADA, access), place, wishOf(clock));
    clock.pass(HOUR);
    write(world, clock, 1);
    const later = await readOnce(xSource(ADA, access), told.place, wishOf(clock));
    expect(told.problems).toEqual([
      '@ada calls itself @countess now; it is read on, and may be named so among the sources',
    ]);
    expect(later).toMatchObject({ problems: [], ids: [expect.any(String)] });
    expect(x.requests.filter(({ path }) => path.includes('/by/'))).toHaveLength(1);
  });
});

describe('a search of X', () => {
  it('gives what it finds, and goes on from there', async () => {
    const { clock, world, access } = await startX();
    const first = write(world, clock, 130);
    const read = await readOnce(xSource(KETTLES, access), null, wishOf(clock));
    clock.pass(HOUR);
    const second = write(world, clock, 2);
    const { ids } = await readOnce(xSource(KETTLES, access), read.place, wishOf(clock));
    expect(read).toMatchObject({ ids: first, problems: [] });
    expect(ids).toEqual(second);
  });

  it('reads the last seven days where it was not read for longer, and says what is missing', async () => {
    const { clock, world, x, access } = await startX();
    write(world, clock, 2);
    const { place } = await readOnce(xSource(KETTLES, access), null, wishOf(clock));
    clock.pass(DAY);
    write(world, clock, 2);
    clock.pass(8 * DAY);
    const news = write(world, clock, 2);
    const wish = wishOf(clock, { since: clock.ago(30 * DAY) });
    const { ids, problems } = await readOnce(xSource(KETTLES, access), place, wish);
    expect(ids).toEqual(news);
    expect(problems).toEqual([
      'X’s search has seven days only: posts from 2026-11-20T11:59 to 2026-11-22T12:30 (UTC) may be missing',
    ]);
    expect(x.requests.every(({ status }) => status === 200)).toBe(true);
  });

  it('goes back no further than wished', async () => {
    const { clock, world, access } = await startX();
    const ids = write(world, clock, 20);
    const wish = wishOf(clock, { since: clock.ago(5 * 60_000) });
    expect((await readOnce(xSource(KETTLES, access), null, wish)).ids).toEqual(ids.slice(0, 5));
  });

  it('gives up what is left of a way down when it is not wanted any more', async () => {
    const { clock, world, access } = await startX();
    write(world, clock, 150);
    const stopped = await pagesOf(xSource(KETTLES, access), null, wishOf(clock), 1);
    clock.pass(9 * DAY);
    const news = write(world, clock, 3);
    const place = placeBehind(stopped);
    const { ids, problems } = await readOnce(xSource(KETTLES, access), place, wishOf(clock));
    expect(ids).toEqual(news);
    expect(problems).toEqual([]);
  });
});

describe('a list of X', () => {
  it('gives what is new, and asks for little more than that', async () => {
    const { clock, world, x, access } = await startX();
    world.addList('77', ['ada', 'bo']);
    const first = write(world, clock, 120);
    const read = await readOnce(xSource(LIST, access), null, wishOf(clock));
    const asked = x.requests.length;
    clock.pass(HOUR);
    const second = write(world, clock, 12, 'bo');
    const then = await readOnce(xSource(LIST, access), read.place, wishOf(clock));
    clock.pass(HOUR);
    const third = write(world, clock, 10);
    const later = await readOnce(xSource(LIST, access), then.place, wishOf(clock));
    expect([read.ids, then.ids, later.ids]).toEqual([first, second, third]);
    expect(x.requests.slice(asked).map(({ params }) => params['max_results'])).toEqual([
      '100',
      '17',
    ]);
  });

  it('asks for twice as much each time where more is new than the last time', async () => {
    const { clock, world, x, access } = await startX();
    world.addList('77', ['ada']);
    write(world, clock, 3);
    const { place } = await readOnce(xSource(LIST, access), null, wishOf(clock));
    const asked = x.requests.length;
    clock.pass(5 * HOUR);
    const news = write(world, clock, 200);
    const read = await readOnce(xSource(LIST, access), place, wishOf(clock));
    expect(read.ids).toEqual(news);
    const sizes = x.requests.slice(asked).map(({ params }) => Number(params['max_results']));
    expect(sizes).toEqual([6, 6, 12, 24, 48, 96, 100]);
  });

  it('says which known posts it read again: on another day they are charged', async () => {
    const { clock, world, x, access } = await startX();
    world.addList('77', ['ada']);
    write(world, clock, 20);
    const source = xSource(LIST, access);
    const { place } = await readOnce(source, null, wishOf(clock));
    const again = await pagesOf(source, place, wishOf(clock));
    clock.pass(DAY);
    const [page] = await pagesOf(source, placeBehind(again, place), wishOf(clock));
    expect(page?.posts).toEqual([]);
    expect(page?.charged.postIds).toHaveLength(x.bill.charged('2026-11-21').posts);
    expect(page?.charged.userIds).toHaveLength(x.bill.charged('2026-11-21').users);
    expect(page?.charged.postIds).not.toEqual([]);
  });

  it('goes on from the token of the page that was stopped at', async () => {
    const { clock, world, access } = await startX();
    world.addList('77', ['ada']);
    const first = write(world, clock, 250);
    const stopped = await pagesOf(xSource(LIST, access), null, wishOf(clock), 1);
    clock.pass(HOUR);
    const second = write(world, clock, 40);
    const { ids } = await readOnce(xSource(LIST, access), placeBehind(stopped), wishOf(clock));
    expect([...idsIn(stopped), ...ids]).toEqual([...first, ...second]);
  });

  it('is read from its newest post again where X does not know the token any more', async () => {
    const { clock, world, access } = await startX();
    world.addList('77', ['ada']);
    const first = write(world, clock, 150);
    const [page] = await pagesOf(xSource(LIST, access), null, wishOf(clock), 1);
    const place = JSON.parse(JSON.stringify(page?.place));
    place.sweep.token = 'n0_0';
    const { ids } = await readOnce(xSource(LIST, access), place, wishOf(clock));
    expect(ids).toEqual(first);
  });

  it('says that some may be missing where all that it shows is new', async () => {
    const { clock, world, access } = await startX();
    world.addList('77', ['ada']);
    write(world, clock, 1);
    const { place } = await readOnce(xSource(LIST, access), null, wishOf(clock));
    clock.pass(DAY);
    const news = write(world, clock, 900);
    const { ids, problems } = await readOnce(xSource(LIST, access), place, wishOf(clock));
    expect(ids).toEqual(news.slice(0, 800));
    expect(problems).toEqual([
      'X shows the newest 800 posts of a list, which do not reach back far enough: some may be missing',
    ]);
  });

  it('goes back no further than wished, and says nothing of what is older', async () => {
    const { clock, world, x, access } = await startX();
    world.addList('77', ['ada']);
    const ids = write(world, clock, 900);
    const wish = wishOf(clock, { since: clock.ago(150 * 60_000) });
    const read = await readOnce(xSource(LIST, access), null, wish);
    expect(read).toMatchObject({ ids: ids.slice(0, 150), problems: [] });
    expect(x.requests).toHaveLength(2);
  });
});

describe('what is older of X', () => {
  it.each([ADA, LIST])('is read up to what is known: %o', async (spec) => {
    const { clock, world, access } = await startX();
    world.addList('77', ['ada']);
    const ids = write(world, clock, 160);
    const until = clock.ago(30 * 60_000);
    const wish = wishOf(clock, { since: clock.ago(150 * 60_000), until });
    const stopped = await pagesOf(xSource(spec, access), null, wish, 2);
    const { ids: rest } = await readOnce(xSource(spec, access), placeBehind(stopped), wish);
    expect([...idsIn(stopped), ...rest]).toEqual(ids.slice(30, 150));
  });

  it('is not asked of a search where it has nothing so old', async () => {
    const { clock, x, access } = await startX();
    const wish = wishOf(clock, { since: clock.ago(20 * DAY), until: clock.ago(10 * DAY) });
    const { problems } = await readOnce(xSource(KETTLES, access), null, wish);
    expect(problems).toEqual([expect.stringContaining('seven days only')]);
    expect(x.requests).toEqual([]);
  });
});

describe('whatever is read of X', () => {
  it('tells what X keeps back, once for each kind', async () => {
    const { clock, world, access } = await startX();
    const gone = world.addPost({ by: 'bo', text: 'gone', at: clock.ago(2 * HOUR) });
    const others = ['one', 'two'].map((text) =>
      world.addPost({ by: 'ada', text, quotes: gone.id, at: clock.ago(HOUR) }),
    );
    const lost = world.addPost({ by: 'bo', text: 'lost', at: clock.ago(2 * HOUR) });
    world.addPost({ by: 'ada', text: 'three', quotes: lost.id, at: clock.ago(HOUR) });
    world.remove(gone.id);
    world.remove(lost.id);
    const { ids, problems } = await readOnce(xSource(ADA, access), null, wishOf(clock));
    expect(ids).toHaveLength(others.length + 1);
    expect(problems).toEqual([
      expect.stringMatching(/^X: Could not find .* \(and 1 more of the kind\)$/),
    ]);
  });

  it('comes in the new field names as in the old', async () => {
    const { clock, world, access } = await startX({ naming: 'post' });
    const original = world.addPost({ by: 'bo', text: 'kettle', at: clock.ago(2 * HOUR) });
    const repost = world.repost(original.id, { by: 'ada', at: clock.ago(HOUR) });
    const { pages } = await readOnce(xSource(ADA, access), null, wishOf(clock));
    expect(pages.at(-1)?.posts).toMatchObject([
      { id: repost.id, repostOfId: original.id, text: 'RT @bo: kettle' },
      { id: original.id, author: 'bo' },
    ]);
  });

  it('gives an edited post under its newest number, with the earlier ones', async () => {
    const { clock, world, access } = await startX();
    const [id = ''] = write(world, clock, 1);
    const first = await readOnce(xSource(ADA, access), null, wishOf(clock));
    const edited = world.edit(id, 'kettle, boiled', clock.now());
    clock.pass(HOUR);
    const { pages } = await readOnce(xSource(ADA, access), first.place, wishOf(clock));
    expect(pages.at(-1)?.posts).toMatchObject([{ id: edited.id, editIds: [id, edited.id] }]);
  });
});
