import { describe, expect, it } from 'vitest';

import { answerMessage } from '../../src/ask/message.ts';
import { isSmallTalk, unsearchedIn } from '../../src/ask/unsearched.ts';
import type { Answer, Turn } from '../../src/model/asking.ts';
import type { Language } from '../../src/model/topic.ts';
import { askedToAnswer } from '../support/answers.ts';
import { aLibrary, postsIn } from '../support/library.ts';

/** The message of an answer, marks and all. */
const saidIn = (answer: Answer, language: Language) =>
  JSON.stringify(answerMessage(answer, language, 'UTC'));

describe('small talk', () => {
  it.each([
    'hi',
    'Hello!',
    'thanks!',
    'Thank you so much 🙏',
    'ok',
    'Good morning',
    'how are you?',
    "what's up?",
    'tell me a joke',
    'who are you?',
    'ok, thanks',
    '谢谢',
    '谢谢你！',
    '你好',
    '您好呀',
    '大家早上好',
    '好的',
    '嗯嗯',
    '哈哈哈',
    '讲个笑话',
    '你是谁？',
  ])('is no question: %s', (message) => expect(isSmallTalk(message)).toBe(true));

  it.each([
    '',
    '?',
    '👍',
    'more',
    'why?',
    'is it good?',
    'hi, what does Lumen 7 cost?',
    'thanks to whom?',

    'who said thanks?',
    'no cap',
    'all',
    'good models',
    'Hello Kitty',
    'OpenAI',
    'and the price?',

    '大家怎么看',
    '谢谢的人是谁',
    '还有呢',
    '你好酷的产品',
    '的',
    '好用吗',
    '谁说了谢谢',
    '嗯'.repeat(500),
  ])('is not what may ask for something: %s', (message) =>
    expect(isSmallTalk(message)).toBe(false),
  );

  it('is answered with what can be asked, and asks no model', async () => {
    const { claude, ask } = await aLibrary();
    const { answer } = await ask('thanks!');
    expect(answer).toMatchObject({ kind: 'declined', sources: [], unsearched: 'talk' });
    expect(askedToAnswer(claude)).toEqual([]);
    expect(saidIn(answer, 'en')).toContain('/help');
    expect(saidIn(answer, 'zh')).toContain('/help');
  });

  it('does not end a conversation', async () => {
    const { ask } = await aLibrary();
    const alone = { office: null };
    const turn = (id: number, question: string, answer: Answer): Turn => {
      return {
        id,
        speaker: 'u1',
        question,
        answer,
        about: null,
        at: new Date('2026-10-12T19:00Z'),
      };
    };
    const { answer: first } = await ask('What does Lumen 7 cost?', {}, alone);
    const { answer: thanked } = await ask('thanks', {}, alone);
    const before = [turn(1, 'What does Lumen 7 cost?', first)];
    const turns = [...before, turn(2, 'thanks', thanked)];
    const { answer: then } = await ask('who said that?', { turns }, alone);
    const { answer: otherwise } = await ask('who said that?', { turns: before }, alone);
    expect(postsIn(then)).toEqual(postsIn(otherwise));
    expect(postsIn(then)).not.toEqual([]);
  });
});

describe('a question for a number of posts or authors', () => {
  it.each([
    'how many posts were there on 2026-04-16?',
    'How many people wrote about Opus 4.7?',
    'how many authors mentioned Lumen',
    'who posted the most?',
    'who wrote most posts on Monday',
    'what was the number of posts?',
    '有多少条帖子？',
    '昨天有几条推文',
    '多少人提到了 Lumen',
    '谁发帖最多',
  ])('is told to need a model where there is none: %s', async (question) => {
    expect(unsearchedIn(question, false)).toBe('count');
    expect(unsearchedIn(question, true)).toBe(null);
  });

  it.each([
    'how many people use Lumen?',
    'who posted the most liked post?',
    "how many likes did Mira's post get?",
    '那条推文有多少点赞',
    '去了多少人',
    'how much does it cost?',
    '谁提到最多的问题是什么',
  ])('is not one that posts may answer: %s', (question) =>
    expect(unsearchedIn(question, false)).toBe(null),
  );

  it('is not said to be spoken of nowhere', async () => {
    const { ask } = await aLibrary();
    const { answer } = await ask('How many people wrote about Lumen 7?', {}, { office: null });
    expect(saidIn(answer, 'en')).toContain('Counting posts');
    expect(saidIn(answer, 'zh')).toContain('统计');
  });
});
