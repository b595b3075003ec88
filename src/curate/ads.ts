import type { Post } from '../model/post.ts';
import type { Dropped } from '../model/story.ts';
import { plainText, wordsOf } from '../model/words.ts';
import type { Copies } from './duplicates.ts';

/** A post as it is judged. */
export type Text = {
  readonly post: Post;
  /** The author's own text: without links and without the "RT @handle:" of a repost. */
  readonly body: string;
  /** Every word, in order, as written. */
  readonly tokens: readonly string[];
};

/** A sign of advertising: what it is called in the reasons, how much it weighs, how it is seen. */
type Sign = { readonly name: string; readonly weight: number; seen(item: Text): boolean };

/** Apple's AirDrop, in Apple's spelling, is not one. */
const says = (pattern: RegExp) => (item: Text) =>
  pattern.test(item.post.text.replaceAll('AirDrop', ''));

const SIGNS: readonly Sign[] = [
  {
    name: 'giveaway or airdrop',
    weight: 2,
    seen: says(
      /\b(?:air-?drops?|give-?aways?|whitelist spots?|free mint|pre-?sale|sorteo|regalamos)\b|空投|抽[奖獎](?:送|活动|活動|详情|平台)|(?:转发|轉發|参与|參與|评论|关注)[^。\n]{0,8}抽[奖獎]|白名单(?:名额|资格|抽)|プレゼント企画|エアドロップ/iu,
    ),
  },
  {
    name: 'asks to follow and share',
    weight: 2,
    seen: says(
      /\b(?:follow|like)\b[^.\n]{0,40}\b(?:rt|retweet|repost)\b|\b(?:rt|retweet|repost)\b\s*(?:\+|&|and)\s*\b(?:follow|like)\b|(?:关注|關注)[^，。；！\n]{0,12}(?:转发|轉發)|(?:转发|轉發)[^，。；！\n]{0,12}(?:关注|關注)|フォロー.{0,8}(?:RT|リツイート|リポスト)|(?:RT|リツイート|リポスト)した(?:フォロワー|人|方|全員)|s[ií]gue(?:me|nos).{0,30}\brt\b/iu,
    ),
  },
  {
    name: 'token promotion',
    weight: 2,
    seen: says(
      /\b(?:100x|1000x) (?:gems?|coins?|tokens?|gains?|returns?|potential)\b|\bnext (?:100x )?gem\b|\bbuy the dip\b|\$\p{L}[^.\n]{0,60}\bto the moon\b|\bto the moon\s*🚀|(?:百倍|千倍)币|土狗币|合约地址/iu,
    ),
  },
  {
    name: 'promises income',
    weight: 2,
    seen: says(
      /\b(?:make|earn|made|earning|gana)\b[^.\n]{0,30}[$€£]\s?\d[\d,.]*k?\b[^.\n]{0,30}\b(?:day|week|month|online|home|sleep|d[ií]a)\b|\bpassive income\b|躺赚|日入\s?\d|月入\s?\d|副业.{0,6}(?:变现|赚钱)|稼げる|不労所得/iu,
    ),
  },
  {
    name: 'sells a course or service',
    weight: 2,
    seen: says(
      /\b(?:promo|discount|coupon|referral)\s?codes?\b|\buse code:? ["“']?(?=\p{L}*\d)\w{4,}|\blimited(?:-| )time (?:offer|deal)\b|限时(?:优惠|折扣|特价)|先到先得|买一送一|代充|仅剩\s?\d+\s?个?(?:名额|席位?)|扫码(?:进群|领取|加)|私信(?:我)?领取|加(?:我)?(?:微信|VX|v信)|进群领|招(?:收)?代理|零基础.{0,8}(?:课|班)|期間限定.{0,6}(?:割引|オフ)|c[oó]digo (?:de descuento|promocional)/iu,
    ),
  },
  {
    name: 'offers a discount',
    weight: 1,
    seen: says(
      /\b\d{1,2}% off\b|\bprice drop\b|[$€£]\d[\d.,]* (?:instead of|\(?was) [$€£]\d|限时免费|\bdescuento\b/iu,
    ),
  },
  {
    name: 'asks for a message or a click',
    weight: 1,
    seen: says(
      /\blink in (?:my )?bio\b|\bdm (?:me|us)\b|\bsign up (?:now|today)\b|\bjoin (?:now|our (?:telegram|discord|whatsapp))\b|\bgrab (?:it|yours|your)\b|\bap[uú]ntate\b|\benlace en (?:mi|la) bio\b|\bcomment ["“][^"”]{2,20}["”]|主页链接|评论区(?:扣|领)|私信我|プロフィール(?:の)?リンク/iu,
    ),
  },
  {
    name: 'bait for saving and sharing',
    weight: 1,
    seen: says(
      /\b(?:bookmark|save) this\b|\btools? (?:that|which) will (?:make|change|blow|10x)|\b(?:don't|do not) miss (?:out|this)\b|错过(?:后悔|再等)|速领|免费领/iu,
    ),
  },
  {
    name: 'affiliate link',
    weight: 1,
    seen: ({ post }) =>
      post.urls.some((url) => /[?&](?:ref|aff|affiliate|via|coupon|invite)=/i.test(url)),
  },
  {
    name: 'stuffed with tags',
    weight: 2,
    seen: ({ tokens }) => {
      const tags = tokens.filter((token) => /^[#＃]/.test(token)).length;
      return tags >= 6 || (tags >= 4 && tags * 2 >= tokens.length);
    },
  },
  {
    name: 'stuffed with tickers',
    weight: 2,
    seen: ({ tokens }) => tokens.filter((token) => /^\$\p{L}/u.test(token)).length >= 4,
  },
];

const ENOUGH = 2;

/** The signs that make a post advertising; none when it is honest. */
export function advertisingSigns(item: Text, _sameTextBy: number): readonly string[] {
  const seen = SIGNS.filter((sign) => sign.seen(item));
  const weight = seen.reduce((sum, sign) => sum + sign.weight, 0);
  return weight < ENOUGH ? [] : seen.map((sign) => sign.name);
}

/**
 * Leaves out advertising and spam with all its copies, except where an owner took one of them back.
 */
export function dropAdvertising(
  groups: readonly Copies[],
  takenBack: ReadonlySet<string>,
): { kept: Copies[]; dropped: Dropped[] } {
  const kept: Copies[] = [];
  const dropped: Dropped[] = [];
  for (const group of groups) {
    const because = group.some(({ post }) => takenBack.has(post.id)) ? [] : signsOf(group);
    if (because.length === 0) kept.push(group);
    else {
      for (const { post } of group) {
        dropped.push({ post, reason: { kind: 'advertising', because } });
      }
    }
  }
  return { kept, dropped };
}

function signsOf(group: Copies): readonly string[] {
  const [{ post: original }] = group;
  const text = {
    post: original,
    body: plainText(original.text).trim(),
    tokens: wordsOf(original),
  };
  const tellers = group.filter(({ post }) => !post.isRepost).map(({ post }) => post.author);
  return advertisingSigns(text, new Set(tellers).size);
}
