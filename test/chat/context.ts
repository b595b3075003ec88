import type { Context } from '../../src/chat/command.ts';
import type { Database } from '../../src/store/database.ts';

/** A chat about a Chinese topic at noon UTC of 30 January 2026, in English, without a database. */
export function aContext(fields: Partial<Context> = {}): Context {
  return {
    db: {} as Database,
    now: () => new Date('2026-01-30T12:00:00Z'),
    topic: { key: 'twitter_ai', title: 'Twitter Ai', language: 'zh', timeZone: 'Asia/Shanghai' },
    language: 'en',
    role: 'owner',
    commands: [],
    shown: null,
    ...fields,
  };
}
