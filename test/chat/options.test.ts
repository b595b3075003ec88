import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { commands } from '../../commands/index.ts';
import type { Context } from '../../src/chat/command.ts';
import {
  hour,
  language,
  languageAmong,
  namedTopic,
  type Options,
  page,
  readOptions,
  someWords,
  topic,
  usageOf,
  when,
  words,
} from '../../src/chat/options.ts';
import { UserError } from '../../src/model/errors.ts';
import type { Topic } from '../../src/model/topic.ts';
import { aReport } from '../support/reports.ts';
import { A_TOPIC, aBureau, aContext } from './context.ts';
import { workMs } from '../support/work.ts';

const ROBOTS: Topic = { key: 'robots', title: 'Robots at Work', language: 'en', timeZone: 'UTC' };
const ENGLISH: Topic = { ...ROBOTS, key: 'en', title: 'Robots' };

const one = aContext();
const several = aContext({ bureau: aBureau({ topics: [A_TOPIC, ROBOTS, ENGLISH] }) });

const digestOptions = { asked: when('DAY'), topic: topic('TOPIC') };
const subscribeOptions = {
  topic: namedTopic('TOPIC'),
  at: hour('HOUR'),
  wished: languageAmong('LANGUAGE'),
};

function readDigest(written: string, context: Context = several) {
  const { asked, topic: about } = readOptions(digestOptions, written, context);
  return [
    about.key,
    asked && (asked.from === asked.to ? asked.from : `${asked.from}..${asked.to}`),
  ];
}

function readSubscribe(written: string, context: Context = several) {
  const { topic: about, at, wished } = readOptions(subscribeOptions, written, context);
  return [about.key, at, wished];
}

/** What somebody is told about words that cannot be read. */
function refusal(options: Options, written: string, context: Context = several): string {
  try {
    readOptions(options, written, context);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'nothing was refused';
}

describe('days and topics of a message that is answered', () => {
  const early = new Date('2026-01-29T18:00:00Z'); // the 30th in Shanghai

  it('are those of the topic that it shows, in its own time zone', () => {
    const shown = { ...aReport({ topic: A_TOPIC.key }), id: 7 };
    const answered = { report: 7, section: null, turn: null };
    const context = { ...several, topic: ROBOTS, now: () => early };
    expect(readDigest('昨天', context)).toEqual(['robots', '2026-01-28']);
    expect(readDigest('昨天', { ...context, shown })).toEqual(['robots', '2026-01-28']);
    expect(readDigest('昨天', { ...context, shown, answered })).toEqual([
      'twitter_ai',
      '2026-01-29',
    ]);
    expect(readDigest('昨天 robots', { ...context, shown, answered })).toEqual([
      'robots',
      '2026-01-28',
    ]);
  });
});

describe('the words of /digest', () => {
  it.each([
    ['', 'twitter_ai', null],
    ['last friday robots', 'robots', '2026-01-23'],
    ['robots last friday', 'robots', '2026-01-23'],
    ['last ROBOTS friday', 'robots', '2026-01-23'],
    ['robots at work yesterday', 'robots', '2026-01-29'],
    ['yesterday Robots At  Work', 'robots', '2026-01-29'],
    ['Robots yesterday', 'robots', '2026-01-29'],
    ['Robots', 'robots', null],
    ['昨天 twitter ai', 'twitter_ai', '2026-01-29'],
    ['en 1月28日到29日', 'en', '2026-01-28..2026-01-29'],
    ['from 2026-01-26 to 2026-01-28 robots', 'robots', '2026-01-26..2026-01-28'],
  ])('come in any order: %j', (written, key, days) => {
    expect(readDigest(written)).toEqual([key, days]);
  });

  it('mean the days of the topic that is named, wherever it is named', () => {
    // Half past midnight in Shanghai; it is still the 30th in UTC.
    const late = { ...several, now: () => new Date('2026-01-30T16:30:00Z') };
    expect(readDigest('yesterday', late)).toEqual(['twitter_ai', '2026-01-30']);
    expect(readDigest('yesterday robots', late)).toEqual(['robots', '2026-01-29']);
    expect(readDigest('robots yesterday', late)).toEqual(['robots', '2026-01-29']);
  });

  it('are refused in one sentence, which says what may be written', () => {
    expect(refusal(digestOptions, 'robots soon')).toBe(
      'I cannot read "soon" as days. Write them like yesterday, last Friday, last 3 days or 2026-01-26..2026-01-29.',
    );
    expect(refusal(digestOptions, 'robots robots')).toContain('I cannot read "robots"');
  });
});

describe('the words of /subscribe', () => {
  it.each([
    ['robots', 'robots', null, null],
    ['robots 12:30 en', 'robots', '12:30', 'en'],
    ['zh-hant 12:30 robots', 'robots', '12:30', 'zh-Hant'],
    ['Robots at Work 9:05', 'robots', '09:05', null],
    ['robots ９：０５', 'robots', '09:05', null],
    ['9：05 robots ja', 'robots', '09:05', 'ja'],
    ['robots 9', 'robots', '09:00', null],
    ['9点 robots zh', 'robots', '09:00', 'zh'],
    ['robots 9点半', 'robots', '09:30', null],
    ['robots 9am', 'robots', '09:00', null],
    ['robots 9:30PM', 'robots', '21:30', null],
    ['robots 12am', 'robots', '00:00', null],
    ['en', 'en', null, null],
    ['en en', 'en', null, 'en'],
    ['ja en 23:59', 'en', '23:59', 'ja'],
    ['robots zh', 'robots', null, 'zh'],
  ])('are a topic, an hour and a language in any order: %j', (written, key, at, wished) => {
    expect(readSubscribe(written)).toEqual([key, at, wished]);
  });

  it('need no topic where there is only one', () => {
    expect(readSubscribe('', one)).toEqual(['twitter_ai', null, null]);
    expect(readSubscribe('12:30 en', one)).toEqual(['twitter_ai', '12:30', 'en']);
  });

  it.each([
    ['', 'Which topic? There are twitter_ai, robots, en.'],
    ['12:30', 'Which topic? There are twitter_ai, robots, en.'],
    ['robotics', 'There is no topic "robotics"; there are twitter_ai, robots, en.'],
    ['the 12:30', 'There is no topic "the"; there are twitter_ai, robots, en.'],
    ['robots 25:00', '"25:00" is no hour. Write it like 10:00.'],
    ['robots 9:5', '"9:5" is no hour. Write it like 10:00.'],
    ['robots 24:00', '"24:00" is no hour. Write it like 10:00.'],
    ['robots 25', '"25" is no hour. Write it like 10:00.'],
    ['robots 13pm', '"13pm" is no hour. Write it like 10:00.'],
    ['robots noon', 'I cannot do anything with "noon" here. It takes: TOPIC [HOUR] [LANGUAGE].'],
    [
      'robots 10:00 11:00',
      'I cannot do anything with "11:00" here. It takes: TOPIC [HOUR] [LANGUAGE].',
    ],
  ])('are refused in one sentence: %j', (written, sentence) => {
    expect(refusal(subscribeOptions, written)).toBe(sentence);
  });

  it('say back no more of what they cannot use than anybody reads', () => {
    const said = refusal(subscribeOptions, `robots ${'noon '.repeat(5000)}`);
    expect(said.length).toBeLessThan(200);
  });
});

describe('an option', () => {
  it('is a language by its tag, or says how tags look', () => {
    const read = (written: string) =>
      readOptions({ wished: language('LANGUAGE') }, written, one).wished;
    expect([read(''), read('EN'), read('pt-br'), read('zh-Hant')]).toEqual([
      null,
      'en',
      'pt-BR',
      'zh-Hant',
    ]);
    for (const written of ['klingon', 'the', 'en zh', '中文', 'und']) {
      expect(refusal({ wished: language('LANGUAGE') }, written)).toBe(
        `"${written}" is no language that I know. Write a tag like en, zh or ja.`,
      );
    }
  });

  it('may take all words, or stand in the help as one that need not be given', () => {
    expect(readOptions({ id: words('ID') }, '  a  b ', one)).toEqual({ id: 'a b' });
    expect(readOptions({ number: page('PAGE') }, '2', one)).toEqual({ number: 2 });
    expect(usageOf({ id: words('ID'), more: someWords('MORE') })).toBe('ID [MORE]');
    expect(readOptions({}, 'whatever is written', one)).toEqual({});
  });

  it('reads whatever is written, or says in a sentence why not, and quickly', () => {
    const anyWords = fc.array(
      fc.oneof(
        fc.string({ maxLength: 12 }),
        fc.constantFrom('robots', 'at', 'work', 'en', '12:30', 'yesterday', '昨天', '..', '：'),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(anyWords, fc.constantFrom(...commands), (said, { options, usage }) => {
        const sentence = refusal(options, said.join(' '));
        expect(sentence).toMatch(/\S/u);
        expect(usageOf(options)).toBe(usage);
      }),
    );
    const long = 'robots at '.repeat(20_000);
    const began = workMs();
    refusal(subscribeOptions, long);
    refusal(digestOptions, long);
    expect(workMs() - began).toBeLessThan(2000);
  });

  it('offers what may be written', async () => {
    const suggest = async (option: Options[string], typed: string) =>
      option.suggest?.(typed, several);
    expect(await suggest(topic('TOPIC'), 'rob')).toEqual(['robots']);
    expect(await suggest(namedTopic('TOPIC'), '')).toEqual(['twitter_ai', 'robots', 'en']);
    expect(await suggest(language('LANGUAGE'), 'e')).toEqual(['en']);
    expect(await suggest(when('DAY'), 'last')).toEqual(['last Friday', 'last week']);
  });
});
