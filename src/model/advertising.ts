/** By what a post is known as advertising. The keys are stable: they are kept with a dropped post. */
export const AD_SIGNS = [
  /** Accounts or subscriptions resold, or a list of them. */
  'accounts-for-sale',
  /** Follow, like or repost as the price of something. */
  'asks-to-follow',
  /** A coin or token launched, listed or praised. */
  'token-promotion',
  /** Buy or sell now, at this price. */
  'trading-signal',
  'ticker-stuffing',
  /** Half of the post is hashtags. */
  'hashtag-stuffing',
  /** Money that the reader is to make. */
  'income-promise',
  'giveaway',
  /** "Tired of writing emails?" */
  'addresses-customers',
  /** A course, a book, a newsletter, a prompt pack. */
  'sells-goods',
  /** An agency or a freelancer looks for customers. */
  'sells-services',
  'discount',
  /** Free of charge, as bait: a copy, a trial, a download. */
  'free-offer',
  /** Three prices and more. */
  'price-list',
  /** A number or a handle at which to buy. */
  'contact-to-buy',
  'affiliate-link',
  /** Coins and chains: honest in itself. */
  'crypto-talk',
  'ticker',
  /** Only today, before it is too late. */
  'urgency',
  /** Next level, all in one, in minutes. */
  'praises-product',
  /** What the reader will save, learn or become. */
  'promises-benefit',
  'presents-product',
  /** "Your brand", "for agencies". */
  'for-your-business',
  /** Sign up, get yours, link in bio. */
  'call-to-act',
  /** Learn more, watch this. */
  'invites-to-click',
  /** Sentences that begin as an order: Unlock …, Get … */
  'slogan',
  'many-hashtags',
  /** Exclamation marks, rockets and pointing hands. */
  'loud',
  /** Only supports others: many people share one headline honestly. */
  'same-text-by-many',
] as const;

export type AdSign = (typeof AD_SIGNS)[number];
