import { createHash } from 'node:crypto';

import type { Channel } from '../../model/channel.ts';
import { type Courier, type Envelope, SendError } from '../../model/delivery.ts';
import type { Api } from './api.ts';
import { sendErrorOf } from './failures.ts';
import type { Payload, Wrap } from './payloads.ts';
import type { Threads } from './threads.ts';

/** For so long Discord surely knows a nonce again; how long it does is not published. */
const NONCE_MS = 120_000;

/** Longest nonce that Discord takes. */
const LONGEST_NONCE = 25;

/**
 * Carries digests to Discord. A message that may have arrived is sent again with its nonce, by which
 * Discord recognises it.
 */
export function openCourier(api: Api, wrap: Wrap, threads: Threads): Courier {
  return {
    platform: 'discord',
    forms: ['rich', 'bare'],
    repeatsUnknownMs: NONCE_MS,
    pacesOf: (channel) => [
      { key: `discord:${placeOf(channel)}`, everyMs: 1050, burst: 4 },
      { key: 'discord', everyMs: 23, burst: 5 }, // Discord grants 50 requests a second
    ],
    count: (message, form) => countParts(wrap, message, form),
    async send(envelope) {
      const { channel, message, position, nonce } = envelope;
      const payload = payloadOf(wrap, envelope);
      const id = await api.post(placeOf(channel), payload, shortNonce(nonce));
      const isDigest = position === 0 && message.folds.length > 0;
      if (isDigest && channel.thread === null) threads.open(channel.chat, id, message);
      return id;
    },
    edit: async (envelope, messageId) =>
      api.edit(placeOf(envelope.channel), messageId, payloadOf(wrap, envelope)),
  };
}

/** Discord's id of where a channel's messages go: threads are channels of their own there. */
export function placeOf({ chat, thread }: Channel): string {
  return thread ?? chat;
}

/** A message that cannot be put into a form has a part, which then is refused in that form. */
function countParts(wrap: Wrap, ...[message, form]: Parameters<Wrap>): number {
  try {
    return wrap(message, form).length;
  } catch (error) {
    if (error instanceof RangeError) return 1;
    throw error;
  }
}

function payloadOf(wrap: Wrap, { message, form, position }: Envelope): Payload {
  const payloads = wrapSafely(wrap, message, form);
  const payload = payloads[position];
  if (payload) return payload;
  const reason = `of ${payloads.length} messages there is none at ${position}`;
  throw new SendError({ kind: 'refused', reason });
}

function wrapSafely(wrap: Wrap, ...[message, form]: Parameters<Wrap>): readonly Payload[] {
  try {
    return wrap(message, form);
  } catch (error) {
    throw sendErrorOf(error);
  }
}

/** As unlike as the nonces that it is made from, whichever part of them differs. */
function shortNonce(nonce: string): string {
  if (nonce.length <= LONGEST_NONCE) return nonce;
  return createHash('sha256').update(nonce).digest('base64url').slice(0, LONGEST_NONCE);
}
