import type { Channel, PlatformName } from './channel.ts';
import type { Message } from './message.ts';
import type { Language } from './topic.ts';

/** Whether a channel may use the bot: nobody decided yet, or an owner or administrator did. */
export type ChannelAccess = 'unknown' | 'allowed' | 'denied';

/** How a digest is sent: as well as the platform can, as older clients show it, as bare text. */
export const FORMS = ['rich', 'plain', 'bare'] as const;
export type Form = (typeof FORMS)[number];

/**
 * What became of a message: `waiting` for its time, `sending` right now, `sent`, `failed` and to be
 * tried again, `unknown` (the connection broke after the request went out), `given-up`.
 */
export type PartState = 'waiting' | 'sending' | 'sent' | 'failed' | 'unknown' | 'given-up';

/** One message of a delivery. */
export type DeliveryPart = {
  readonly position: number;
  readonly state: PartState;
  readonly form: Form;
  readonly nonce: string;
  readonly attempts: number;
  /** `null` in the state `unknown`: it is left so. */
  readonly nextTry: Date | null;
  /** Since when it may have arrived without our knowing; `null` where that cannot be. */
  readonly doubtSince: Date | null;
  readonly failure: string | null;
  readonly messageId: string | null;
  readonly shows: Date | null;
};

/** What a channel is to get on a day. */
export type Delivery = {
  readonly id: number;
  readonly channel: Channel;
  readonly topic: string;
  readonly day: string;
  /** `null`: the day had nothing to tell. */
  readonly reportId: number | null;
  readonly postAt: Date;
  readonly late: boolean;
  /** In the order in which they are sent. */
  readonly parts: readonly DeliveryPart[];
};

/** A channel's wish for a topic. */
export type Subscription = {
  readonly channel: Channel;
  readonly topic: string;
  /** The hour, `10:00`; `null`: the topic's. */
  readonly at: string | null;
  /** `null`: the topic's. */
  readonly language: Language | null;
};

/** Why a message could not be sent, in terms of what is to be done. */
export type SendTrouble =
  /** The platform wants us to wait, in this channel or everywhere; nothing was sent. */
  | { readonly kind: 'slow-down'; readonly seconds: number; readonly everywhere?: boolean }
  /** The chat has another id now. */
  | { readonly kind: 'moved'; readonly to: string }
  /** The bot was blocked or removed, or the chat is gone: nothing more goes there. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** What we sent cannot be read by the platform: a simpler form may be. */
  | { readonly kind: 'form-refused'; readonly reason: string }
  /** The request may have arrived or not. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** Nothing was sent; later it may go. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** It will not go, however often it is tried. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The token is not accepted (any more). */
  | { readonly kind: 'bad-token'; readonly reason: string };

/** What a platform throws when it cannot send. */
export class SendError extends Error {
  readonly trouble: SendTrouble;

  constructor(trouble: SendTrouble, options?: ErrorOptions) {
    super('reason' in trouble ? trouble.reason : trouble.kind, options);
    this.name = 'SendError';
    this.trouble = trouble;
  }
}

/** How fast messages may follow one another, by what is limited. */
export type Pace = {
  /** What is limited: `telegram`, `telegram:-100123`. */
  readonly key: string;
  /** Milliseconds from one message to the next, on average. */
  readonly everyMs: number;
  /** Messages that may follow at once when there were none for a while. */
  readonly burst: number;
};

/** One of the messages into which a digest is put. */
export type Envelope = {
  readonly channel: Channel;
  readonly message: Message;
  /** Which of them, from 0. */
  readonly position: number;
  readonly form: Form;
  readonly nonce: string;
};

/** What carries messages to a platform. */
export type Courier = {
  readonly platform: PlatformName;
  /** The forms that it knows, the best first. */
  readonly forms: readonly [Form, ...Form[]];
  /**
   * For so many milliseconds a message of which nobody knows whether it arrived may be sent again: it is
   * recognised meanwhile, or an owner chose so. 0: never.
   */
  readonly repeatsUnknownMs: number;
  /** The limits that a message to a channel keeps; the channel's own first. */
  pacesOf(channel: Channel): readonly [Pace, ...Pace[]];
  /** Into how many messages a digest is put. */
  count(message: Message, form: Form): number;
  /** Sends one, and answers the platform's id of it. @throws {SendError} */
  send(envelope: Envelope): Promise<string>;
  /** Replaces what a message shows. @throws {SendError} */
  edit(envelope: Envelope, messageId: string): Promise<void>;
};
