import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { extractFrom } from '../../src/ask/extract.ts';
import type { Evidence, Passage, Turn } from '../../src/model/asking.ts';
import { windowOf } from '../../src/model/window.ts';
import { NO_CURATION, aLine } from '../support/reports.ts';
import { anyPosts, anyText } from '../curate/any-posts.ts';
import { aPost } from '../support/posts.ts';
import { aTopic, namesIn } from '../support/topic.ts';

const at = (time: string) => new Date(`2026-10-${time}:00Z`);

const PRICE = aPost({
  id: 'price',
  text: 'Lumen halved the price of its agents this morning, to $20',
  author: 'mira_demo',
  authorName: 'Mira Vance',
  createdAt: at('12T04:00'),
});
const WEIGHTS = aPost({
  id: 'weights',
  text: 'Quill released the weights of a model that fits on a phone',
  author: 'tam_demo',
  authorName: 'Tam',
  createdAt: at('12T05:00'),
});
const HARBOUR = aPost({
  id: 'harbour',
  text: 'The harbour of Maren is closed, companies wait for their chips',
  author: 'zed_demo',
  authorName: 'Zed',
  createdAt: at('11T05:00'),
});
const POSTS = [PRICE, WEIGHTS, HARBOUR];
const NO_WINDOW = windowOf('2026-10-12', '2026-10-12', 'UTC');

/** The posts that an answer without a model shows. */
const shownBy = (evidence: Evidence) => {
  const { kind, sources } = extractFrom(evidence, 'en');
  return kind === 'declined'
    ? []
    : sources.flatMap((passage) => (passage.kind === 'post' ? [passage.post.id] : []));
};

function turnOf(question: string, sources: readonly Passage[]): Turn {
  const answer = { kind: 'extract', statements: [], sources, brokenOff: null } as const;
  const asked = { id: 1, speaker: 'u1', question, about: null, at: at('12T19:00') };
  return { ...asked, answer: { ...answer, keptSince: null } };
}

describe('evidence', () => {
  it.each([
    ['words', 'What happened to the price of Lumen?', 'price'],
    ['capitals', 'QUILL WEIGHTS?', 'weights'],
    ['other forms of words', 'Which company waits for a chip?', 'harbour'],
    ['a possessive', "What is Lumen's price?", 'price'],
    ['the name of an author', 'What did Mira Vance say?', 'price'],
    ['a part of the name', 'What did Mira say?', 'price'],
    ['a handle', 'What did @tam_demo say?', 'weights'],
    ['a misspelled name', 'what about Lumne', 'price'],
    ['what Chinese words mean', '港口关闭了吗', 'harbour'],
    ['a day', 'what was there yesterday?', 'harbour'],
    ['the kind of thing that is asked for', 'how much does it cost?', 'price'],
  ])('is found by %s', async (_, question, id) => {
    // A second post of the word, so that a misspelling is known to be one.
    const again = aPost({ text: 'Some people like Lumen and many others do not like it so much' });
    const { ask } = await aTopic([...POSTS, again]);
    expect(namesIn(await ask(question))[0]).toBe(id);
  });

  it.each([
    'what did OpenAI say?',
    'what about OpenAI',
    'OpenAI 说了什么',
    'what did Mistral say?',
  ])(
    'is nothing where a name of the field stands nowhere, whatever words are like it: %s',
    async (question) => {
      const like = [
        aPost({ text: 'Open question: who says what of it when all AI tools are open?' }),
        aPost({ text: 'One mistrial after the other, and open AI meetings are cold' }),
        aPost({ text: 'A mistrial, open to all: the AI judge said two mistrials are enough' }),
      ];
      const { ask } = await aTopic(like);
      expect((await ask(question)).carries).toBe(false);
    },
  );

  it.each([
    "how many likes did Mira's post about Lumen get?",
    'how many reposts did Mira get for the price of Lumen',
    "how many views did Mira's Lumen tweet have?",
    'Mira 关于 Lumen 的推文有多少点赞',
    'Mira 那条 Lumen 的帖子转发量是多少',
  ])('need not tell the numbers that are shown with every post: %s', async (question) => {
    const wordless = aPost({ ...PRICE, id: 'likes', text: 'The agents of Lumen are here' });
    const { ask } = await aTopic([wordless, WEIGHTS, HARBOUR]);
    const evidence = await ask(question);
    expect(evidence.carries).toBe(true);
    expect(namesIn(evidence)[0]).toBe('likes');
  });

  it.each([
    'how much does Parlune One cost?',
    'how much is the Parlune One?',
    'What is the price of Parlune One?',
    "what's the cost of the Parlune One?",
    'Parlune One 多少钱',
    'Parlune One 的价格是多少',
    'Parlune One 的售价是多少',
  ])('tells a price by an amount of money: %s', async (question) => {
    const meet = aPost({ id: 'meet', text: 'Meet Parlune One, an earpiece. 14 languages, $189.' });
    const delay = aPost({ text: 'I tried the Parlune One: it guesses the verb after 0.9 s' });
    const { ask } = await aTopic([delay, meet, PRICE, WEIGHTS]);
    const evidence = await ask(question);
    expect(evidence.carries).toBe(true);
    expect(namesIn(evidence)[0]).toBe('meet');
    const { ask: askOther } = await aTopic([delay, PRICE, WEIGHTS]);
    expect((await askOther(question)).carries).toBe(false);
  });

  it('has to tell numbers that posts are not shown with', async () => {
    const { ask } = await aTopic([aPost({ text: 'I watched the talk of Mira about Lumen' })]);
    const evidence = await ask("how many views did Mira's talk about Lumen get?");
    expect(shownBy(evidence)).toEqual([]);
  });

  it('is never from after the question', async () => {
    const { ask } = await aTopic(POSTS);
    expect(namesIn(await ask('Lumen price', { now: at('12T03:59') }))).toEqual([]);
    expect(namesIn(await ask('Lumen price', { now: at('12T04:00') }))).toEqual(['price']);
  });

  it('is of the days that are asked about before it is of others', async () => {
    const earlier = aPost({
      ...PRICE,
      id: 'earlier',
      createdAt: at('02T04:00'),
      text: `${PRICE.text}!`,
    });
    const later = aPost({
      id: 'later',
      text: 'Lumen changed its price again',
      createdAt: at('11T09:00'),
    });
    const { ask } = await aTopic([earlier, later]);
    const named = await ask('the price of Lumen yesterday');
    expect(namesIn(named)).toEqual(['later', 'earlier']);
    expect(namesIn(await ask('the price of Lumen on the 2nd'))).toEqual(['earlier', 'later']);
  });

  it('answers from the days that are asked about, whatever fits better beside them', async () => {
    const of = (id: string, time: string, text: string) => aPost({ id, text, createdAt: at(time) });
    const { ask } = await aTopic([
      of('before', '10T23:00', 'The price of Lumen: Lumen halved its price, says Lumen'),
      of(
        'that-day',
        '11T09:00',
        'Somebody asked in passing what Lumen costs, nobody knew it at all',
      ),
      of('after', '12T00:30', 'The price of Lumen, again: Lumen doubled the price of Lumen'),
    ]);
    const evidence = await ask('the price of Lumen on october 11');
    const scores = evidence.hits.map(({ score }) => score);
    expect(namesIn(evidence)[0]).toBe('that-day');
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(shownBy(evidence)).toEqual(['that-day']);
  });

  it('answers from the days beside only where those that are asked about hold nothing that fits', async () => {
    const { ask } = await aTopic(POSTS);
    expect(shownBy(await ask('the harbour of Maren on october 12'))).toEqual(['harbour']);
    expect(shownBy(await ask('the harbour of Maren on october 13'))).toEqual([]);
    expect((await ask('the harbour of Maren on october 4')).carries).toBe(false);
  });

  it('holds all that a named author wrote on the days that are asked about', async () => {
    const ids = ['one', 'two', 'three', 'four'];
    const own = ids.map((id, hour) =>
      aPost({
        id,
        author: 'mira_demo',
        authorName: 'Mira Vance',
        text: `${['Grandma came', 'Rain again', 'The train is late', 'Good night'][hour]} ${'🌧'.repeat(hour)}`,
        createdAt: at(`11T0${hour}:00`),
      }),
    );
    const loud = Array.from({ length: 120 }, (_, place) =>
      aPost({
        author: `loud${place}_demo`,
        text: `Loud post ${place} about nothing`,
        likes: 1000 + place,
        createdAt: at('11T12:00'),
      }),
    );
    const beside = aPost({ ...PRICE, id: 'beside', createdAt: at('10T04:00') });
    const { ask } = await aTopic([...own, ...loud, beside]);
    for (const question of [
      'what did Mira Vance say on October 11?',
      'what did Mira Vance write yesterday, and was anything in it about companies or chips?',
    ]) {
      expect(shownBy(await ask(question)).toSorted()).toEqual(ids.toSorted());
    }
  });

  it('leaves out what was told where more is asked for, and copies of it', async () => {
    const copy = aPost({ ...PRICE, id: 'copy', author: 'copy_demo', createdAt: at('12T06:00') });
    const more = aPost({
      id: 'more',
      text: 'The price of Lumen may rise',
      createdAt: at('12T07:00'),
    });
    const { ask } = await aTopic([...POSTS, copy, more]);
    const turn = turnOf('the price of Lumen?', [{ kind: 'post', post: PRICE }]);
    const evidence = await ask('what else?', { turns: [turn] });
    expect(shownBy(evidence)).toEqual(['more']);
    const all = turnOf(
      'what else?',
      [PRICE, more].map((post) => ({ kind: 'post', post })),
    );
    expect((await ask('what else?', { turns: [turn, all] })).carries).toBe(false);
  });

  it('shows nothing of a line again that was told, only what else it rests on', async () => {
    const more = aPost({ id: 'more', text: 'Some doubt it', createdAt: at('12T07:00') });
    const line = aLine({ text: 'Lumen halved the price', cites: ['price', 'more'] });
    const { ask } = await aTopic([...POSTS, more], { lines: [line] });
    const turn = turnOf('the price of Lumen?', [{ kind: 'post', post: PRICE }]);
    expect(shownBy(await ask('what else?', { turns: [turn] }))).toEqual(['more']);
  });

  it('names nothing as near where there is no more than was told', async () => {
    const { ask } = await aTopic(POSTS);
    const turn = turnOf('the price of Lumen?', [{ kind: 'post', post: PRICE }]);
    const over = extractFrom(await ask('what else?', { turns: [turn] }), 'en');
    expect(over).toMatchObject({ kind: 'declined', sources: [] });
    const again = { ...turn, question: 'what else?', answer: over };
    const twice = await ask('还有呢', { turns: [turn, again] });
    expect(extractFrom(twice, 'en')).toMatchObject({ kind: 'declined', sources: [] });
  });

  it('is what was just told where it is asked who said that', async () => {
    const line = aLine({ text: 'Lumen halved the price', cites: ['price'] });
    const { ask, report } = await aTopic(POSTS, { lines: [line] });
    const told: Passage[] = [
      { kind: 'post', post: HARBOUR },
      {
        kind: 'line',
        report: report?.id ?? 0,
        window: NO_WINDOW,
        language: 'en',
        line,
        posts: [PRICE],
      },
    ];
    const evidence = await ask('who said that?', { turns: [turnOf('what happened?', told)] });
    expect(namesIn(evidence)).toEqual(['harbour', 'price']);
    expect(evidence.carries).toBe(true);
  });

  it('names who said what was told before there was no more, with a glimpse of it', async () => {
    const text = `${PRICE.text}, and says that others will have to follow before the year is over`;
    const long = { ...PRICE, text };
    const { ask } = await aTopic([long, HARBOUR]);
    const first = turnOf('the price of Lumen?', [{ kind: 'post', post: long }]);
    const over = extractFrom(await ask('what else?', { turns: [first] }), 'en');
    const meant = { days: null, more: true };
    const turns = [first, { ...first, question: 'what else?', answer: { ...over, meant } }];
    for (const question of ['who said that?', '谁说的？']) {
      const { sources, statements } = extractFrom(await ask(question, { turns }), 'en');
      expect(sources).toEqual([{ kind: 'post', post: expect.objectContaining({ id: 'price' }) }]);
      expect(statements[0]?.text).toMatch(/^Lumen halved the price of .{1,40}…$/);
    }
  });

  it.each(['what did he say about chips on October 12?', '他 10 月 12 日对芯片怎么说？'])(
    'is in "%s" of who was spoken of, who said nothing that day',
    async (question) => {
      const others = Array.from({ length: 4 }, (_, place) =>
        aPost({
          author: `other${place}_demo`,
          text: `Chips, number ${place}: they will be short for years in the ports of ${place}`,
          createdAt: at('12T09:00'),
        }),
      );
      const { ask } = await aTopic([...others, { ...HARBOUR, createdAt: at('02T05:00') }]);
      const turn = turnOf('what did Zed say?', [{ kind: 'post', post: HARBOUR }]);
      const answer = extractFrom(await ask(question, { turns: [turn] }), 'en');
      expect(answer).toMatchObject({ kind: 'declined', looked: { authors: ['zed_demo'] } });
    },
  );

  it.each([
    'the 2nd one',
    'the second one?',
    'what is point 2 about?',
    '第 2 条是什么',
    '第二条？',
    '[2]',
  ])(
    'is in "%s" what had that number, in the last answer or else in the digest in view',
    async (question) => {
      const lines = [
        aLine({ address: 'I.1', part: 'I', text: 'A harbour is closed', cites: ['harbour'] }),
        aLine({ address: 'I.2', part: 'I', text: 'Lumen halved the price', cites: ['price'] }),
      ];
      const { ask, report } = await aTopic(POSTS, { lines });
      const told = [HARBOUR, WEIGHTS].map((post): Passage => ({ kind: 'post', post }));
      const turns = [turnOf('what happened?', told)];
      expect(shownBy(await ask(question, { turns }))).toEqual(['weights']);
      const about = { report: report?.id ?? 0, section: null };
      expect(namesIn(await ask(question))).toEqual(namesIn(await ask(question, { about })));
      const { sources } = extractFrom(await ask(question, { about }), 'en');
      expect(sources).toEqual([
        { kind: 'post', post: expect.objectContaining({ id: 'price' }) },
        expect.objectContaining({ kind: 'line' }),
      ]);
    },
  );

  it('answers of another day than that of the report in view', async () => {
    const line = aLine({ text: 'Lumen halved the price', cites: ['price'] });
    const { ask, report } = await aTopic(POSTS, { lines: [line] });
    const about = { report: report?.id ?? 0, section: null };
    const evidence = await ask('is the harbour of Maren closed?', { about });
    expect(namesIn(evidence)[0]).toBe('harbour');
    expect(evidence.carries).toBe(true);
  });

  it('prefers what the message shows that is answered', async () => {
    const twin = aPost({
      id: 'twin',
      text: 'Lumen halved its price again',
      createdAt: at('12T06:00'),
    });
    const lines = [
      aLine({ address: 'III.A.1', part: 'III', section: 'A', text: 'Something', cites: ['price'] }),
      aLine({ address: 'III.B.1', part: 'III', section: 'B', text: 'Something', cites: ['twin'] }),
    ];
    const { ask, report } = await aTopic([PRICE, twin], { lines });
    const inView = async (section: string) =>
      namesIn(
        await ask('what did Lumen halve?', { about: { report: report?.id ?? 0, section } }),
      )[0];
    expect(await inView('III.A')).toBe('price');
    expect(await inView('III.B')).toBe('twin');
  });

  it('holds what a section rests on that the question names', async () => {
    const lines = [
      aLine({ address: 'III.B.1', part: 'III', section: 'B', text: 'Lumen', cites: ['harbour'] }),
    ];
    const { ask, report } = await aTopic(POSTS, { lines });
    const evidence = await ask('B 部分谁说的', {
      about: { report: report?.id ?? 0, section: null },
    });
    expect(namesIn(evidence)).toContain('harbour');
    expect(evidence.carries).toBe(true);
  });

  it.each([
    ['of the newest report', 'what does II.3 say?'],
    ['of the report of a day', 'what does II.3 of 2026-10-12 say?'],
  ])('begins with a line %s that the question names', async (_, question) => {
    const lines = [
      aLine({ address: 'II.3', part: 'II', text: 'The harbour is closed', cites: ['harbour'] }),
      aLine({ address: 'II.4', part: 'II', text: 'Lumen is cheap', cites: ['price'] }),
    ];
    const { ask } = await aTopic(POSTS, { lines });
    const evidence = await ask(question);
    expect(namesIn(evidence).slice(0, 2)).toEqual(['II.3', 'harbour']);
    expect(evidence.carries).toBe(true);
  });

  it('leads through a Chinese line to the English post that it cites', async () => {
    const line = aLine({ address: 'II.3', part: 'II', text: '青鸾融了三亿元', cites: ['weights'] });
    const { ask } = await aTopic(POSTS, { lines: [line] });
    const evidence = await ask('青鸾融了多少钱');
    expect(namesIn(evidence).slice(0, 2)).toEqual(['weights', 'II.3']);
    expect(evidence.hits[0]?.line?.line.address).toBe('II.3');
    expect(evidence.carries).toBe(true);
  });

  it('brings along what was written in one go, and what is quoted', async () => {
    const more = aPost({
      ...WEIGHTS,
      id: 'more',
      text: 'Details are here',
      createdAt: at('12T05:01'),
    });
    const far = aPost({ ...WEIGHTS, id: 'far', text: 'Good morning', createdAt: at('12T09:00') });
    const quoted = aPost({
      id: 'quoted',
      text: 'It runs on mine as well',
      createdAt: at('01T05:00'),
    });
    const quoting = aPost({
      ...PRICE,
      id: 'quoting',
      text: 'Quill weights on a phone!',
      quotedId: 'quoted',
    });
    const { ask } = await aTopic([WEIGHTS, more, far, quoted, quoting, HARBOUR]);
    const found = namesIn(await ask('weights of Quill on a phone'));
    expect(found).toEqual(expect.arrayContaining(['weights', 'more', 'quoting', 'quoted']));
    expect(found).not.toContain('far');
  });

  it('says nothing twice', async () => {
    const copy = aPost({ ...PRICE, id: 'copy', text: `${PRICE.text} https://t.co/a` });
    const repost = aPost({ id: 'repost', text: 'RT', repostOfId: 'price', isRepost: true });
    const { ask } = await aTopic([PRICE, copy, repost, HARBOUR]);
    expect(namesIn(await ask('Lumen price')).filter((id) => id !== 'repost')).toEqual(['copy']);
  });

  it('leaves out advertising', async () => {
    const ad = aPost({ id: 'ad', text: 'Lumen price, Lumen price, buy Lumen' });
    const curation = {
      ...NO_CURATION,
      dropped: [{ post: ad, reason: { kind: 'advertising', because: [] } as const }],
    };
    const { ask } = await aTopic([PRICE, ad], { lines: [], curation });
    expect(namesIn(await ask('Lumen price'))).toEqual(['price']);
  });

  it('fits its budget', async () => {
    const posts = Array.from({ length: 60 }, (_, number) =>
      aPost({ text: `Lumen price ${number} ${`word${number} `.repeat(40)}` }),
    );
    const { ask } = await aTopic(posts);
    const all = await ask('Lumen price');
    const few = await ask('Lumen price', { budget: 500 });
    expect(few.hits.length).toBeGreaterThan(0);
    expect(few.hits.length).toBeLessThan(all.hits.length);
    expect(namesIn(all).slice(0, 2)).toEqual(namesIn(few).slice(0, 2));
  });
});

describe('an answer without a model', () => {
  it('is what fits best, word for word', async () => {
    const { ask } = await aTopic(POSTS);
    const answer = extractFrom(await ask('What happened to the price of Lumen?'), 'en');
    expect(answer).toMatchObject({
      kind: 'extract',
      statements: [{ text: PRICE.text, sources: [0] }],
      sources: [{ kind: 'post', post: { id: 'price' } }],
    });
  });

  it('shows of a long post what speaks of the question', async () => {
    const idle = 'It rained again and the ferry was late as ever. '.repeat(20);
    const text = `${idle}Quill fits on a phone now. ${idle}`;
    const { ask } = await aTopic([aPost({ text })]);
    const [statement] = extractFrom(await ask('does Quill fit on a phone?'), 'en').statements;
    expect(statement?.text).toMatch(/^… .*Quill fits on a phone now\..* …$/);
    expect(statement?.text.length).toBeLessThan(320);
  });

  it('is at most four passages', async () => {
    const posts = Array.from({ length: 9 }, (_, number) =>
      aPost({ text: `Lumen price ${`word${number} `.repeat(number + 2)}` }),
    );
    const { ask } = await aTopic(posts);
    expect(extractFrom(await ask('Lumen price'), 'en').statements).toHaveLength(4);
  });

  it('tells an amount of memory that a post has', async () => {
    const post = aPost({ id: 'memory', text: 'MoYan-34B 本地跑起来了，显存要 24GB' });
    const { ask } = await aTopic([...POSTS, post]);
    const answer = extractFrom(await ask('MoYan-34B 需要多大显存'), 'en');
    expect(answer).toMatchObject({ kind: 'extract', sources: [{ post: { id: 'memory' } }] });
  });

  it.each([
    ['something nobody spoke of', 'Who won the chess final in Osk?'],
    ['an amount that no post tells', 'How many zebras live in the harbour of Maren?'],
    ['a name that nobody wrote of', 'Does Anthropic wait for chips as well?'],
    ['a version that nobody wrote of', 'Is the price of Gemini 9 halved?'],
    ['nothing', ''],
    ['emoji', '🚀🚀🚀'],
  ])('is declined when it is asked about %s', async (_, question) => {
    const { ask } = await aTopic([...POSTS, aPost({ text: 'Gemini 3 halved its price, 9 chips' })]);
    expect(extractFrom(await ask(question), 'en').kind).toBe('declined');
  });

  it('is declined with the nearest things that there are', async () => {
    const { ask } = await aTopic(POSTS);
    const answer = extractFrom(await ask('How many zebras live in the harbour of Maren?'), 'en');
    expect(answer.sources[0]).toMatchObject({ post: { id: 'harbour' } });
  });

  it('is declined where nothing is stored', async () => {
    const { ask } = await aTopic([]);
    const answer = extractFrom(await ask('Lumen price'), 'en');
    expect(answer).toMatchObject({ kind: 'declined', sources: [] });
  });
});

describe('whatever is asked of whatever posts', () => {
  it('nothing is thrown, nothing is shown twice, all is in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyPosts,
        fc.array(anyText, { minLength: 1, maxLength: 4 }),
        async (posts, questions) => {
          const { ask } = await aTopic(posts);
          for (const question of questions) {
            const evidence = await ask(question);
            const names = namesIn(evidence);
            const scores = evidence.hits.map(({ score }) => score);
            expect(new Set(names).size).toBe(names.length);
            expect(posts.map(({ id }) => id)).toEqual(expect.arrayContaining(names));
            expect(scores).toEqual(scores.toSorted((a, b) => b - a));
            for (const { coverage } of evidence.hits)
              expect(coverage).toBeLessThanOrEqual(1 + 1e-9);
            expect(evidence.carries && evidence.hits.length === 0).toBe(false);
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});
