import type { AdSign } from '../model/advertising.ts';
import type { Post } from '../model/post.ts';
import type { Dropped } from '../model/story.ts';
import { plainText, wordsOf } from '../model/words.ts';
import { type ConceptName, fold, speaker } from './ad-concepts.ts';
import type { Copies } from './duplicates.ts';
import { isCut } from './prepare.ts';

/** A post as it is judged. */
export type Text = {
  readonly post: Post;
  /** The author's own text: without links and without the "RT @handle:" of a repost. */
  readonly body: string;
  /** Every word, in order, as written. */
  readonly tokens: readonly string[];
};

/** A post as the signs look at it. */
type Look = Text & {
  /** The body, folded. */
  readonly text: string;
  /** How many accounts posted this same text as their own. */
  readonly sameTextBy: number;
  readonly says: (concept: ConceptName) => boolean;
};

/** What speaks for advertising or against it, and how much. */
type Fact = { readonly weight: number; seen(look: Look): boolean };

type Sign = Fact & { readonly key: AdSign };

/**
 * What is offered and asked for, strongest first. A regression over labelled posts led the weights;
 * they are rounded, and rare things (a list of accounts) are weighed by hand.
 */
const MATTER: readonly Sign[] = [
  {
    key: 'accounts-for-sale',
    weight: 2,
    seen: ({ says, text }) => says('accounts') || new Set(text.match(RESOLD)).size >= 3,
  },
  { key: 'asks-to-follow', weight: 2.5, seen: ({ says }) => says('follow') },
  { key: 'token-promotion', weight: 2, seen: ({ says }) => says('token') },
  { key: 'trading-signal', weight: 2, seen: ({ says }) => says('signal') },
  { key: 'ticker-stuffing', weight: 2, seen: ({ tokens }) => count(tokens, TICKER) >= 4 },
  {
    key: 'hashtag-stuffing',
    weight: 2,
    seen: ({ tokens }) => count(tokens, TAG) >= Math.max(5, tokens.length / 2),
  },
  { key: 'income-promise', weight: 1.5, seen: ({ says }) => says('income') },
  { key: 'giveaway', weight: 1.5, seen: ({ says }) => says('giveaway') },
  { key: 'addresses-customers', weight: 1.5, seen: ({ says }) => says('customer') },
  { key: 'sells-goods', weight: 1, seen: ({ says }) => says('goods') },
  { key: 'sells-services', weight: 1, seen: ({ says }) => says('services') },
  { key: 'discount', weight: 1, seen: ({ says }) => says('offer') },
  {
    key: 'free-offer',
    weight: 1,
    seen: ({ says, body }) => says('free') || /\b(?:FREE|GRATIS)\b/.test(body),
  },
  { key: 'price-list', weight: 1, seen: ({ text }) => (text.match(PRICE)?.length ?? 0) >= 3 },
  { key: 'contact-to-buy', weight: 1, seen: ({ says }) => says('contact') },
  { key: 'affiliate-link', weight: 1, seen: ({ post }) => post.urls.some(paysItsSender) },
  { key: 'crypto-talk', weight: 1, seen: ({ says }) => says('crypto') },
  { key: 'ticker', weight: 1, seen: ({ tokens }) => tokens.some((token) => TICKER.test(token)) },
  { key: 'urgency', weight: 1, seen: ({ says }) => says('urgency') },
  { key: 'praises-product', weight: 1, seen: ({ says }) => says('praise') },
  { key: 'promises-benefit', weight: 0.5, seen: ({ says }) => says('promise') },
  { key: 'presents-product', weight: 0.5, seen: ({ says }) => says('presents') },
  { key: 'for-your-business', weight: 0.5, seen: ({ says }) => says('business') },
  { key: 'call-to-act', weight: 0.5, seen: ({ says }) => says('call') },
  { key: 'invites-to-click', weight: 0.5, seen: ({ says }) => says('invite') },
];

/** How it is said: no post is advertising by its manner alone. */
const MANNER: readonly Sign[] = [
  { key: 'slogan', weight: 0.5, seen: ({ says }) => says('imperative') },
  {
    key: 'many-hashtags',
    weight: 0.5,
    seen: ({ tokens }) => count(tokens, TAG) >= Math.max(3, tokens.length / 10),
  },
  { key: 'loud', weight: 0.5, seen: ({ text }) => (text.match(LOUD)?.length ?? 0) >= 2 },
  { key: 'same-text-by-many', weight: 0.5, seen: ({ sameTextBy }) => sameTextBy >= 3 },
];

/** What honest posts have; it takes away from the weight of the signs. */
const HONESTY: readonly Fact[] = [
  { weight: 1.5, seen: ({ says }) => says('critique') },
  { weight: 1, seen: ({ says }) => says('asks') },
  { weight: 1, seen: ({ says }) => says('experience') },
  { weight: 1, seen: ({ says }) => says('report') },
  { weight: 1, seen: ({ says }) => says('making') },
  // Advertising is posted far more than it is liked; what is unknown speaks neither way.
  { weight: 1, seen: ({ post }) => (post.likes ?? 0) >= LIKED },
  // An essay speaks of many things by the way.
  { weight: 1, seen: ({ tokens }) => tokens.length >= 150 },
];

const LIKED = 100;

/** The matter that a post must have before its manner counts. */
const MATTER_AT_LEAST = 1;
const ENOUGH = 2;
/** Less is asked of a post with a link to follow, or whose end, where the call stands, is not seen. */
const ENOUGH_WITH_A_LINK = 1.5;

const TAG = /^#/;
const TICKER = /^\$[a-z]/i;
const LOUD = /[!🚀🔥💰💯🎁🚨✨🤑💸💎🎉🤯👉👇⚡‼❗]/gu;
const PRICE =
  /[$€£¥₱₹]\s?\d|\d\s?(?:元|块|円|€|usd|eur)|\d\s?\/\s?(?:[半一]?年|月|季|mo\b|month|year)|\d\s?(?:一[个個]|[每/][个個])/g;

/** Subscriptions that are resold; three of them in one post are a price list. */
const RESOLD =
  /\b(?:bartleby|canva|capcut|chegg|coursehero|coursera|crunchyroll|deezer|disney|duolingo|expressvpn|grammarly|hbo|midjourney|netflix|nordvpn|picsart|quillbot|quizlet|scribd|spotify|studocu|surfshark|tidal|turnitin|viu|vsco|wattpad)\b/g;

/** The signs that make a post advertising, strongest first; none when it is honest. */
export function advertisingSigns(item: Text, sameTextBy: number): readonly AdSign[] {
  const text = fold(item.body);
  const look: Look = { ...item, text, sameTextBy, says: speaker(text) };
  const matter = MATTER.filter((sign) => sign.seen(look));
  if (weightOf(matter) < MATTER_AT_LEAST) return [];
  const signs = [...matter, ...MANNER.filter((sign) => sign.seen(look))];
  const surplus =
    weightOf(signs) - (hasLink(item.post) || isCut(item.post) ? ENOUGH_WITH_A_LINK : ENOUGH);
  if (surplus < 0 || surplus < weightOf(HONESTY.filter((fact) => fact.seen(look)))) return [];
  return signs.map(({ key }) => key);
}

function weightOf(facts: readonly Fact[]): number {
  return facts.reduce((sum, { weight }) => sum + weight, 0);
}

function hasLink({ text, urls }: Post): boolean {
  return urls.length > 0 || /https?:\/\//.test(text);
}

function count(tokens: readonly string[], pattern: RegExp): number {
  return tokens.filter((token) => pattern.test(token)).length;
}

function paysItsSender(url: string): boolean {
  return /[?&](?:ref|aff|affiliate|via|coupon|invite)=/i.test(url);
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

function signsOf(group: Copies): readonly AdSign[] {
  const [{ post: original }] = group;
  const text = {
    post: original,
    body: plainText(original.text).trim(),
    tokens: wordsOf(original),
  };
  const tellers = group.filter(({ post }) => !post.isRepost).map(({ post }) => post.author);
  return advertisingSigns(text, new Set(tellers).size);
}
