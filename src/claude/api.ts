import type Anthropic from '@anthropic-ai/sdk';
import type {
  Message,
  MessageCreateParamsNonStreaming,
  RawMessageStreamEvent,
} from '@anthropic-ai/sdk/resources/messages';

import type { Tokens } from '../model/usage.ts';
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

/** A question as the Messages API takes it. */
export function paramsOf(question: Question): MessageCreateParamsNonStreaming {
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
                  cache_control: { type: 'ephemeral' as const },
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
};

/**
 * Asks once and waits for the whole answer, which is streamed: a long one would outlast the patience
 * of what lies between. @throws ModelFailure with what the call cost all the same.
 */
export async function askOnce(
  client: Anthropic,
  question: Question,
  { signal, silenceMs }: AskOptions,
): Promise<Answer> {
  const heard = new Hearing();
  const silence = new AbortController();
  const watch = setTimeout(() => silence.abort(), silenceMs);
  try {
    const { data: stream, request_id } = await client.messages
      .create(
        { ...paramsOf(question), stream: true },
        { signal: AbortSignal.any([signal, silence.signal]) },
      )
      .withResponse();
    heard.requestId = request_id ?? null;
    for await (const event of stream) {
      watch.refresh();
      heard.take(event);
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

/** What was heard of an answer so far, and what it costs so far. */
class Hearing {
  text = '';
  isWhole = false;
  stopReason: Message['stop_reason'] = null;
  requestId: string | null = null;
  #usage = { fresh: 0, cacheWritten: 0, cacheRead: 0, output: 0 };

  take(event: RawMessageStreamEvent): void {
    switch (event.type) {
      case 'message_start': {
        const { usage } = event.message;
        this.#usage = {
          fresh: usage.input_tokens,
          cacheWritten: usage.cache_creation_input_tokens ?? 0,
          cacheRead: usage.cache_read_input_tokens ?? 0,
          output: usage.output_tokens,
        };
        break;
      }
      case 'content_block_delta':
        if (event.delta.type === 'text_delta') this.text += event.delta.text;
        break;
      case 'message_delta':
        this.stopReason = event.delta.stop_reason;
        this.#usage.output = event.usage.output_tokens;
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
    switch (this.stopReason) {
      case 'refusal':
        throw this.failure('refused', 'the model declined to answer');
      case 'max_tokens':
        throw this.failure('cut-off', 'the answer is longer than it may be');
      case 'model_context_window_exceeded':
        throw this.failure('too-large', 'question and answer do not fit the model');
      default:
        return { text: this.text, tokens: this.#tokens(), requestId: this.requestId };
    }
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
    const output = Math.max(this.#usage.output, this.isWhole ? 0 : estimateTokens(this.text));
    return { ...this.#usage, output };
  }
}
