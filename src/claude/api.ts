import type Anthropic from '@anthropic-ai/sdk';
import type {
  Message,
  MessageCreateParamsNonStreaming,
  RawMessageStreamEvent,
  Usage,
} from '@anthropic-ai/sdk/resources/messages';

import { type CacheLife, NO_TOKENS, type Tokens } from '../model/usage.ts';
import { estimateTokens } from './estimate.ts';
import { failureFrom } from './errors.ts';
import { ModelFailure } from './failure.ts';
import type { Answer, Question } from './question.ts';
import type { Access } from './settings.ts';

/** A client of the Messages API. It never tries again by itself: whoever asks knows until when. */
export async function openClient({ apiKey, baseUrl }: Access): Promise<Anthropic> {
  const { default: Client } = await import('@anthropic-ai/sdk'); // 0.14 s, only where it is used
  return new Client({ apiKey, baseURL: baseUrl, maxRetries: 0, logLevel: 'off' });
}

/** A question as the Messages API takes it; what it shares with others is cached for so long. */
export function paramsOf(
  question: Question,
  cachedFor: CacheLife,
): MessageCreateParamsNonStreaming {
  const { model, effort, system, shared, words, schema, maxTokens } = question;
  return {
    model,
    max_tokens: maxTokens,
    system,
    messages: [
      {
        role: 'user',
        content: [
          ...(shared === null
            ? []
            : [
                {
                  type: 'text' as const,
                  text: shared,
                  cache_control: { type: 'ephemeral' as const, ttl: cachedFor },
                },
              ]),
          { type: 'text', text: words },
        ],
      },
    ],
    output_config: {
      ...(effort && { effort }),
      format: { type: 'json_schema', schema },
    },
  };
}

export type AskOptions = {
  readonly signal: AbortSignal;
  /** A stream that says nothing for so long is given up, milliseconds. */
  readonly silenceMs: number;
  readonly cachedFor: CacheLife;
};

/** Characters: more than any model says in the tokens that it has. A server may be broken, or hostile. */
const LONGEST_TEXT = 1_000_000;

/**
 * Asks once and waits for the whole answer, which is streamed: a long one would outlast the patience
 * of what lies between. @throws ModelFailure with what the call cost all the same.
 */
export async function askOnce(
  client: Anthropic,
  question: Question,
  { signal, silenceMs, cachedFor }: AskOptions,
): Promise<Answer> {
  const heard = new Hearing(question.maxTokens);
  const silence = new AbortController();
  const watch = setTimeout(() => silence.abort(), silenceMs);
  try {
    const { data: stream, request_id } = await client.messages
      .create(
        { ...paramsOf(question, cachedFor), stream: true },
        { signal: AbortSignal.any([signal, silence.signal]) },
      )
      .withResponse();
    heard.requestId = request_id ?? null;
    for await (const event of stream) {
      watch.refresh();
      heard.take(event);
      if (heard.text.length > LONGEST_TEXT) {
        throw heard.failure('unreadable', 'The answer did not end.');
      }
    }
    return heard.answer();
  } catch (error) {
    if (signal.aborted) throw heard.failure('no-time', 'it took too long', signal.reason);
    if (silence.signal.aborted) throw heard.failure('unreachable', `silent for ${silenceMs} ms`);
    throw heard.failureFrom(error);
  } finally {
    clearTimeout(watch);
  }
}

/** What a message answers. @throws ModelFailure where it is no answer, with what it cost. */
export function answerIn(message: Message): Answer {
  const text = message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  return answerOf(text, message.stop_reason, {
    tokens: tokensIn(message.usage),
    requestId: message.id,
  });
}

function tokensIn(usage: Usage): Tokens {
  return {
    fresh: usage.input_tokens,
    cacheWritten: usage.cache_creation_input_tokens ?? 0,
    cacheRead: usage.cache_read_input_tokens ?? 0,
    output: usage.output_tokens,
  };
}

/** A text that was written to its end is an answer, unless the end came for another reason. */
function answerOf(
  text: string,
  stopReason: Message['stop_reason'],
  call: Pick<Answer, 'tokens' | 'requestId'>,
): Answer {
  switch (stopReason) {
    case 'refusal':
      throw new ModelFailure('refused', 'the model declined to answer', call);
    case 'max_tokens':
      throw new ModelFailure('cut-off', 'the answer is longer than it may be', call);
    case 'model_context_window_exceeded':
      throw new ModelFailure('too-large', 'question and answer do not fit the model', call);
    default:
      return { text, ...call };
  }
}

/** What was heard of an answer so far, and what it costs so far. */
class Hearing {
  text = '';
  isWhole = false;
  stopReason: Message['stop_reason'] = null;
  requestId: string | null = null;
  #usage = NO_TOKENS;
  readonly #maxTokens: number;

  constructor(maxTokens: number) {
    this.#maxTokens = maxTokens;
  }

  take(event: RawMessageStreamEvent): void {
    switch (event.type) {
      case 'message_start':
        this.#usage = tokensIn(event.message.usage);
        break;
      case 'content_block_delta':
        if (event.delta.type === 'text_delta') this.text += event.delta.text;
        break;
      case 'message_delta':
        this.stopReason = event.delta.stop_reason;
        this.#usage = { ...this.#usage, output: event.usage.output_tokens };
        break;
      case 'message_stop':
        this.isWhole = true;
        break;
      case 'content_block_start':
      case 'content_block_stop':
        break;
    }
  }

  answer(): Answer {
    if (!this.isWhole) throw this.failure('unreachable', 'the stream ended before the message did');
    return answerOf(this.text, this.stopReason, {
      tokens: this.#tokens(),
      requestId: this.requestId,
    });
  }

  failure(kind: ModelFailure['kind'], message: string, cause?: unknown): ModelFailure {
    const { requestId } = this;
    return new ModelFailure(kind, message, { tokens: this.#tokens(), requestId, cause });
  }

  failureFrom(error: unknown): ModelFailure {
    if (error instanceof ModelFailure) return error;
    return failureFrom(error, { tokens: this.#tokens(), requestId: this.requestId });
  }

  /** Where the stream broke, what was written by then is counted by an estimate. */
  #tokens(): Tokens {
    if (this.isWhole) return this.#usage;
    const said = Math.min(this.#maxTokens, estimateTokens(this.text));
    return { ...this.#usage, output: Math.max(this.#usage.output, said) };
  }
}
