/** Where people read the bot. */
export const PLATFORMS = ['telegram', 'discord', 'terminal'] as const;
export type PlatformName = (typeof PLATFORMS)[number];

/** A place where the bot speaks: a Telegram chat or topic, a Discord channel or thread, a terminal. */
export type Channel = {
  readonly platform: PlatformName;
  /** The platform's id of the chat. */
  readonly chat: string;
  /** The platform's id of a topic inside the chat; `null` where there is none. */
  readonly thread: string | null;
};

/** A channel as one word, under which it is stored and logged: `telegram:-100123:7`. */
export function keyOfChannel({ platform, chat, thread }: Channel): string {
  return [platform, chat, ...(thread === null ? [] : [thread])].join(':');
}

/** The channel that a key stands for. @throws for a word that is none. */
export function channelOf(key: string): Channel {
  const [name, chat, thread = null, ...rest] = key.split(':');
  const platform = PLATFORMS.find((known) => known === name);
  if (!platform || !chat || rest.length > 0) throw new Error(`no channel: ${key}`);
  return { platform, chat, thread };
}

/** The chat of a channel without its topic. */
export function chatOf(channel: Channel): Channel {
  return { ...channel, thread: null };
}
