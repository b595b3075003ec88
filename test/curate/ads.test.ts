import { describe, expect, it } from 'vitest';

import { curate } from '../../src/curate/curate.ts';
import { aPost } from '../support/posts.ts';

describe('advertising', () => {
  it.each([
    ['Huge AIRDROP for early users, claim before Friday', 'giveaway or airdrop'],
    ['Weekly giveaways: win a keyboard', 'giveaway or airdrop'],
    ['Follow me and RT to get the prompt pack', 'asks to follow and share'],
    ['This 100x gem goes to the moon 🚀', 'token promotion'],
    ['How I make $5,000 a week while I sleep', 'promises income'],
    ['Use code SAVE20 at checkout for my course', 'sells a course or service'],
    ['50% off my prompt course, sign up now', 'offers a discount'],
    ['Bookmark this! 12 tools, link in bio', 'bait for saving and sharing'],
    ['Learn AI #ai #ml #llm #gpt #tech #money', 'stuffed with tags'],
    ['$AAA $BBB $CCC $DDD are moving', 'stuffed with tickers'],
    ['关注并转发，送三台手机', 'asks to follow and share'],
    ['转发抽奖，送出十份礼物', 'giveaway or airdrop'],
    ['零基础AI课，扫码进群领资料', 'sells a course or service'],
    ['靠AI副业变现，月入3万不是梦', 'promises income'],
    ['限时优惠，加微信领取', 'sells a course or service'],
    ['フォロー＆RTで全員にプレゼント', 'asks to follow and share'],
    ['【プレゼント企画】AIツール集を配布します', 'giveaway or airdrop'],
    ['このツイートにいいねとRTしたフォロワー限定で配布', 'asks to follow and share'],
    ['誰でも稼げるAI副業を教えます', 'promises income'],
    ['¡Sorteo! Sígueme y haz RT para ganar', 'giveaway or airdrop'],
    ['Gana $500 al día con esta IA', 'promises income'],
    ['Curso de IA con código promocional', 'sells a course or service'],
  ])('is left out with its reason: %s', (text, reason) => {
    const { kept, dropped } = curate([aPost({ text })]);
    expect(kept).toEqual([]);
    expect(dropped).toMatchObject([
      { reason: { kind: 'advertising', because: expect.arrayContaining([reason]) } },
    ]);
  });

  it('is seen in a link that pays its sender together with a call to sign up', () => {
    const post = aPost({
      text: 'Sign up now, this editor is wonderful',
      urls: ['https://example.com/?ref=zed'],
    });
    expect(curate([post]).dropped).toMatchObject([
      { reason: { because: ['asks for a message or a click', 'affiliate link'] } },
    ]);
  });

  it.each([
    'I built a small editor for Lumen prompts. It is free and open source, feedback is welcome!',
    'After two years we launch Quill Desk today: it drafts replies and never sends them.',
    'Our new model is 100x cheaper than the last one, and 3% better on the benchmark',
    'Agents use software 100X more than people do',
    'Moonshot AI released the weights of its new model',
    'The crew flies to the Moon in April',
    'Agents that use code to call tools need fewer tokens',
    'API prices are 75% off at night',
    'Price drop: tokens now cost $2 instead of $10',
    'AirDrop now works between both phones',
    'Anthropologists made $40B of grants visible',
    '我做了一个开源小工具，可以把网页存成笔记，欢迎试用和反馈',
    '新模型限时免费，上下文有一百万',
    '把域名加入白名单之后就能访问了',
    '幸存者仅剩77人',
    '本周发布会的要点，一起关注；转发给需要的人',
    '小学生期末抽奖抽中试卷',
    '個人開発のエディタを公開しました。感想をお待ちしています',
    'He publicado mi primer modelo abierto, escrito en dos fines de semana',
  ])('is not seen in what people honestly tell: %s', (text) => {
    expect(curate([aPost({ text })]).dropped).toEqual([]);
  });
});
