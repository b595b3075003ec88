/** Languages that reports and chat texts exist in. */
export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a team wants to hear about every day. */
export type Topic = {
  /** Stable name, used in addresses and file names: `twitter_ai`. */
  readonly key: string;
  /** Name for people: "Twitter Ai". */
  readonly title: string;
  readonly language: Language;
  /** IANA time zone in which the topic's days begin and end: "Asia/Shanghai". */
  readonly timeZone: string;
};
