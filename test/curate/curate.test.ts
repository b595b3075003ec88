import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { curate } from '../../src/curate/curate.ts';
import type { Post } from '../../src/model/post.ts';
import { aPost } from '../support/posts.ts';
import { NO_CURATION } from '../support/reports.ts';
import { anyPosts } from './any-posts.ts';
import { workMs } from '../support/work.ts';

const idsOf = (posts: readonly Post[]) => posts.map((post) => post.id);

const at = (minute: number) => new Date(Date.UTC(2026, 9, 12, 4, minute));

const LUMEN = 'Lumen 7 ships with open weights and costs half of what Lumen 6 did';

/** Posts about things that have nothing to do with each other. */
const UNRELATED = [
  'Quill Labs hired forty chemists for its battery plant in Porto',
  'A storm closed the harbour of Maren for three days and delayed chips',
  'The translators of Osk finished a dictionary with ninety thousand entries',
  'Tamsin proved a bound on sorting networks that stood open since 1983',
];

describe('curating any posts', () => {
  it('keeps or drops every post, none both, none lost, and tells each kept one once', () => {
    fc.assert(
      fc.property(anyPosts, (posts) => {
        const { collected, kept, dropped, stories } = curate(posts);
        const ids = [...idsOf(kept), ...dropped.map(({ post }) => post.id)];
        expect(collected).toBe(posts.length);
        expect(ids.toSorted()).toEqual(idsOf(posts).toSorted());
        expect(stories.flatMap((story) => idsOf(story.posts)).toSorted()).toEqual(
          idsOf(kept).toSorted(),
        );
      }),
    );
  });

  it('names a kept post as the original of every copy', () => {
    fc.assert(
      fc.property(anyPosts, (posts) => {
        const { kept, dropped } = curate(posts);
        const originals = dropped.flatMap(({ reason }) =>
          reason.kind === 'copy' ? [reason.of] : [],
        );
        expect(idsOf(kept)).toEqual(expect.arrayContaining(originals));
      }),
    );
  });

  it('makes the same of the same posts in any order', () => {
    const shuffled = anyPosts.chain((posts) =>
      fc.tuple(
        fc.constant(posts),
        fc.shuffledSubarray(posts, { minLength: posts.length, maxLength: posts.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([posts, others]) => {
        expect(curate(others)).toEqual(curate(posts));
      }),
      { numRuns: 60 },
    );
  });

  it('puts the strongest first, and makes at most nine named themes of different stories', () => {
    fc.assert(
      fc.property(anyPosts, (posts) => {
        const { stories, themes } = curate(posts);
        const weights = stories.map((story) => story.weight);
        const inThemes = themes.flatMap((theme) => theme.stories);
        expect(weights).toEqual(weights.toSorted((a, b) => b - a));
        expect(themes.length).toBeLessThanOrEqual(9);
        expect(themes.every((theme) => theme.name.trim() !== '')).toBe(true);
        expect(new Set(inThemes).size).toBe(inThemes.length);
        expect(stories).toEqual(expect.arrayContaining(inThemes));
      }),
    );
  });
});

describe('odd days', () => {
  it('make nothing of no posts', () => {
    expect(curate([])).toEqual(NO_CURATION);
  });

  it('make one story of one post', () => {
    const post = aPost({ text: LUMEN });
    const { kept, stories, themes } = curate([post]);
    expect(kept).toEqual([post]);
    expect(stories).toMatchObject([{ headline: post, voices: 1 }]);
    expect(themes).toEqual([]);
  });

  it('tell 5,000 copies of one post once, quickly, with all their voices', () => {
    const posts = Array.from({ length: 5000 }, (_, number) =>
      aPost({ text: LUMEN, author: `voice_${number}_demo`, createdAt: at(number % 60) }),
    );
    const start = workMs();
    const { kept, stories } = curate(posts);
    expect(workMs() - start).toBeLessThan(3000);
    expect(kept).toHaveLength(1);
    expect(stories).toMatchObject([{ voices: 5000 }]);
  });

  it('drop what has no letters as empty', () => {
    const posts = ['🚀🚀', '…', 'https://t.co/abc', '@ada_demo', ''].map((text) => aPost({ text }));
    const { kept, dropped } = curate(posts);
    expect(kept).toEqual([]);
    expect(dropped.map(({ reason }) => reason.kind)).toEqual(posts.map(() => 'empty'));
  });

  it('keep nothing of a day of advertising', () => {
    const posts = Array.from({ length: 20 }, (_, number) =>
      aPost({ text: `Airdrop number ${number}, claim it now` }),
    );
    const { kept, dropped, stories, themes } = curate(posts);
    expect({ kept, stories, themes }).toEqual({ kept: [], stories: [], themes: [] });
    expect(dropped).toHaveLength(20);
  });

  it('hear one voice when one author wrote everything', () => {
    const { stories } = curate(UNRELATED.map((text) => aPost({ text })));
    expect(stories.map((story) => story.voices)).toEqual([1, 1, 1, 1]);
  });

  it('tell 50,000 reposts of a post that is not there once, with all their voices', () => {
    const posts = Array.from({ length: 50_000 }, (_, number) =>
      aPost({
        text: `RT @lumen_demo: ${LUMEN}`,
        author: `voice_${number}_demo`,
        isRepost: true,
        repostOfId: 'elsewhere',
        likes: 12,
      }),
    );
    const { kept, stories } = curate(posts);
    expect(kept).toHaveLength(1);
    expect(stories).toMatchObject([{ voices: 50_000, numbers: { likes: 12 } }]);
  });

  it('take names of the parts of an object for names like any other', () => {
    const names = ['__proto__', 'constructor', 'toString', 'valueOf'];
    const posts = UNRELATED.map((text, index) =>
      aPost({
        id: names[index] ?? '',
        author: names[index] ?? '',
        text: `${text} ${names.join(' ')}`,
        replyToId: 'hasOwnProperty',
      }),
    );
    expect(curate(posts).kept).toHaveLength(4);
  });

  it('name the section even when one story is the whole day', () => {
    const { themes } = curate([
      aPost({ id: 'a', text: 'Lumen 7 is out with open weights', author: 'ada_demo' }),
      aPost({ id: 'b', text: 'They halved the price as well', author: 'tam_demo', quotedId: 'a' }),
    ]);
    expect(themes).toMatchObject([{ name: expect.stringContaining('Lumen') }]);
  });

  it('stay quick with thousands of different posts, long threads and cut texts', () => {
    const vocabulary = Array.from({ length: 3000 }, (_, number) => `word${number}`);
    const posts = Array.from({ length: 4000 }, (_, number) => {
      const words = Array.from(
        { length: 15 },
        (__, place) => vocabulary[(number * 7919 + place * place * 31) % vocabulary.length],
      );
      const isThread = number % 2 === 0;
      return aPost({
        id: `p${number}`,
        author: isThread ? 'threader_demo' : `voice_${number}_demo`,
        replyToId: isThread && number > 0 ? `p${number - 2}` : null,
        createdAt: new Date(Date.UTC(2026, 9, 12) + number * 1000),
        text:
          number % 5 === 1
            ? `The same beginning of many texts ${words.join(' ').slice(0, 40)}…`
            : words.join(' '),
      });
    });
    const start = workMs();
    expect(curate(posts).collected).toBe(4000);
    expect(workMs() - start).toBeLessThan(4000);
  });

  it('read a post of 25,000 characters of any sort in little time', () => {
    for (const unit of ['😀', '#a', ' ', '\n', '关注', 'A. ', '((', 'follow ', 'か']) {
      const text = `Lumen 7 costs half ${unit.repeat(25_000 / unit.length)} end`;
      const start = workMs();
      expect(curate([aPost({ text })]).collected).toBe(1);
      expect(workMs() - start).toBeLessThan(2000);
    }
  });
});

describe('copies', () => {
  const original = aPost({ id: 'original', text: LUMEN, author: 'ada_demo', createdAt: at(0) });

  it('that are only told of X are none of which what X says is a copy, however early', () => {
    const unknown = { likes: null, reposts: null, replies: null, quotes: null, views: null };
    const real = aPost({
      id: '2028000000000000002',
      text: LUMEN,
      createdAt: at(9),
      seenAt: at(10),
    });
    const told = aPost({ id: '2028000000000000001', text: LUMEN, createdAt: at(0), ...unknown });
    expect(curate([told, real]).kept).toEqual([real]);
    const others = { ...real, seenAt: null };
    expect(curate([{ ...told, likes: 3 }, others]).kept.map(({ id }) => id)).toEqual([told.id]);
  });

  const copyOf = (fields: Partial<Post>) =>
    aPost({ author: 'tam_demo', createdAt: at(5), ...fields });

  it.each([
    [
      'a repost',
      copyOf({ text: `RT @ada_demo: ${LUMEN}`, isRepost: true, repostOfId: 'original' }),
    ],
    ['a cut repost', copyOf({ text: `RT @ada_demo: ${LUMEN.slice(0, 40)}…`, isRepost: true })],
    ['an older cut text', copyOf({ text: `${LUMEN.slice(0, 40)}…`, createdAt: new Date(0) })],
    ['the text with another link', copyOf({ text: `${LUMEN} https://t.co/other` })],
    ['the text in capitals, with emoji', copyOf({ text: `🚀 ${LUMEN.toUpperCase()}!!! 🚀` })],
  ])('join %s to the original, which stays with both voices', (_, copy) => {
    const { kept, dropped, stories } = curate([copy, original]);
    expect(kept).toEqual([original]);
    expect(dropped).toEqual([{ post: copy, reason: { kind: 'copy', of: 'original' } }]);
    expect(stories).toMatchObject([{ voices: 2 }]);
  });

  it.each<[string, Partial<Post>]>([
    ['a quotation with a flame alone', { text: '🔥 https://t.co/abc', quotedId: 'original' }],
    ['a quotation with a word', { text: 'Wow', quotedId: 'original' }],
    ['a repost without its text', { text: '', isRepost: true, repostOfId: 'original' }],
  ])('count the voice of %s', (_, fields) => {
    const copy = copyOf(fields);
    const { kept, dropped, stories } = curate([original, copy]);
    expect(kept).toEqual([original]);
    expect(dropped).toEqual([{ post: copy, reason: { kind: 'copy', of: 'original' } }]);
    expect(stories).toMatchObject([{ voices: 2 }]);
  });

  it('never put a quotation that adds nothing in the place of a post that its source cut', () => {
    const cut = { ...original, text: `${LUMEN.slice(0, 50)}…`, truncated: true };
    const quote = copyOf({ text: 'Wow', quotedId: 'original' });
    expect(curate([cut, quote]).kept).toEqual([cut]);
  });

  it('are not seen in a quotation that says something', () => {
    const quote = copyOf({ text: 'Cheaper than my electricity bill', quotedId: 'original' });
    expect(curate([original, quote]).kept).toEqual([original, quote]);
  });

  it('add up the numbers of all who wrote it themselves, a repost counting none twice', () => {
    const posts = [
      { ...original, likes: 10, reposts: 1, views: null },
      copyOf({ text: `${LUMEN} https://t.co/other`, likes: 5, reposts: null, views: 70 }),
      copyOf({ text: `RT @ada_demo: ${LUMEN}`, isRepost: true, repostOfId: 'original', likes: 10 }),
    ];
    expect(curate(posts).stories).toMatchObject([
      { numbers: { likes: 15, reposts: 1, views: 70 } },
    ]);
  });

  it('are seen in retellings in nearly the same words', () => {
    const retold = copyOf({ text: LUMEN.replace('ships', 'comes') });
    expect(curate([original, retold]).dropped).toEqual([
      { post: retold, reason: { kind: 'copy', of: 'original' } },
    ]);
  });

  it.each([
    ['another figure', 'costs 2 dollars', 'costs 9 dollars'],
    ['another decimal point', 'costs $1.5', 'costs $15'],
    ['other thousands', 'costs $2,500', 'costs $500'],
  ])('are not seen in texts with %s', (_, one, other) => {
    const told = (what: string, author: string) =>
      aPost({ text: `Lumen 7 ships with open weights and ${what} a month from today`, author });
    expect(curate([told(one, 'ada_demo'), told(other, 'tam_demo')]).kept).toHaveLength(2);
  });

  it('are not seen in translations', () => {
    const translation = copyOf({ text: 'Lumen 7 开放权重，价格只有 Lumen 6 的一半', lang: 'zh' });
    expect(curate([original, translation]).kept).toHaveLength(2);
  });

  it('take a cut text for the whole one that says no more, not for one that goes on', () => {
    const cut = copyOf({ text: `${LUMEN} …`, createdAt: at(1) });
    const longer = copyOf({
      text: `${LUMEN}. ${UNRELATED.join('. ')}`,
    });
    const { kept, dropped } = curate([longer, cut, original]);
    expect(kept).toEqual([original, longer]);
    expect(dropped).toEqual([{ post: cut, reason: { kind: 'copy', of: 'original' } }]);
  });

  it('leave one repost when the original is not there, however short it is', () => {
    const reposts = ['ada_demo', 'tam_demo', 'zed_demo'].map((author, minute) =>
      aPost({
        text: 'RT @lumen_demo: Soon!',
        author,
        isRepost: true,
        repostOfId: 'elsewhere',
        createdAt: at(minute),
      }),
    );
    const { kept, stories } = curate(reposts);
    expect(kept).toEqual(reposts.slice(0, 1));
    expect(stories).toMatchObject([{ voices: 3 }]);
  });

  it('count an author who says the same twice as one voice', () => {
    const again = aPost({ text: LUMEN, author: 'ada_demo', createdAt: at(30) });
    expect(curate([original, again]).stories).toMatchObject([{ headline: original, voices: 1 }]);
  });

  it('are not seen in short texts that are the same by chance', () => {
    const posts = ['ada_demo', 'tam_demo'].map((author) => aPost({ text: 'Good news!', author }));
    expect(curate(posts).kept).toHaveLength(2);
  });

  it('are not seen in texts that begin alike and go on differently', () => {
    const other = aPost({
      text: `${LUMEN.slice(0, 31)} went to a museum of old machines`,
      author: 'tam_demo',
    });
    expect(curate([original, other]).kept).toHaveLength(2);
  });
});

describe('stories', () => {
  it('tell a thread in its order, whatever order it comes in', () => {
    const thread = UNRELATED.map((text, place) =>
      aPost({
        id: `t${place}`,
        text,
        replyToId: place > 0 ? `t${place - 1}` : null,
        createdAt: at(place),
      }),
    );
    const { stories } = curate(thread.toReversed());
    expect(stories.map((story) => idsOf(story.posts))).toEqual([['t0', 't1', 't2', 't3']]);
  });

  it('keep the order of a thread when its first post was repeated by others', () => {
    const thread = UNRELATED.slice(0, 3).map((text, place) =>
      aPost({
        id: `t${place}`,
        text,
        replyToId: place > 0 ? `t${place - 1}` : null,
        createdAt: at(place),
      }),
    );
    const repost = aPost({
      text: `RT @ada_quill_demo: ${UNRELATED[1]}`,
      isRepost: true,
      author: 'b_demo',
      createdAt: at(0),
    });
    const late = aPost({ text: `${UNRELATED[0]}`, author: 'c_demo', createdAt: at(50) });
    const { stories } = curate([late, repost, ...thread]);
    expect(idsOf(stories[0]?.posts ?? [])).toEqual(['t0', 't1', 't2']);
  });

  it.each<[string, Partial<Post>, readonly Post[]]>([
    ['a picture alone', { text: 'https://t.co/picture' }, []],
    [
      'the words of another',
      { text: LUMEN },
      [aPost({ id: 'other', text: LUMEN, author: 'tam_demo', createdAt: new Date(0) })],
    ],
  ])('keep a thread together over a link that is %s', (_, link, others) => {
    const thread = [UNRELATED[0], '', UNRELATED[1]].map((text, place) =>
      aPost({
        id: `t${place}`,
        text: text ?? '',
        replyToId: place > 0 ? `t${place - 1}` : null,
        createdAt: at(place),
        ...(place === 1 ? link : {}),
      }),
    );
    expect(curate([...thread, ...others]).threads).toEqual([['t0', 't2']]);
  });

  it('keep the order of a thread whose posts were written in one moment', () => {
    const thread = UNRELATED.map((text, place) =>
      aPost({ id: `${9 + place}`, text, replyToId: place > 0 ? `${8 + place}` : null }),
    );
    expect(curate(thread.toReversed()).threads).toEqual([['9', '10', '11', '12']]);
  });

  it('keep an answer to a copy with the original', () => {
    const posts = [
      aPost({ id: 'a', text: LUMEN, author: 'ada_demo', createdAt: at(0) }),
      aPost({ id: 'b', text: LUMEN, author: 'tam_demo', createdAt: at(1) }),
      aPost({ text: UNRELATED[0] ?? '', author: 'zed_demo', replyToId: 'b', createdAt: at(2) }),
    ];
    expect(curate(posts).stories).toMatchObject([{ voices: 3 }]);
  });

  it('are two when two threads of an author end in the same words', () => {
    const threads = ['a', 'b'].flatMap((name, index) =>
      [UNRELATED[index] ?? '', 'Follow along here for much more of this', '…and that is all'].map(
        (text, place) =>
          aPost({
            id: `${name}${place}`,
            text,
            replyToId: place > 0 ? `${name}${place - 1}` : null,
            createdAt: at(10 * index + place),
          }),
      ),
    );
    expect(curate(threads).stories).toHaveLength(2);
  });

  it.each([
    ['one author', 'ada_demo'],
    ['two authors', 'tam_demo'],
  ])('end in a circle of replies by %s', (_, author) => {
    const posts = [
      aPost({ id: 'a', text: LUMEN, author: 'ada_demo', replyToId: 'b' }),
      aPost({ id: 'b', text: UNRELATED[0] ?? '', author, replyToId: 'a' }),
      aPost({ id: 'c', text: UNRELATED[1] ?? '', author, replyToId: 'b' }),
      aPost({ id: 'd', text: UNRELATED[2] ?? '', author, replyToId: 'd' }),
    ];
    const { kept, stories } = curate(posts);
    expect(kept).toHaveLength(4);
    expect(stories).toHaveLength(2);
  });

  it.each<[string, Partial<Post>, Partial<Post>]>([
    ['a quotation', { id: 'a' }, { quotedId: 'a' }],
    ['an answer', { id: 'a' }, { replyToId: 'a' }],
    ['quoting the same post', { quotedId: 'x' }, { quotedId: 'x' }],
    [
      'a link in common',
      { urls: ['https://example.com/paper'] },
      { urls: ['https://example.com/paper'] },
    ],
  ])('are joined by %s', (_, first, second) => {
    const posts = [
      aPost({ text: UNRELATED[0] ?? '', author: 'ada_demo', ...first }),
      aPost({ text: UNRELATED[1] ?? '', author: 'tam_demo', ...second }),
    ];
    expect(curate(posts).stories).toMatchObject([{ voices: 2 }]);
  });

  it.each([
    ['the bare address of a site', 'https://example.com/'],
    ['a shortened link', 'https://t.co/abc'],
    ['no address', 'nowhere'],
  ])('are not joined by %s', (_, url) => {
    const posts = UNRELATED.slice(0, 2).map((text) => aPost({ text, urls: [url] }));
    expect(curate(posts).stories).toHaveLength(2);
  });

  it('are joined by their rarer words', () => {
    const told = ['Lumen 7 weights are open, says Quill', 'Quill opened the Lumen 7 weights today'];
    const { stories } = curate([...told, ...UNRELATED].map((text) => aPost({ text })));
    expect(stories).toHaveLength(1 + UNRELATED.length);
  });
});

describe('rank', () => {
  it('puts substance before a greeting with 10,000 likes', () => {
    const news = aPost({ text: `${LUMEN}; Quill measured 40% fewer errors`, likes: 2 });
    const greeting = aPost({ text: 'Good morning everyone, happy Monday!', likes: 10_000 });
    expect(curate([greeting, news]).stories.map((story) => story.headline)).toEqual([
      news,
      greeting,
    ]);
  });

  it('puts what many tell before what one tells', () => {
    const once = aPost({ text: 'Osk trains robots in a hall near the harbour with 40 small arms' });
    const often = ['ada_demo', 'tam_demo', 'zed_demo'].map((author) =>
      aPost({ text: 'Lumen 7 runs on one cheap phone and needs 90 cents of power', author }),
    );
    expect(curate([once, ...often]).stories[0]?.voices).toBe(3);
  });

  it('takes what is not known for usual, not for zero', () => {
    const [news, unknown, zero] = [50, null, 0].map((likes, index) =>
      aPost({ text: UNRELATED[index] ?? '', author: `voice_${index}_demo`, ...only(likes) }),
    );
    const more = aPost({ text: UNRELATED[3] ?? '', author: 'zed_demo', ...only(50) });
    const order = headlines([zero, unknown, news, more]);
    expect(order.indexOf(unknown)).toBeLessThan(order.indexOf(zero));
  });

  it('puts what is unusual for its author before the everyday success of a famous one', () => {
    const greetings = Array.from({ length: 12 }, (_, number) =>
      aPost({ text: `Good morning, harbour${number}!`, author: 'famous_demo', likes: 1000 }),
    );
    const crowd = Array.from({ length: 20 }, (_, number) =>
      aPost({ text: `Walked to lighthouse${number}`, author: `voice_${number}_demo`, likes: 3 }),
    );
    const [famous, unusual] = ['famous_demo', 'quiet_demo'].map((author, index) =>
      aPost({ text: UNRELATED[index] ?? '', author, likes: 1000 }),
    );
    const order = headlines([...greetings, ...crowd, famous, unusual]);
    expect(order.slice(0, 2)).toEqual([unusual, famous]);
  });

  it('puts the newer of two like posts first', () => {
    const told = ['Maren opens a plant for chips', 'Porto closes a shop for lamps'];
    const [newer, older] = told.map((text, index) =>
      aPost({ text, author: `voice_${index}_demo`, createdAt: at(50 - 40 * index) }),
    );
    expect(headlines([older, newer])).toEqual([newer, older]);
  });

  it('lets no author take over: the second story of one stands behind the first of another', () => {
    const posts = UNRELATED.map((text, index) =>
      aPost({
        id: `p${index}`,
        text,
        author: index === 3 ? 'tam_demo' : 'ada_demo',
        likes: index === 3 ? 45 : 50,
      }),
    );
    expect(headlines(posts).slice(0, 2)).toContain(posts[3]);
  });

  function headlines(posts: readonly (Post | undefined)[]): (Post | undefined)[] {
    const given = posts.filter((post) => post !== undefined);
    return curate(given).stories.map((story) => story.headline);
  }

  function only(likes: number | null): Partial<Post> {
    return { likes, reposts: null, replies: null, quotes: null, views: null };
  }
});

describe('themes', () => {
  it('are named after their own words and leave out what fits nowhere', () => {
    const harbours = [
      'Ferries of Maren harbour wait for the pilots after the storm',
      'Maren harbour pilots refuse to bring ferries in at night',
      'How the pilots of Maren harbour are paid for each of the ferries',
    ];
    const lamps = [
      'Osk lamps glow for ninety hours on one copper battery',
      'A copper battery inside Osk lamps costs less than bread',
      'Bakers bought Osk lamps whose copper battery never leaks',
    ];
    const alone = 'Tamsin proved a bound';
    const { themes } = curate(
      [...harbours, ...lamps, alone].map((text, index) =>
        aPost({ text, author: `voice_${index}_demo` }),
      ),
    );
    expect(themes).toHaveLength(2);
    for (const { name, stories } of themes) {
      const texts = stories.flatMap((story) => story.posts.map((post) => post.text));
      expect(texts).toHaveLength(3);
      for (const term of name.split(' · ')) expect(texts.join(' ')).toContain(term);
    }
  });
});
