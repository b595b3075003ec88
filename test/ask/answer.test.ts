import { describe, expect, it } from 'vitest';

import { answerMessage } from '../../src/ask/message.ts';
import type { Answer, Turn } from '../../src/model/asking.ts';
import {
  type Behaviour,
  cited,
  cutAfter,
  errorAfter,
  fail,
  hang,
  hangAfter,
  refusal,
  text,
} from '../fakes/claude.ts';
import {
  anAnsweringModel,
  type AskedToAnswer,
  askedToAnswer,
  meaning,
  verdict,
} from '../support/answers.ts';
import { aLibrary, postsIn, saidIn } from '../support/library.ts';
import { NEWS } from '../support/newsroom.ts';
import { aPost } from '../support/posts.ts';
import { aLine } from '../support/reports.ts';

const QUESTION = 'What does Lumen 7 cost?';
const BUSY = fail({ status: 529, type: 'overloaded_error', message: 'Overloaded' });

/** Says sentences, each citing the source of an author. */
function says(...said: readonly (readonly [words: string, ...authors: string[]])[]) {
  return ({ sources }: AskedToAnswer) =>
    cited(
      said.flatMap(([words, ...authors], index) => {
        const places = authors.map((author) => {
          const found = sources.find(({ head }) => head.startsWith(`@${author} `));
          if (!found) throw new Error(`${author} is no source`);
          return found.place;
        });
        return [...(index > 0 ? [' '] : []), [words, ...places] as const];
      }),
    );
}

const PRICE = 'Lumen Labs says that Lumen 7 costs $2.40 per million tokens.';
const BILL = 'Mira Oat paid $3.10 for 41 questions.';
const TWO = says([PRICE, 'lumen_labs_demo'], [BILL, 'mira_oat_demo']);

/** What a model is told to say, and as far as that was said. */
const during =
  (cut: (answer: ReturnType<typeof cited>, after: number) => Behaviour, after: number) =>
  (asked: AskedToAnswer) =>
    cut(TWO(asked), after);

describe('an answer', () => {
  it('tells what sources say, each sentence with its own, numbered as they are first cited', async () => {
    const { claude, ask, usage } = await aLibrary();
    claude.answer(
      anAnsweringModel({
        answer: says(
          [BILL, 'mira_oat_demo'],
          [PRICE, 'lumen_labs_demo'],
          ['Lumen 7 is out.', 'lumen_labs_demo', 'mira_oat_demo'],
        ),
      }),
    );
    const { answer } = await ask(QUESTION);
    expect(answer).toMatchObject({
      kind: 'written',
      statements: [
        { text: BILL, sources: [0] },
        { text: PRICE, sources: [1] },
        { text: 'Lumen 7 is out.', sources: [1, 0] },
      ],
      brokenOff: null,
      keptSince: null,
    });
    expect(postsIn(answer)).toEqual(['news-2', 'news-1']);
    const account = await usage();
    expect(account.map(({ purpose, model }) => [purpose, model])).toEqual([
      ['ask', 'claude-haiku-5-5'],
      ['ask', 'claude-sonnet-5-5'],
    ]);
  });

  it('is shown as it grows, sentence by sentence', async () => {
    const { claude, ask } = await aLibrary();
    claude.answer(anAnsweringModel({ answer: TWO }));
    const { answer, shown } = await ask(QUESTION);
    expect(shown.map(saidIn)).toEqual([PRICE, `${PRICE} ${BILL}`]);
    expect(shown.at(-1)).toEqual(answer);
  });

  it('shows the model who said what and when, under marks of our own, without a link', async () => {
    const lines = [
      aLine({ address: 'II.1', part: 'II', text: 'Lumen 7 costs $2.40.', cites: ['news-1'] }),
    ];
    const { claude, ask } = await aLibrary({ lines });
    await ask(QUESTION);
    const { sources, system } = askedToAnswer(claude).at(-1) ?? { sources: [], system: '' };
    const [first] = sources;
    expect(sources.map(({ mark }) => mark)).toEqual(sources.map((_, index) => `p${index + 1}`));
    expect(first?.head).toBe('@lumen_labs_demo (Lumen Labs), 2026-10-12 11:30');
    expect(first?.words).toBe(NEWS[0]?.text);
    expect(JSON.stringify(claude.requests.at(-1)?.body)).not.toContain('example.com');
    expect(system).toContain('in English');
    expect(system).toContain('2026-10-13 06:00 (UTC)');
  });

  it('says from its first words on which days it is about, and the model is told them', async () => {
    const { claude, ask } = await aLibrary();
    claude.answer(anAnsweringModel({ answer: TWO }));
    const { answer, shown } = await ask('What did Lumen 7 cost on October 12?');
    const meant = { days: { from: '2026-10-12', to: '2026-10-12' }, more: false };
    expect(shown.length).toBeGreaterThan(0);
    for (const one of [...shown, answer]) expect(one.meant).toEqual(meant);
    const asked = JSON.stringify(claude.requests.at(-1)?.body);
    expect(asked).toContain('It is about 2026-10-12; search results of other days count only');
  });

  it('is not longer than asked for, whatever the model says', async () => {
    const { claude, ask } = await aLibrary();
    const many = Array.from({ length: 30 }, () => [PRICE, 'lumen_labs_demo'] as const);
    claude.answer(anAnsweringModel({ answer: says(...many) }));
    expect((await ask(QUESTION)).answer.statements).toHaveLength(10);
  });

  it('takes no more tokens of sources than it may', async () => {
    const posts = NEWS.map((post) => ({ ...post, text: `${post.text} Lumen. `.repeat(20) }));
    const { claude, ask } = await aLibrary({ posts, models: { answerTokens: 1500 } });
    await ask(QUESTION);
    const { sources } = askedToAnswer(claude).at(-1) ?? { sources: [] };
    expect(sources.length).toBeGreaterThan(1);
    expect(sources.length).toBeLessThan(5);
    const [first] = sources;
    expect(first?.words.endsWith('…')).toBe(true);
  });

  it('comes from the passages themselves where no model is set up', async () => {
    const { claude, ask } = await aLibrary();
    const { answer } = await ask(QUESTION, {}, { office: null });
    expect(answer).toMatchObject({ kind: 'extract', brokenOff: null });
    expect(postsIn(answer)).toContain('news-1');
    expect(claude.requests).toEqual([]);
  });
});

describe('what does not stand', () => {
  it.each<[string, readonly [string, ...string[]]]>([
    ['has no source', ['Lumen 7 is the best of all.']],
    ['has a figure that its source has not', [PRICE.replace('2.40', '2.60'), 'lumen_labs_demo']],
    [
      'has a name that its source has not',
      ['Lumen 7 was bought by Ferro Robotics.', 'lumen_labs_demo'],
    ],
    ['gives words to somebody else', [`Kofi Adu says that Lumen 7 is out.`, 'lumen_labs_demo']],
    ['quotes what nobody wrote', ['Mira Oat: “It found three races”.', 'mira_oat_demo']],
    ['quotes without an end', ['Mira Oat: “It found two races.', 'mira_oat_demo']],
    ['has a link', ['Lumen 7 is out: https://lumen.example.com/x.', 'lumen_labs_demo']],
    ['has a mention', ['Lumen 7 is out, @everyone.', 'lumen_labs_demo']],
    ['has markup', ['Lumen 7 is [out](x) for <b>everybody</b>.', 'lumen_labs_demo']],
    [
      'is in another language',
      [
        'Lumen 7 ist heute für alle Kunden von Lumen Labs erschienen und kostet weniger.',
        'lumen_labs_demo',
      ],
    ],
    ['never ends', [`Lumen 7 is out ${'and out '.repeat(200)}.`, 'lumen_labs_demo']],
  ])('is cut, and never shown, where it %s', async (_, bad) => {
    const { claude, ask } = await aLibrary();
    const answer = says([PRICE, 'lumen_labs_demo'], bad, [BILL, 'mira_oat_demo']);
    claude.answer(anAnsweringModel({ answer, check: () => verdict('no') }));
    const asked = await ask(QUESTION);
    expect(saidIn(asked.answer)).toBe(`${PRICE} ${BILL}`);
    expect(asked.shown.map(saidIn)).toEqual([PRICE, `${PRICE} ${BILL}`]);
  });

  it('is judged by a second model where only a reader can tell; what follows waits for it', async () => {
    const doubtful = 'Lumen Labs proved that Lumen 7 is the fastest of all models.';
    const answer = says(
      [PRICE, 'lumen_labs_demo'],
      [doubtful, 'lumen_labs_demo'],
      [BILL, 'mira_oat_demo'],
    );
    for (const against of [null, 'The post does not say so.']) {
      const { claude, ask, usage } = await aLibrary();
      claude.answer(anAnsweringModel({ answer, check: () => verdict(against) }));
      const asked = await ask(QUESTION);
      const standing = against === null ? [PRICE, doubtful, BILL] : [PRICE, BILL];
      expect(saidIn(asked.answer)).toBe(standing.join(' '));
      expect(asked.shown.at(1)?.statements.at(-1)?.text).toBe(standing[1]);
      expect((await usage()).map(({ purpose }) => purpose)).toContain('check');
    }
  });

  it('is cut without a second model', async () => {
    const { claude, ask } = await aLibrary({ models: { check: null } });
    const answer = says(
      [PRICE, 'lumen_labs_demo'],
      ['It is the fastest of all.', 'lumen_labs_demo'],
    );
    claude.answer(anAnsweringModel({ answer }));
    expect(saidIn((await ask(QUESTION)).answer)).toBe(PRICE);
  });

  it('loses the marks of a quotation that is a translation', async () => {
    const { claude, ask } = await aLibrary();
    claude.answer(
      anAnsweringModel({
        answer: says(['Mira Oat 说它“一次读完了整个计费代码库”。', 'mira_oat_demo']),
      }),
    );
    const { answer } = await ask('Lumen 7 怎么样？', { language: 'zh' });
    expect(saidIn(answer)).toBe('Mira Oat 说它一次读完了整个计费代码库。');
  });
});

describe('a question that nothing answers', () => {
  const declined = (answer: Answer) => ({ kind: answer.kind, said: saidIn(answer) });

  it('is declined without asking a model where nothing was found', async () => {
    const { claude, ask } = await aLibrary();
    const { answer } = await ask('Zebras?');
    expect(answer).toMatchObject({ kind: 'declined', statements: [], sources: [] });
    expect(askedToAnswer(claude).map(({ what }) => what)).toEqual(['question']);
  });

  it.each<[string, Behaviour]>([
    ['says so', text('NOTHING')],
    ['says nothing', text('')],
    ['cites nothing', text('Lumen 7 costs $2.40 per million tokens.')],
  ])('is declined, with what is nearest, when the model %s', async (_, behaviour) => {
    const { claude, ask } = await aLibrary();
    claude.answer(anAnsweringModel({ answer: () => behaviour }));
    const { answer, shown } = await ask(QUESTION);
    expect(declined(answer)).toEqual({ kind: 'declined', said: '' });
    expect(answer.sources.length).toBeGreaterThan(0);
    expect(shown).toEqual([]);
  });

  it('is declined where nothing of an answer stands', async () => {
    const { claude, ask } = await aLibrary();
    const answer = says([PRICE.replace('2.40', '9.90'), 'lumen_labs_demo']);
    claude.answer(anAnsweringModel({ answer }));
    const asked = await ask(QUESTION);
    expect(declined(asked.answer)).toEqual({ kind: 'declined', said: '' });
    expect(asked.shown).toEqual([]);
  });
});

describe('a model that is lost', () => {
  it.each<[string, Behaviour]>([
    ['declines', refusal()],
    ['has no credit', fail({ status: 402, type: 'billing_error', message: 'no credit' })],
    ['does not exist', fail({ status: 404, type: 'not_found_error', message: 'no' })],
  ])('leaves the passages word for word, said so, when it %s', async (_, behaviour) => {
    const { claude, ask } = await aLibrary();
    claude.answer(anAnsweringModel({ answer: () => behaviour }));
    const { answer } = await ask(QUESTION);
    expect(answer).toMatchObject({ kind: 'extract', brokenOff: 'lost' });
    expect(postsIn(answer)).toContain('news-1');
  });

  it('leaves them when it stays busy, or nothing may be spent', async () => {
    const { claude, ask } = await aLibrary();
    claude.answer(() => BUSY);
    expect((await ask(QUESTION)).answer).toMatchObject({ kind: 'extract', brokenOff: 'lost' });
    const poor = await aLibrary({ models: { dailyCap: 0 } });
    expect((await poor.ask(QUESTION)).answer).toMatchObject({ kind: 'extract', brokenOff: 'lost' });
    expect(poor.claude.requests).toEqual([]);
  });

  it.each<[string, (asked: AskedToAnswer) => Behaviour]>([
    ['the stream is cut', during(cutAfter, PRICE.length + 8)],
    [
      'it is overloaded',
      during((said, at) => errorAfter(said, at, 'overloaded_error'), PRICE.length + 8),
    ],
    ['it falls silent', during(hangAfter, PRICE.length + 8)],
  ])('leaves what has come by then when %s', async (_, answer) => {
    const { claude, ask } = await aLibrary({ silenceMs: 300 });
    claude.answer(anAnsweringModel({ answer }));
    const asked = await ask(QUESTION);
    expect(asked.answer).toMatchObject({ kind: 'written', brokenOff: 'lost' });
    expect(saidIn(asked.answer)).toBe(PRICE);
  });

  it('leaves the passages when nothing that has come stands', async () => {
    const { claude, ask } = await aLibrary();
    const bad = says(['It is good.'], [PRICE, 'lumen_labs_demo']);
    claude.answer(anAnsweringModel({ answer: (asked) => cutAfter(bad(asked), 14) }));
    expect((await ask(QUESTION)).answer).toMatchObject({ kind: 'extract', brokenOff: 'lost' });
  });
});

describe('stopping', () => {
  it('leaves what has come by then', async () => {
    const { claude, ask, stop, usage } = await aLibrary();
    claude.answer(anAnsweringModel({ answer: during(hangAfter, PRICE.length + 8) }));
    const asking = ask(QUESTION);
    await waitFor(() => claude.requests.length === 2);
    setTimeout(() => stop.abort(), 100);
    const { answer } = await asking;
    expect(answer).toMatchObject({ kind: 'written', brokenOff: 'stopped' });
    expect([PRICE, '']).toContain(saidIn(answer));
    expect((await usage()).every(({ open }) => open === 0)).toBe(true);
  });

  it('before anything has come leaves nothing', async () => {
    const { claude, ask, stop } = await aLibrary();
    claude.answer(() => {
      stop.abort();
      return hang();
    });
    const { answer } = await ask(QUESTION);
    expect(answer).toMatchObject({ kind: 'written', statements: [], brokenOff: 'stopped' });
    expect(claude.requests).toHaveLength(1);
  });
});

async function waitFor(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('what a question means', () => {
  const turn: Turn = {
    id: 1,
    speaker: '7',
    question: 'Who opened a warehouse?',
    answer: {
      kind: 'written',
      statements: [{ text: 'Ferro Robotics opened the Maren warehouse.', sources: [0] }],
      sources: [],
      brokenOff: null,
      keptSince: null,
    },
    about: null,
    at: new Date('2026-10-13T05:00:00Z'),
  };

  it('is asked of a small model, with what was said before, which is no source', async () => {
    const { claude, ask } = await aLibrary();
    const question = () =>
      meaning({ question: 'How many Kip robots does the Maren warehouse have?' });
    claude.answer(anAnsweringModel({ question }));
    const { answer } = await ask('How many robots?', { turns: [turn] });
    const [first, second] = askedToAnswer(claude);
    expect(first).toMatchObject({ what: 'question', question: 'How many robots?' });
    expect(first?.before).toContain('Ferro Robotics opened the Maren warehouse.');
    expect(second?.before).toBe(first?.before);
    expect(second?.question).toBe(
      'How many robots?\nIt means: How many Kip robots does the Maren warehouse have?',
    );
    expect(postsIn(answer)[0]).toBe('news-4');
  });

  it('helps to find what the words of the question do not', async () => {
    const { claude, ask } = await aLibrary();
    const alone = await ask('谁的 Zorbon？');
    expect(alone.answer.kind).toBe('declined');
    const question = () => meaning({ question: '谁的 Zorbon？', words: ['warehouse', 'robots'] });
    claude.answer(anAnsweringModel({ question }));
    const { answer } = await ask('谁的 Zorbon？', { language: 'en' });
    expect(postsIn(answer)).toContain('news-4');
  });

  it.each<[string, Behaviour]>([
    ['declines', refusal()],
    ['is out of reach', BUSY],
    ['says what cannot be read', text('It means prices.', { ignoringSchema: true })],
    [
      'means nothing',
      meaning({ from: '2026-13-40', to: 'x', sections: ['<b>'], words: ['', '!'] }),
    ],
  ])('is left to the rules where that model %s', async (_, behaviour) => {
    const { claude, ask } = await aLibrary();
    claude.answer(anAnsweringModel({ question: () => behaviour }));
    const { answer } = await ask(QUESTION);
    expect(answer.kind).toBe('written');
    expect(postsIn(answer)).toContain('news-1');
  });

  it('is waited for no longer than somebody waits', async () => {
    const { claude, ask } = await aLibrary();
    claude.answer(anAnsweringModel({ question: () => hang() }));
    const patience = { meaning: 50, answer: 60_000, silence: 60_000 };
    const { answer } = await ask(QUESTION, {}, { patience });
    expect(answer.kind).toBe('written');
    expect(askedToAnswer(claude).at(-1)?.question).toBe(QUESTION);
  });
});

describe('an answer with a digest in view', () => {
  it('says where it is not of that digest alone', async () => {
    const posts = [
      aPost({ text: 'Lumen halved its prices', createdAt: new Date('2026-10-12T05:00Z') }),
      aPost({ text: 'Quill opened a school', createdAt: new Date('2026-10-08T05:00Z') }),
    ];
    const { ask, report } = await aLibrary({ posts });
    const about = { report: report.id, section: null };
    const said = async (question: string) => {
      const { answer } = await ask(question, { about }, { office: null });
      return JSON.stringify(answerMessage(answer, 'en', 'UTC'));
    };
    expect(await said('what about the school of Quill?')).toContain('not only from the digest of');
    expect(await said('what about the prices of Lumen?')).not.toContain('not only from');
  });
});
