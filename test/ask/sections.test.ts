import { describe, expect, it } from 'vitest';

import { isWithin, sectionsIn, wholeIn } from '../../src/ask/sections.ts';

describe('the sections of a question', () => {
  it.each([
    ['B 部分说 Kimi 便宜十倍，谁说的？', ['III.B'], '说 Kimi 便宜十倍，谁说的？'],
    ['B部分谁说的', ['III.B'], '谁说的'],
    ['第 C 节', ['III.C'], ''],
    ['what does section c say', ['III.C'], 'what does say'],
    ['part II please', ['II'], 'please'],
    ['II.3 说了什么', ['II.3'], '说了什么'],
    ['who said III.C.2?', ['III.C.2'], 'who said ?'],
    ['show me the posts behind C', ['III.C'], 'show me the posts'],
    ['compare III.A and III.B', ['III.A', 'III.B'], 'compare and'],
  ])('of "%s" are %j', (question, sections, rest) => {
    const read = sectionsIn(question);
    expect(read.sections).toEqual(sections);
    expect(read.rest.replace(/\s+/g, ' ').trim()).toBe(rest);
  });

  it.each(['What did I say?', 'A社 是什么', 'GPT-5.2 vs II', 'a model of the I.R.S.', '第三部分'])(
    'are none in "%s"',
    (question) => expect(sectionsIn(question)).toEqual({ sections: [], rest: question }),
  );

  it('hold their lines and no others', () => {
    expect(isWithin('III.B.2', ['III.B'])).toBe(true);
    expect(isWithin('II.3', ['II.3'])).toBe(true);
    expect(isWithin('II.30', ['II.3'])).toBe(false);
    expect(isWithin('III.B.2', ['II'])).toBe(false);
    expect(isWithin('III.B.2', [])).toBe(false);
  });
});

describe('the report as a whole', () => {
  it.each([
    ['what is in this digest about China?', 'what is about China?'],
    ['what does the report say about harbours?', 'what does say about harbours?'],
    ['这份日报里有什么关于港口的', '有什么关于港口的'],
  ])('is meant by "%s"', (question, rest) => {
    const read = wholeIn(question);
    expect(read.isWhole).toBe(true);
    expect(read.rest.replace(/\s+/g, ' ').trim()).toBe(rest);
  });

  it.each(['a report about harbours', '财报怎么样', 'digest that'])(
    'is not in "%s"',
    (question) => {
      expect(wholeIn(question)).toEqual({ isWhole: false, rest: question });
    },
  );
});
