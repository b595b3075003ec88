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

/** A block of an answer, with the places of the search results that it cites. */
export type Said = { readonly text: string; readonly cites: readonly number[] };

/** What the fake does with one request. */
export type Behaviour =
  | { readonly kind: 'text'; readonly said: readonly Said[]; readonly extra: Extra }
  | { readonly kind: 'fail'; readonly failure: Failure }
  | { readonly kind: 'cut'; readonly said: readonly Said[]; readonly after: number }
  | {
      readonly kind: 'error';
      readonly said: readonly Said[];
      readonly after: number;
      readonly type: ErrorType;
    }
  | { readonly kind: 'hang'; readonly said: readonly Said[]; readonly after: number }
  | { readonly kind: 'expired' };

export type TextBehaviour = Extract<Behaviour, { kind: 'text' }>;

/** An answer; the empty text is a message without content. */
export function text(words: string, extra: Extra = {}): TextBehaviour {
  return { kind: 'text', said: [{ text: words, cites: [] }], extra };
}

/** An answer in blocks: mere words, or words with the places of the search results that they cite. */
export function cited(
  blocks: readonly (string | readonly [words: string, ...cites: number[]])[],
  extra: Extra = {},
): TextBehaviour {
  const said = blocks.map((block): Said => {
    const [words, ...cites] = typeof block === 'string' ? [block] : block;
    return { text: words, cites };
  });
  return { kind: 'text', said, extra };
}

/** An answer whose text is the value as JSON. */
export function json(value: unknown, extra: Extra = {}): TextBehaviour {
  return text(JSON.stringify(value), extra);
}

/** An error instead of an answer; in a batch, an `errored` result. */
export function fail(failure: Failure): Behaviour {
  return { kind: 'fail', failure };
}

/** The socket breaks after so many characters of the text. */
export function cutStream(value: unknown, afterCharacters: number): Behaviour {
  return cutAfter(json(value), afterCharacters);
}

/** An answer whose socket breaks after so many characters. */
export function cutAfter({ said }: TextBehaviour, after: number): Behaviour {
  return { kind: 'cut', said, after };
}

/** An `error` event after so many characters of the text; without a stream, the error at once. */
export function errorInStream(value: unknown, after: number, type: ErrorType): Behaviour {
  return errorAfter(json(value), after, type);
}

/** An answer that an `error` event ends after so many characters. */
export function errorAfter({ said }: TextBehaviour, after: number, type: ErrorType): Behaviour {
  return { kind: 'error', said, after, type };
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
  return { kind: 'hang', said: [], after: 0 };
}

/** An answer that falls silent after so many characters, until the client leaves. */
export function hangAfter({ said }: TextBehaviour, after: number): Behaviour {
  return { kind: 'hang', said, after };
}

/** A request whose batch took longer than a day. Only in a batch. */
export function expired(): Behaviour {
  return { kind: 'expired' };
}
