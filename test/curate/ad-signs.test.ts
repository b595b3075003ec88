import { describe, expect, it } from 'vitest';

import { advertisingSigns, type Text } from '../../src/curate/ads.ts';
import { curate } from '../../src/curate/curate.ts';
import type { AdSign } from '../../src/model/advertising.ts';
import type { Post } from '../../src/model/post.ts';
import { plainText, wordsOf } from '../../src/model/words.ts';
import { aPost } from '../support/posts.ts';
import { workMs } from '../support/work.ts';

function asText(fields: Partial<Post>): Text {
  const post = aPost(fields);
  return { post, body: plainText(post.text).trim(), tokens: wordsOf(post) };
}

const signsOf = (text: string) => advertisingSigns(asText({ text }), 1);

describe('the signs of advertising', () => {
  it.each<[AdSign, string]>([
    ['giveaway', 'Huge AIRDROP for early users, claim yours before Friday, only 20 spots left'],
    ['giveaway', 'GIVEAWAY! Three winners get a year of Lumen Pro. Enter now!'],
    ['giveaway', '转发抽奖，送出十份礼物，最后一天'],
    ['giveaway', '【プレゼント企画】AIツール集を先着30名様に無料配布します'],
    ['giveaway', '¡Sorteo! Regalamos tres licencias, plazas limitadas'],
    ['asks-to-follow', 'Follow me and RT to get the prompt pack'],
    ['asks-to-follow', 'Like, repost and comment "QUILL" and I will send you my list'],
    ['asks-to-follow', '关注并转发，送三台手机'],
    ['asks-to-follow', 'フォロー＆RTで全員に配布します'],
    ['asks-to-follow', 'Sígueme y haz RT, te lo envío por privado'],
    ['token-promotion', 'The presale of our memecoin is live, next 100x gem'],
    ['token-promotion', '新币预售，百倍币就在这里'],
    ['token-promotion', '草コインの先行販売、詳しくはDMへ'],
    ['token-promotion', 'La preventa del token $LUZ ya está abierta'],
    ['trading-signal', 'BUY NOW $QLL entry: 1.20 take profit 1.60 stop loss 1.10'],
    ['trading-signal', '进场点位已发，老师喊单，跟单群限时开放'],
    ['income-promise', 'How I make $5,000 a week while you sleep on AI. Passive income!'],
    ['income-promise', '靠AI副业变现，月入3万不是梦，私信我领取方法'],
    ['income-promise', '誰でも稼げるAI副業を教えます'],
    ['income-promise', 'Gana $500 al día con esta IA, escríbeme'],
    ['accounts-for-sale', 'Premium accounts: video, music, design, all with warranty'],
    ['accounts-for-sale', 'netflix spotify canva quillbot, cheap'],
    ['accounts-for-sale', '会员代充，月卡98，掉了包赔'],
    ['accounts-for-sale', 'Vendo cuentas de música y vídeo con garantía'],
    ['sells-goods', 'My prompt engineering course starts Monday. Enroll now!'],
    [
      'sells-goods',
      'Our masterclass shows you how to write twice as fast. Get your seat, limited spots',
    ],
    ['sells-goods', '零基础AI课程，限时优惠，点击链接报名'],
    ['sells-goods', 'AI時短術セミナー、今だけ半額。お申し込みはこちら'],
    ['sells-goods', 'Curso de IA con 40% de descuento, inscríbete aquí'],
    ['sells-services', 'We build custom chatbots for your shop. Book a demo, prices from $90'],
    ['sells-services', '承接代写，价格低价，加微信详聊'],
    ['sells-services', '御社の仕事を自動化しませんか？ご相談は無料相談から'],
    ['sells-services', '¿Quieres vender más? Nuestro equipo te ayuda, agenda una llamada'],
    ['discount', '50% off our prompt pack, use code SAVE20, today only'],
    ['discount', '半价特价，仅剩3个名额，扫码咨询'],
    ['addresses-customers', 'Tired of writing emails? Let Quillpost draft them for you!'],
    ['addresses-customers', '¿Buscas clientes? Descubre cómo conseguirlos: reserva tu demo'],
    ['praises-product', 'Say goodbye to boring slides! Deckpal is the all-in-one tool. Try it now'],
    ['contact-to-buy', '长期出成品号，加微信 quill_shop99'],
    ['hashtag-stuffing', 'Learn AI #ai #ml #llm #gpt #tech #money'],
    ['ticker-stuffing', '$AAA $BBB $CCC $DDD are moving'],
  ])('is known by the sign %s: %s', (sign, text) => {
    expect(signsOf(text)).toContain(sign);
  });

  it.each([
    [
      'maker, with figures',
      'We released Quill 2.0: context 1M, price $3/M, docs at example.com/docs',
    ],
    [
      'maker, of a tool',
      'I built a small editor for prompts. It is free and open source, feedback is welcome!',
    ],
    [
      'maker, of a launch',
      'After two years we launch Quill Desk today: it drafts replies and never sends them.',
    ],
    ['maker, in Chinese', '我做了一个开源小工具，可以把网页存成笔记，欢迎试用和反馈'],
    ['maker, in Japanese', '個人開発のエディタを公開しました。感想をお待ちしています'],
    ['maker, in Spanish', 'He publicado mi primer modelo abierto, escrito en dos fines de semana'],
    ['a change of prices', 'From November the plan costs $22 a month (today $9)'],
    ['a price drop', 'Price drop: tokens now cost $2 instead of $10'],
    ['a price told in Chinese', '会员价格降到了10美元，还是付不了款'],
    ['a price told in Japanese', '新しいモデルの料金が半額になったと発表された'],
    [
      'a question about prices',
      'Is the Pro plan worth $20 a month, or should I stay on the free plan?',
    ],
    ['a question about a course', '有没有人上过这个AI课程？值不值得买？'],
    ['a question in Spanish', '¿Alguien sabe si vale la pena pagar el plan de 20 dólares?'],
    [
      'a headline',
      'Maker of chips falls 5% after the new export rules https://example.com/news $QLL',
    ],
    [
      'a headline in Spanish',
      'El gobierno anuncia 500 millones para la IA https://example.com/news',
    ],
    ['talk of giveaways', 'Most AI giveaways on here are scams. Nobody sends you a free laptop.'],
    ['talk of giveaways in Spanish', 'Cuidado con los sorteos de cuentas falsas, es una estafa'],
    ['a draw as an event', '小学生期末抽奖抽中试卷'],
    ['a present as a subject', 'プレゼントに何を買うかAIに相談した'],
    ['talk of account sellers', '又看到有人卖账号，小心被骗'],
    ['talk of courses', 'She teaches a course on AI and law, and the reading list is public.'],
    ['talk of adverts', 'AI副業の広告が多すぎて、詐欺じゃないかと思う'],
    ['coins in passing', 'The crypto crowd moved to AI the minute the market cap fell'],
    ['tokens of a model', 'The token limit is 200k and each token costs 0.3 cents'],
    [
      '100x in passing',
      'Our new model is 100x cheaper than the last one, and 3% better on the benchmark',
    ],
    ['the Moon', 'The crew flies to the Moon in April'],
    ["Apple's AirDrop", 'AirDrop now works between both phones'],
    ['a list of domains', '把域名加入白名单之后就能访问了'],
    ['follow and like as verbs', 'I like the new voice mode and follow the docs closely'],
    ['sharing in the news', '本周发布会的要点，一起关注；转发给需要的人'],
    ['joy alone', 'Watching the keynote now, the demo with the robot was great!!! 🤯🤯🚀🔥'],
    [
      'half a dozen tags in a long post',
      `${'The seventh day at sea was calm. '.repeat(8)} #a #b #c #d #e #f`,
    ],
  ])('is not seen in %s', (_, text) => {
    expect(signsOf(text)).toEqual([]);
  });

  it('needs no words, and is not seen where there are none', () => {
    expect(signsOf('')).toEqual([]);
    expect(signsOf('🚀🚀🚀!!!')).toEqual([]);
  });

  it('names the strongest sign first', () => {
    const signs = signsOf('RT + follow me! Sign up now!! Free ebook, 50% off');
    expect(signs[0]).toBe('asks-to-follow');
    expect(signs.at(-1)).toBe('loud');
  });

  it('is seen in a link that pays its sender together with a praise', () => {
    const text = 'This is the best tool for writers';
    const urls = ['https://example.com/?ref=zed'];
    expect(advertisingSigns(asText({ text, urls }), 1)).toContain('affiliate-link');
    expect(advertisingSigns(asText({ text }), 1)).toEqual([]);
  });

  it('is helped by many who post the same text, and never made by them', () => {
    const offer = asText({ text: 'My new ebook is here, get yours' });
    expect(advertisingSigns(offer, 1)).toEqual([]);
    expect(advertisingSigns(offer, 5)).toContain('same-text-by-many');
    expect(advertisingSigns(asText({ text: 'The museum opens again in May' }), 50)).toEqual([]);
  });

  it('asks less of a text that was cut', () => {
    const text = 'My new ebook is here, get yours, it has everything that';
    expect(signsOf(text)).toEqual([]);
    expect(advertisingSigns(asText({ text, truncated: true }), 1)).toContain('sells-goods');
  });

  it('is read through fancy letters and accents', () => {
    expect(signsOf('𝗙𝗼𝗹𝗹𝗼𝘄 𝗺𝗲 𝗮𝗻𝗱 𝗥𝗧 to get it')).toContain('asks-to-follow');
    expect(signsOf('INSCRÍBETE ya: CURSO con 40% de DESCUENTO')).toContain('sells-goods');
  });

  it.each([
    '1',
    'a',
    ' ',
    '!',
    '$1',
    'ww',
    'make $',
    'like, ',
    '转发',
    '「',
    'フォロー',
    'my ',
    '\n!',
  ])('is judged in no time in a long hostile text of %j', (piece) => {
    const text = piece.repeat(25_000 / piece.length);
    const item: Text = { post: aPost({ text }), body: text, tokens: [] };
    const start = workMs();
    advertisingSigns(item, 1);
    expect(workMs() - start).toBeLessThan(250);
  });

  it('is left out of a digest with all its copies', () => {
    const text = 'Follow me and RT to get the prompt pack';
    const { kept, dropped } = curate([
      aPost({ text, author: 'ada_quill_demo' }),
      aPost({ text, author: 'zed_penn_demo' }),
    ]);
    expect(kept).toEqual([]);
    expect(dropped).toMatchObject([
      { reason: { kind: 'advertising' } },
      { reason: { kind: 'advertising' } },
    ]);
  });
});
