import { tooManyRequests } from './telegram-refused.ts';

/** Telegram's published limits (the bots' FAQ), and how far short bursts may exceed the first. */
export type Limits = {
  /** Messages a second in one chat, on average. @default 1 */
  readonly aChatPerSecond?: number;
  /** So many messages a chat at once before the average counts. @default 3 */
  readonly burst?: number;
  /** @default 20 */
  readonly aGroupPerMinute?: number;
  /** @default 30 */
  readonly allPerSecond?: number;
  /** How much faster than real the limits' seconds pass; `retry_after` stays in real ones. @default 1 */
  readonly speed?: number;
};

export type Flood = {
  /** Counts messages to be sent to a chat now. @throws Refused with `retry_after` */
  count(chat: number, messages: number, isGroup: boolean): void;
};

export const noLimits: Flood = { count: () => undefined };

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/**
 * Counts what is sent, edits included. Who sends again before the time is up waits longer.
 * @param now in milliseconds of real time
 */
export function limitFlood(now: () => number, limits: Limits = {}): Flood {
  const { aChatPerSecond = 1, burst = 3, aGroupPerMinute = 20, allPerSecond = 30 } = limits;
  const { speed = 1 } = limits;
  const perSecond = aChatPerSecond * speed;
  const chats = new Map<number, Counter>();
  const all: number[] = [];
  return {
    count(chat, messages, isGroup) {
      const at = now();
      const counter = chats.get(chat) ?? { sent: [], debt: 0, paidAt: at, until: 0, strikes: 0 };
      chats.set(chat, counter);
      if (at < counter.until) {
        counter.strikes += 1;
        refuse(counter, at, counter.until - at + counter.strikes * SECOND);
      }
      pay(counter, at, perSecond);
      const waits = [
        waitOfDebt(counter.debt + messages - Math.max(burst, messages), perSecond),
        isGroup
          ? waitOfWindow(counter.sent, {
              at,
              messages,
              most: aGroupPerMinute,
              span: MINUTE / speed,
            })
          : 0,
        waitOfWindow(all, { at, messages, most: allPerSecond, span: SECOND / speed }),
      ];
      const wait = Math.max(...waits);
      if (wait > 0) refuse(counter, at, wait);
      counter.strikes = 0;
      counter.debt += messages;
      for (const list of [counter.sent, all])
        list.push(...Array.from({ length: messages }, () => at));
    },
  };
}

type Counter = {
  /** When messages were sent, in the last minute. */
  readonly sent: number[];
  /** Messages beyond the average. */
  debt: number;
  paidAt: number;
  until: number;
  strikes: number;
};

function refuse(counter: Counter, at: number, wait: number): never {
  const seconds = Math.max(1, Math.ceil(wait / SECOND));
  counter.until = at + seconds * SECOND;
  throw tooManyRequests(seconds);
}

function pay(counter: Counter, at: number, perSecond: number): void {
  counter.debt = Math.max(0, counter.debt - ((at - counter.paidAt) / SECOND) * perSecond);
  counter.paidAt = at;
}

function waitOfDebt(tooMany: number, perSecond: number): number {
  return tooMany > 1e-9 ? (tooMany / perSecond) * SECOND : 0;
}

type Window = { at: number; messages: number; most: number; span: number };

/** How long until so few are left in the window that the messages fit, forgetting older ones. */
function waitOfWindow(sent: number[], { at, messages, most, span }: Window): number {
  while (sent.length > 0 && (sent[0] ?? 0) <= at - span) sent.shift();
  const tooMany = Math.min(sent.length, sent.length + messages - most);
  return tooMany > 0 ? (sent[tooMany - 1] ?? at) + span - at : 0;
}
