import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { advertisingSigns } from '../../src/curate/ads.ts';
import { curate } from '../../src/curate/curate.ts';
import { AD_SIGNS, type AdSign } from '../../src/model/advertising.ts';
import type { Post } from '../../src/model/post.ts';
import { plainText, wordsOf } from '../../src/model/words.ts';
import { LANGUAGES } from '../../src/model/topic.ts';
import { textsIn } from '../../src/texts/texts.ts';
import { aPost } from '../support/posts.ts';
import { workMs } from '../support/work.ts';

function signsOf(fields: Partial<Post>, sameTextBy = 1): readonly AdSign[] {
  const post = aPost(fields);
  return advertisingSigns(
    { post, body: plainText(post.text).trim(), tokens: wordsOf(post) },
    sameTextBy,
  );
}

describe('advertising', () => {
  it.each<[AdSign, string]>([
    ['giveaway', 'Huge AIRDROP for early users, claim your share before Friday! https://t.co/x1'],
    ['asks-to-follow', 'Follow me and RT to get the prompt pack'],
    ['token-promotion', '$LUMO presale is live, 100x gem, next stop the moon 🚀 https://t.co/x2'],
    ['trading-signal', 'LUMO/USDT long. Entry: 1.20 Take profit: 1.45 Stop loss: 1.10'],
    ['income-promise', 'How I make $5,000 a week while I sleep: https://t.co/x3'],
    ['accounts-for-sale', 'Netflix, Spotify and Canva premium accounts, full warranty, message me'],
    ['sells-goods', 'Enrol in my AI course now, only 20 seats left! https://t.co/x4'],
    ['sells-services', 'We build chatbots for your clinic. Book a call today: https://t.co/x5'],
    ['discount', '80% off our writing app, today only. Get yours: https://t.co/x6'],
    ['addresses-customers', 'Tired of writing emails? Our AI does it for you. https://t.co/x7'],
    ['hashtag-stuffing', 'Learn AI #ai #ml #llm #gpt #tech #money'],
    ['ticker-stuffing', '$AAA $BBB $CCC $DDD are moving'],
    ['asks-to-follow', '关注并转发，抽三位送手机'],
    ['giveaway', '转发抽奖，送出十份礼物，详情看评论区'],
    ['accounts-for-sale', '会员账号出售，月卡 30 元，季卡 80 元，秒到账，私信'],
    ['sells-goods', '零基础 AI 训练营，限时优惠，扫码进群领资料包'],
    ['income-promise', '靠 AI 副业变现，月入 3 万不是梦，想赚钱的加微信'],
    ['asks-to-follow', 'フォロー＆RTで全員にプレゼント🎁'],
    ['giveaway', '【プレゼント企画】AIツール集を無料配布します。受け取り方法はリプ欄へ'],
    ['income-promise', '誰でも稼げるAI副業を教えます。LINE登録はこちら https://t.co/x8'],
    ['giveaway', '¡Sorteo! Sígueme y haz RT para ganar una tableta'],
    ['income-promise', 'Gana 500 € al día con esta IA. Escríbeme por privado'],
    ['sells-goods', 'Curso de IA con código promocional, últimas plazas: https://t.co/x9'],
  ])('is known by its %s: %s', (sign, text) => {
    expect(signsOf({ text, likes: 0 })).toContain(sign);
  });

  it.each([
    'I built a small editor for Lumen prompts. It is free and open source, feedback is welcome!',
    'After two years we launch Quill Desk today: it drafts replies and never sends them.',
    'Lumen 8 is out: 1M tokens of context, $3 per million in, weights on the hub, paper below.',
    'Our new model is 100x cheaper than the last one, and 3% better on the benchmark',
    'Agents use software 100X more than people do',
    'Moonshot AI released the weights of its new model',
    'Agents that use code to call tools need fewer tokens',
    'API prices are 75% off at night',
    'AirDrop now works between both phones',
    'Has anybody taken a good course on agents? I would pay for one.',
    'Beware of the fake airdrop that asks for your keys, it is a scam',
    'The regulator fined a shop that promised passive income https://t.co/y1',
    'I bought the yearly plan and regret it: the discount is gone after three months',
    '我做了一个开源小工具，可以把网页存成笔记，欢迎试用和反馈',
    '新模型限时免费，上下文有一百万',
    '把域名加入白名单之后就能访问了',
    '本周发布会的要点，一起关注；转发给需要的人',
    '小学生期末抽奖抽中试卷',
    '这个月的会员费涨到 200 元，我退订了',
    '個人開発のエディタを公開しました。感想をお待ちしています',
    'セミナーに参加してきた。思ったより面白かった',
    'He publicado mi primer modelo abierto, escrito en dos fines de semana',
    'El curso me pareció caro y flojo, no lo recomiendo',
  ])('is not seen in what people honestly tell: %s', (text) => {
    expect(signsOf({ text })).toEqual([]);
  });

  it('is seen in a link that pays its sender together with a call to sign up', () => {
    const text = 'Sign up now, this editor is wonderful: https://example.com/?ref=zed';
    expect(signsOf({ text, urls: ['https://example.com/?ref=zed'] })).toEqual(
      expect.arrayContaining(['affiliate-link', 'call-to-act']),
    );
  });

  it('is doubted where many people like the post, and where that is unknown it is not', () => {
    const text = 'Sign up for our newsletter: https://t.co/z1';
    expect(signsOf({ text, likes: 3 })).not.toEqual([]);
    expect(signsOf({ text, likes: null })).toEqual(signsOf({ text, likes: 3 }));
    expect(signsOf({ text, likes: 400 })).toEqual([]);
  });

  it('is no matter of being posted by many alone', () => {
    const text = 'Lumen Labs opens an office in Osk https://t.co/z2';
    expect(signsOf({ text }, 50)).toEqual([]);
  });

  it('is left out with all its copies, and taken back with all of them', () => {
    const text = 'Follow me and RT to win one of 500 phones! https://t.co/z3';
    const posts = ['a', 'b', 'c'].map((id) => aPost({ id, text, author: `${id}_demo` }));
    expect(curate(posts).dropped.map(({ reason }) => reason.kind)).toEqual([
      'advertising',
      'advertising',
      'advertising',
    ]);
    const { kept, stories } = curate(posts, { takenBack: new Set(['b']) });
    expect(kept.map(({ id }) => id)).toEqual(['a']);
    expect(stories).toMatchObject([{ voices: 3 }]);
  });

  it('gives known signs, each once, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const signs = signsOf({ text });
        expect(AD_SIGNS).toEqual(expect.arrayContaining([...signs]));
        expect(new Set(signs).size).toBe(signs.length);
      }),
    );
  });

  it.each([
    'follow ',
    'free $9 ',
    '!',
    '关注',
    'フォロー',
    'a',
    ' ',
    '1 ',
    '@a ',
    '#a ',
    '$a ',
    '\n',
  ])('is judged quickly in very long texts of %j', (piece) => {
    const text = piece.repeat(Math.ceil(100_000 / piece.length));
    const started = workMs();
    signsOf({ text });
    expect(workMs() - started).toBeLessThan(2000);
  });

  it.each(LANGUAGES)('has words for every sign: %s', (language) => {
    const words = AD_SIGNS.map((sign) => textsIn(language).adSign(sign));
    expect(new Set(words).size).toBe(AD_SIGNS.length);
  });
});
