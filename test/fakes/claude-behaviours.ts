import type { StopReason } from '@anthropic-ai/sdk/resources/messages';
import type { ErrorType } from '@anthropic-ai/sdk/resources/shared';

export type Extra = {
  readonly thinking?: string;
  readonly stopReason?: StopReason;
  readonly outputTokens?: number;
  /** The text may break the schema that the request asks for. */
  readonly ignoringSchema?: true;
};

export type Failure = {
  readonly status: number;
  readonly type: ErrorType | 'request_too_large';
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What the fake does with one request. */
export type Behaviour =
  | { readonly kind: 'text'; readonly text: string; readonly extra: Extra }
  | { readonly kind: 'fail'; readonly failure: Failure }
  | { readonly kind: 'cut'; readonly text: string; readonly after: number }
  | {
      readonly kind: 'error';
      readonly text: string;
      readonly after: number;
      readonly type: ErrorType;
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'expired' };

/** An answer; the empty text is a message without content. */
export function text(words: string, extra: Extra = {}): Behaviour {
  return { kind: 'text', text: words, extra };
}

/** An answer whose text is the value as JSON. */
export function json(value: unknown, extra: Extra = {}): Behaviour {
  return text(JSON.stringify(value), extra);
}

/** An error instead of an answer; in a batch, an `errored` result. */
export function fail(failure: Failure): Behaviour {
  return { kind: 'fail', failure };
}

/** The socket breaks after so many characters of the text. */
export function cutStream(value: unknown, afterCharacters: number): Behaviour {
  return { kind: 'cut', text: JSON.stringify(value), after: afterCharacters };
}

/** An `error` event after so many characters of the text; without a stream, the error at once. */
export function errorInStream(value: unknown, after: number, type: ErrorType): Behaviour {
  return { kind: 'error', text: JSON.stringify(value), after, type };
}

/** Half of the text, where the limit of the request ended it. */
export function cutAtMaxTokens(value: unknown): Behaviour {
  const whole = Array.from(JSON.stringify(value));
  const half = whole.slice(0, Math.ceil(whole.length / 2)).join('');
  return text(half, { stopReason: 'max_tokens', ignoringSchema: true });
}

/** The model declines. */
export function refusal(): Behaviour {
  return text('', { stopReason: 'refusal', ignoringSchema: true });
}

/** Headers and `message_start` (without a stream: nothing), then silence until the client leaves. */
export function hang(): Behaviour {
  return { kind: 'hang' };
}

/** A request whose batch took longer than a day. Only in a batch. */
export function expired(): Behaviour {
  return { kind: 'expired' };
}
