import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readQuestion } from '../../src/ask/standalone.ts';
import { readWhen } from '../../src/chat/when.ts';
import type { Answer, Passage, Query, Turn } from '../../src/model/asking.ts';
import { aPost } from '../support/posts.ts';
import { aTopic, namesIn } from '../support/topic.ts';
import { workMs } from '../support/work.ts';

const TOPIC = { key: 'harbours', title: 'Harbours', language: 'en', timeZone: 'Asia/Shanghai' };
const NOW = new Date('2026-10-12T20:00:00Z'); // the 13th in Shanghai

const ZED = aPost({
  id: 'zed',
  author: 'zed_demo',
  authorName: 'Zed Harrow',
  text: 'Lumen 7 costs $20',
});

function aTurn(question: string, fields: Partial<Answer> = {}): Turn {
  const answer: Answer = {
    kind: 'extract',
    statements: [],
    sources: [],
    brokenOff: null,
    keptSince: null,
    ...fields,
  };
  return { id: 1, speaker: 'u1', question, answer, about: null, at: NOW };
}

const saidBy = (post = ZED): Partial<Answer> => {
  const sources: Passage[] = [{ kind: 'post', post }];
  return { sources, statements: [{ text: post.text, sources: [0] }] };
};

function read(question: string, ...turns: Turn[]): Query {
  return readQuestion({ question, turns, topic: TOPIC, now: NOW });
}

const termsIn = ({ wanted }: Query) => wanted.flatMap(({ terms }) => [...terms.keys()]);

describe('a question on its own', () => {
  it('counts its days where its topic lives', () => {
    expect(read('what was there yesterday?').days).toEqual({
      from: '2026-10-12',
      to: '2026-10-12',
    });
  });

  it('means by "yesterday" the day that commands mean, at any hour, in any zone', () => {
    const zones = ['Asia/Shanghai', 'UTC', 'America/Los_Angeles', 'Pacific/Kiritimati'];
    const words = fc.constantFrom('yesterday', '昨天', '上周五', 'last week', '3 days ago');
    const instant = fc.date({ min: new Date('2026-01-01'), max: NOW, noInvalidDate: true });
    fc.assert(
      fc.property(words, fc.constantFrom(...zones), instant, (day, timeZone, now) => {
        const { days } = readQuestion({
          question: day,
          turns: [],
          topic: { ...TOPIC, timeZone },
          now,
        });
        expect(days).toEqual(readWhen(day, now, timeZone, 'en'));
      }),
    );
  });

  it('takes days and sections for what they are, not for words', () => {
    const query = read('B 部分昨天说港口怎么了');
    expect(query).toMatchObject({ sections: ['III.B'], days: { from: '2026-10-12' } });
    expect(query.wanted.filter(({ needed }) => needed > 0).map(({ word }) => word)).toEqual([
      '港口',
    ]);
  });

  it('is read to its first thousand characters', () => {
    const query = read(`Lumen ${'harbour '.repeat(2000)} Quill`);
    expect(termsIn(query)).toContain('lumen');
    expect(termsIn(query)).not.toContain('quill');
  });
});

describe('a question in a conversation', () => {
  const before = aTurn('how much is Lumen 7?', saidBy());

  it.each(['what else did he say last week?', '他还说了什么', "and what's her take on chips?"])(
    'means in "%s" who said what was answered',
    (question) => {
      expect(read(question, before).authors).toContain('zeddemo');
      expect(read(question).authors).not.toContain('zeddemo');
    },
  );

  it('means who was asked about rather than others who were quoted', () => {
    const other = aPost({ author: 'other_demo', authorName: 'Other' });
    const turn = aTurn('what did Sam Altman say?', saidBy(other));
    expect(read('what else did he say?', turn).authors[0]).toBe('samaltman');
  });

  it.each(['and the price?', 'what about its weights?', '那权重呢', 'is that model fast?'])(
    'goes on in "%s" from what was asked before',
    (question) => {
      expect(termsIn(read(question, before))).toContain('lumen7');
      expect(termsIn(read(question))).not.toContain('lumen7');
    },
  );

  it('keeps the days that were asked about, unless it names its own', () => {
    const turn = aTurn('the port on october 5th');
    expect(read('and the chips?', turn).days).toEqual({ from: '2026-10-05', to: '2026-10-05' });
    expect(read('and the chips yesterday?', turn).days?.from).toBe('2026-10-12');
  });

  it.each([
    ['what happened the day before?', '2026-10-04'],
    ['and the day after?', '2026-10-06'],
    ['前一天呢', '2026-10-04'],
  ])('counts in "%s" from the days that were asked about', (question, day) => {
    const turn = aTurn('the port on october 5th');
    expect(read(question, turn).days).toEqual({ from: day, to: day });
    expect(read(question).days).toBeNull();
  });

  it('counts from the days that the last answer was about, however they were found', () => {
    const days = { from: '2026-10-02', to: '2026-10-03' };
    const turn = aTurn('and then?', { meant: { days, more: false } });
    expect(read('the day after?', turn).days?.from).toBe('2026-10-04');
  });

  it('counts from the days of a digest that came into view since', () => {
    const asked = { question: '前一天呢', turns: [aTurn('the port on october 5th')], topic: TOPIC };
    const about = { report: 7, section: null };
    const inView = { from: '2026-10-09', to: '2026-10-09' };
    expect(readQuestion({ ...asked, about, now: NOW }, inView).days?.from).toBe('2026-10-08');
  });

  it.each(['what else did he say?', 'anything else?', 'more?', '还有呢', '他还说了什么'])(
    'leaves out in "%s" what all turns told',
    (question) => {
      const other = aPost({ id: 'other' });
      const turns = [aTurn('Lumen 7?', saidBy(other)), aTurn('Lumen?', saidBy())];
      const { shown } = read(question, ...turns);
      expect(shown.map((passage) => passage.kind === 'post' && passage.post.id)).toEqual([
        'other',
        'zed',
      ]);
    },
  );

  it.each([
    'is it more expensive?',
    'which costs more than Lumen?',
    '还有多少钱',
    'and the price?',
  ])('may tell in "%s" again what was told', (question) => {
    expect(read(question, before).shown).toEqual([]);
  });

  it.each([
    'who said that?',
    'and who wrote this',
    'whose words are these?',
    '谁说的？',
    '这是谁提到的',
    '谁提到了这个',
  ])('asks in "%s" whose words were told', (question) => {
    expect(read(question, before).told).toEqual(before.answer?.sources);
    expect(read(question, aTurn('Lumen?', { ...saidBy(), kind: 'declined' })).told).toEqual([]);
  });

  it.each(['who said that Lumen 7 is slow?', '谁说 Lumen 降价了', 'who is Zed?'])(
    'looks in "%s" for what is named',
    (question) => {
      expect(read(question, before).told).toEqual([]);
    },
  );

  it.each(['who said "Lumen 7 costs $20"?', '“Lumen 7 costs”这句话是谁说的'])(
    'asks in "%s" for whoever told what it quotes',
    (question) => {
      const other = aPost({ id: 'other', text: 'Quill is free' });
      const turns = [aTurn('Lumen?', saidBy()), aTurn('Quill?', saidBy(other))];
      expect(read(question, ...turns).told).toEqual(before.answer?.sources);
      expect(read(question, turns[1] ?? before).told).toEqual([]);
    },
  );

  it('counts from the day of what was told where no day was asked about', () => {
    const other = aPost({ createdAt: new Date('2026-10-08T20:00:00Z') }); // the 9th in Shanghai
    const turn = aTurn('Lumen 7?', saidBy(other));
    expect(read('and the day before?', turn).days).toEqual({
      from: '2026-10-08',
      to: '2026-10-08',
    });
  });

  it('goes on from before a question after whose words something was', () => {
    const turns = [aTurn('the port on october 5th', saidBy()), aTurn('who said that?', saidBy())];
    expect(read('and the day before?', ...turns)).toMatchObject({ days: { from: '2026-10-04' } });
  });

  it('is followed over several turns', () => {
    const turns = [aTurn('how is Lumen 7 built?'), aTurn('and its price?')];
    expect(termsIn(read('and the weights?', ...turns))).toContain('lumen7');
  });

  it.each(['31号', '13月40日', '一二三', '1日2月3', 'he 31 ', 'april 31 '])(
    'is read at once, also where it and all turns are rows of "%s"',
    (piece) => {
      const long = piece.repeat(2000 / piece.length);
      read(`${piece}的价格`); // loads the dictionaries
      const turns = [1, 2, 3, 4, 5].map(() => aTurn(long, saidBy()));
      const started = workMs();
      read(long, ...turns);
      read('他还说了什么', ...turns);
      expect(workMs() - started).toBeLessThan(3000); // an idle machine takes a few hundredths of that
    },
  );

  it('begins anew where it says all itself', () => {
    const query = read('Why was the harbour of Maren closed for three companies?', before);
    expect(query).toEqual(read('Why was the harbour of Maren closed for three companies?'));
  });
});

describe('a misspelled word', () => {
  const posts = [
    aPost({ id: 'one', text: 'Vercello deploys at once, says the vibe of the code' }),
    aPost({ id: 'two', text: 'Vercello is down, and so is my vibe, my code' }),
  ];

  it.each(['vercelo', 'vercellp', 'verceloo', 'evrcello'])(
    '"%s" means what many posts have',
    async (word) => {
      const { read: stand, ask } = await aTopic(posts);
      expect(termsIn(await stand(`is ${word} down`))).toContain('vercello');
      expect(namesIn(await ask(`is ${word} down`))).toContain('two');
    },
  );

  it('means two words that it is made of', async () => {
    const { read: stand } = await aTopic(posts);
    expect(termsIn(await stand('what is vibecode'))).toEqual(
      expect.arrayContaining(['vibe', 'code']),
    );
  });

  it('is none where it is English, or known', async () => {
    const { read: stand } = await aTopic([
      ...posts,
      aPost({ text: 'the stack' }),
      aPost({ text: 'a stack' }),
    ]);
    expect(termsIn(await stand('a stick'))).not.toContain('stack');
    expect(termsIn(await stand('vercello'))).toEqual(['vercello']);
  });
});
