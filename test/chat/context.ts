import type { Bureau } from '../../src/chat/bureau.ts';
import { type Context, NOBODY_WATCHES, type Role } from '../../src/chat/command.ts';
import { openLog } from '../../src/lib/log.ts';
import type { Topic } from '../../src/model/topic.ts';
import { windowOf } from '../../src/model/window.ts';
import type { Database } from '../../src/store/database.ts';

export const A_TOPIC: Topic = {
  key: 'twitter_ai',
  title: 'Twitter Ai',
  language: 'zh',
  timeZone: 'Asia/Shanghai',
};

/** A bureau of one topic, posted at ten, that cannot make anything. */
export function aBureau(fields: Partial<Bureau> = {}): Bureau {
  return {
    topics: [A_TOPIC],
    platforms: () => [],
    timetableOf: ({ timeZone }) => ({
      postAt: '10:00',
      timeZone,
      next: new Date('2026-01-31T02:00:00Z'),
    }),
    windowOf: ({ timeZone }, from, to) => windowOf(from, to, timeZone),
    answer: () => Promise.reject(new Error('nothing is answered here')),
    readOn: async () => null,
    make: () => Promise.reject(new Error('nothing is made here')),
    sourcesOf: () => [],
    editTopics: () => Promise.reject(new Error('nothing is changed here')),
    ...fields,
  };
}

/** A chat about a Chinese topic at noon UTC of 30 January 2026, in English, without a database. */
export function aContext({
  role = 'owner',
  ...fields
}: Partial<Context> & { role?: Role } = {}): Context {
  return {
    db: {} as Database,
    now: () => new Date('2026-01-30T12:00:00Z'),
    bureau: aBureau(),
    channel: { platform: 'terminal', chat: 'local', thread: null },
    person: { id: 'local', role },
    topic: A_TOPIC,
    language: 'en',
    commands: [],
    shown: null,
    answered: null,
    messageId: null,
    live: NOBODY_WATCHES,
    log: openLog({ file: '', level: 'silent', secrets: [] }),
    ...fields,
  };
}
