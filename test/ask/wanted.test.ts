import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { askedForIn, countedIn, holds } from '../../src/ask/asked-for.ts';
import { associatesIn, authorsIn, wantedIn } from '../../src/ask/wanted.ts';
import { anyText } from '../curate/any-posts.ts';

/** What a question asks for by these words. */
function calledIn(question: string, word: string): ReadonlyMap<string, number> {
  const wanted = wantedIn(question).filter((one) => one.word === word && one.needed > 0);
  return new Map(wanted.flatMap(({ terms }) => [...terms]));
}

describe('what a question asks for', () => {
  it('are its words with a subject', () => {
    const words = (question: string) =>
      wantedIn(question).flatMap(({ word, needed }) => (needed > 0 ? [word] : []));
    expect(words('what did anybody say about the price of Lumen?')).toEqual(['price', 'Lumen']);
    expect(words('有人说过港口的价格吗')).toEqual(['港口', '价格']);
    expect(words('the of and')).toEqual([]);
    expect(words('')).toEqual([]);
  });

  it('keeps words that capitals make names', () => {
    expect(calledIn('the AIE talk', 'AIE').has('aie')).toBe(true);
  });

  it('knows Chinese words in English, the likely ones before others', () => {
    const terms = calledIn('港口关闭了吗', '港口');
    expect(terms.get('port')).toBeGreaterThan(0);
    expect(terms.get('港口')).toBe(1);
    expect(calledIn('融资的消息', '融资').get('fund')).toBe(1);
  });

  it.each([
    ['谷歌发了什么', '谷歌', 'googl'],
    ['龙虾好用吗', '龙虾', 'openclaw'],
    ['A 社的氛围', 'A 社', 'anthrop'],
    ['奥特曼怎么看', '奥特曼', 'altman'],
    ['卡神怎么看', '卡神', 'karpathi'],
    ['what does google do', 'google', '谷歌'],
    ['cc 好用吗', 'cc', 'claud'],
  ])('knows in "%s" what %s is called besides', (question, word, term) => {
    expect(calledIn(question, word).has(term)).toBe(true);
  });

  it('takes a name with its version for one thing', () => {
    expect(calledIn('when is Lumen 7 out', '7').get('lumen7')).toBe(1);
    expect(calledIn('when is Lumen-7 out', 'Lumen-7').has('lumen7')).toBe(true);
  });

  it('holds together what is no known word', () => {
    expect([...calledIn('青鸾融了多少钱', '青鸾融').keys()]).toContain('青鸾');
  });

  it('is found in any text, each thing with terms and a weight', () => {
    fc.assert(
      fc.property(anyText, (question) => {
        for (const { terms, weight, needed } of wantedIn(question)) {
          expect(terms.size).toBeGreaterThan(0);
          expect(weight + needed).toBeGreaterThan(0);
          for (const likelihood of terms.values()) {
            expect(likelihood).toBeGreaterThan(0);
            expect(likelihood).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });
});

describe('whom a question asks about', () => {
  it.each([
    ['what did Mira Vance say', 'mira'],
    ["what's @mira_demo's take", 'mirademo'],
    ['奥特曼昨天发了什么', 'sama'],
  ])('"%s" may mean %s', (question, name) => {
    expect(authorsIn(question)).toContain(name);
  });

  it('may be who belongs to the company that it names', () => {
    expect(associatesIn('what is new at Google')).toContain('joshwoodward');
    expect(associatesIn('what is new in the port')).toEqual([]);
  });
});

describe('the kind of thing that is asked for', () => {
  it.each([
    ['how much does Lumen cost?', 'money'],
    ['青鸾融了多少钱', 'money'],
    ['what percent of them', 'share'],
    ['when is Lumen 7 out', 'time'],
    ['什么时候发布', 'time'],
    ['how many notes are in it', 'amount'],
    ['MoYan-34B 需要多大显存', 'amount'],
    ['who said that?', 'person'],
    ['谁说的', 'person'],
    ['is Lumen any good', null],
  ])('in "%s" is %s', (question, kind) => {
    expect(askedForIn(question)).toBe(kind);
  });

  it.each([
    ['it is $20 a month', 'money', true],
    ['it is free', 'money', true],
    ['it costs a lot', 'money', false],
    ['grew by 40%', 'share', true],
    ['grew by 40', 'share', false],
    ['out next week', 'time', true],
    ['out, finally', 'time', false],
    ['17,000 pages', 'amount', true],
    ['三千页', 'amount', true],
    ['Lumen 7.1 and Quill-4 https://example.com/9', 'amount', false],
    ['1. first\n2) second', 'amount', false],
    ['anything', null, false],
  ] as const)('stands in "%s": %s %s', (text, kind, expected) => {
    expect(holds(text, kind, 'how many?')).toBe(expected);
  });

  it('is not what the question says itself', () => {
    expect(holds('there were 12', 'amount', 'how many of the 12?')).toBe(false);
  });

  it.each([
    ['how many notes are in it', 'notes are'],
    ['what score did they give', 'score'],
    ['裁了多少员工', '员工'],
    ['is it big', ''],
  ])('in "%s" is an amount of "%s"', (question, counted) => {
    expect(countedIn(question).trim()).toBe(counted);
  });
});
