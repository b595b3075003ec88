/** A language that a report is written in, as a canonical BCP 47 tag: `zh`, `en`, `ja`, `pt-BR`. */
export type Language = string;

/** Languages that have fixed words of their own, and that readers are taken to read. */
export const LANGUAGES = ['zh', 'en'] as const;

/** Whether two tags name one language, in whatever letters and of whatever country. */
export function isOneLanguage(one: Language, other: Language): boolean {
  const alone = (tag: Language) => tag.toLowerCase().split('-')[0];
  return alone(one) === alone(other);
}

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

/** What is to become of a topic in `chorus.yaml`. */
export type TopicEdit =
  | {
      /** Makes it where it is not there, and adds sources. */
      readonly kind: 'add';
      readonly key: string;
      /** As they are typed: `x_user=karpathy`. */
      readonly sources: readonly string[];
      /** As the file names them: `title`, `language`, `time_zone`, `post_at`. */
      readonly settings: Readonly<Record<string, string>>;
    }
  /** Takes sources from it; the topic itself where none are named. */
  | { readonly kind: 'remove'; readonly key: string; readonly sources: readonly string[] };

/** What became of it. */
export type TopicChange = {
  /** The sources that are new, and those that were there already, as they are shown. */
  readonly added: readonly string[];
  readonly known: readonly string[];
  /** The topic that there was because none was named, and that is not named now; `null`: there is none. */
  readonly gone: string | null;
};

/** What a person who gave no language is told. */
export const NO_LANGUAGE = 'names no known language; write a tag like zh, en, ja, pt-BR or zh-Hant';

/** What RFC 5646 (4.4.1) tells programs to have room for. Characters. */
const LONGEST_TAG = 35;
/** Tags that have a name and say that there is no one language, or no known script or region. */
const OF_NO_LANGUAGE = /^(?:mis|mul|und|zxx)\b|-(?:Zzzz|ZZ)\b/;

const NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/**
 * The language that a tag names, in its canonical form (`ZH-hant` is `zh-Hant`, `iw` is `he`); `null`
 * where it names none. What it answers is made of ASCII letters, digits and `-`, fit for file names.
 */
export function readLanguage(tag: string): Language | null {
  if (tag.length > LONGEST_TAG) return null;
  try {
    const [language] = Intl.getCanonicalLocales(tag);
    if (language === undefined || OF_NO_LANGUAGE.test(language)) return null;
    return NAMES.of(language) === undefined ? null : language;
  } catch {
    return null; // no tag at all, or one with extensions
  }
}

/** The English name of a language: "Japanese", "Traditional Chinese"; the tag where it has none. */
export function languageName(language: Language): string {
  return (readLanguage(language) === null ? undefined : NAMES.of(language)) ?? language;
}
