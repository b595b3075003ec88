import type Anthropic from '@anthropic-ai/sdk';
import type {
  JSONOutputFormat,
  Message,
  MessageCreateParamsNonStreaming,
  RawContentBlockDelta,
  RawMessageStreamEvent,
  SearchResultBlockParam,
  TextBlock,
  TextBlockParam,
  TextCitation,
  Usage,
} from '@anthropic-ai/sdk/resources/messages';

import { type CacheLife, NO_TOKENS, type Tokens } from '../model/usage.ts';
import { estimateTokens } from './estimate.ts';
import { failureFrom } from './errors.ts';
import { ModelFailure } from './failure.ts';
import {
  type Answer,
  type CitedQuestion,
  type FormQuestion,
  type Piece,
  type Question,
  tokensOf,
} from './question.ts';
import type { Access } from './settings.ts';

/** A client of the Messages API. It never tries again by itself: whoever asks knows until when. */
export async function openClient({ apiKey, baseUrl }: Access): Promise<Anthropic> {
  const { default: Client } = await import('@anthropic-ai/sdk'); // 0.14 s, only where it is used
  return new Client({
    apiKey,
    baseURL: baseUrl,
    maxRetries: 0,
    logLevel: 'off',
    fetch: fetchWithinBounds,
  });
}

/** More than any answer, or the results of any batch of ours. */
const MOST_BYTES = 50_000_000;

/** Fetches from the server that was named and no other, and no answer without an end. */
async function fetchWithinBounds(...[url, init]: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: 'error' });
  if (response.body === null) return response;
  let left = MOST_BYTES;
  const bounded = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        left -= chunk.byteLength;
        if (left < 0) controller.error(new Error('the answer does not end'));
        else controller.enqueue(chunk);
      },
    }),
  );
  const { status, statusText, headers } = response;
  return new Response(bounded, { status, statusText, headers });
}

/** A question as the Messages API takes it; what it shares with others is cached for so long. */
export function paramsOf(
  question: Question,
  cachedFor: CacheLife,
): MessageCreateParamsNonStreaming {
  const { model, effort, system, words, maxTokens } = question;
  const before = 'sources' in question ? citablesOf(question) : sharedOf(question, cachedFor);
  const output = {
    ...(effort && { effort }),
    ...('schema' in question && { format: formatOf(question) }),
  };
  return {
    model,
    max_tokens: maxTokens,
    system,
    messages: [{ role: 'user', content: [...before, { type: 'text', text: words }] }],
    ...(Object.keys(output).length > 0 && { output_config: output }),
  };
}

function sharedOf({ shared }: FormQuestion, cachedFor: CacheLife): TextBlockParam[] {
  if (shared === null) return [];
  return [{ type: 'text', text: shared, cache_control: { type: 'ephemeral', ttl: cachedFor } }];
}

function formatOf({ schema }: FormQuestion): JSONOutputFormat {
  return { type: 'json_schema', schema };
}

function citablesOf({ sources }: CitedQuestion): SearchResultBlockParam[] {
  return sources.map(({ mark, text }) => ({
    type: 'search_result',
    source: mark,
    title: mark,
    content: [{ type: 'text', text }],
    citations: { enabled: true },
  }));
}

export type AskOptions = {
  readonly signal: AbortSignal;
  /** A stream that says nothing for so long is given up, milliseconds. */
  readonly silenceMs: number;
  readonly cachedFor: CacheLife;
};

/** Somebody who hears an answer while it comes. */
export type Listener = {
  /** Told every piece as soon as it is known what it cites. */
  readonly hear: (piece: Piece) => void;
  /** Given when that is enough: what has come by then is the answer. */
  readonly enough: AbortSignal;
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
  { hear, enough }: Listener = NOBODY,
): Promise<Answer> {
  const heard = new Hearing(question, hear);
  const silence = new AbortController();
  const watch = setTimeout(() => silence.abort(), silenceMs);
  try {
    const {
      data: stream,
      response,
      request_id,
    } = await client.messages
      .create(
        { ...paramsOf(question, cachedFor), stream: true },
        { signal: AbortSignal.any([signal, enough, silence.signal]) },
      )
      .withResponse();
    heard.requestId = request_id ?? null;
    if (!response.headers.get('content-type')?.includes('text/event-stream')) {
      throw heard.failure('unreadable', 'What answers does not speak the Messages API.');
    }
    for await (const event of stream) {
      watch.refresh();
      heard.take(event);
      if (heard.text.length > LONGEST_TEXT) {
        throw heard.failure('unreadable', 'The answer did not end.');
      }
    }
    return heard.answer();
  } catch (error) {
    if (enough.aborted) return heard.soFar();
    if (signal.aborted) throw heard.failure('no-time', 'it took too long', signal.reason);
    if (silence.signal.aborted) throw heard.failure('unreachable', `silent for ${silenceMs} ms`);
    throw heard.failureFrom(error);
  } finally {
    clearTimeout(watch);
  }
}

const NOBODY: Listener = { hear: () => {}, enough: new AbortController().signal };

/** What a message answers a question. @throws ModelFailure where it is no answer, with what it cost. */
export function answerIn(message: Message, question: Question): Answer {
  const text = message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  return answerOf(text, message.stop_reason, {
    tokens: tokensIn(message.usage, question, text),
    requestId: message.id,
  });
}

/** What a server says of the tokens; estimates where it says nothing that makes sense. */
function tokensIn(usage: Partial<Usage> | undefined, question: Question, text: string): Tokens {
  return {
    fresh: countIn(usage?.input_tokens) ?? allTokensOf(question),
    cacheWritten: countIn(usage?.cache_creation_input_tokens) ?? 0,
    cacheRead: countIn(usage?.cache_read_input_tokens) ?? 0,
    output: countIn(usage?.output_tokens) ?? estimateTokens(text),
  };
}

function allTokensOf(question: Question): number {
  const { shared, own } = tokensOf(question);
  return shared + own;
}

/** A number of tokens, `null` where it can be none. */
function countIn(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1e8
    ? value
    : null;
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
  #piece: { text: string; cites: Set<number> } | null = null;
  readonly #question: Question;
  readonly #hear: (piece: Piece) => void;

  constructor(question: Question, hear: (piece: Piece) => void) {
    this.#question = question;
    this.#hear = hear;
  }

  take(event: RawMessageStreamEvent): void {
    switch (event.type) {
      case 'message_start':
        this.#usage = tokensIn(event.message.usage, this.#question, '');
        break;
      case 'content_block_start':
        if (event.content_block.type === 'text') this.#begin(event.content_block);
        break;
      case 'content_block_delta':
        this.#add(event.delta);
        break;
      case 'content_block_stop':
        this.#end();
        break;
      case 'message_delta':
        this.stopReason = event.delta.stop_reason;
        this.#usage = {
          ...this.#usage,
          output: countIn(event.usage?.output_tokens) ?? estimateTokens(this.text),
        };
        break;
      case 'message_stop':
        this.isWhole = true;
        break;
    }
  }

  #begin({ text, citations }: Partial<TextBlock>): void {
    this.#piece = { text: text ?? '', cites: new Set(citations?.flatMap(placeIn)) };
    this.text += text ?? '';
  }

  /** Servers of others may leave out where a block begins. */
  #add(delta: RawContentBlockDelta): void {
    if (delta.type === 'text_delta') {
      this.#piece ??= { text: '', cites: new Set() };
      this.#piece.text += delta.text;
      this.text += delta.text;
    } else if (delta.type === 'citations_delta') {
      for (const place of placeIn(delta.citation)) this.#piece?.cites.add(place);
    }
  }

  /** What a piece cites may come before its words, among them and after them: it is known at the end. */
  #end(): void {
    if (this.#piece === null) return;
    const { text, cites } = this.#piece;
    this.#piece = null;
    this.#hear({ text, cites: [...cites] });
  }

  answer(): Answer {
    if (!this.isWhole) throw this.failure('unreachable', 'the stream ended before the message did');
    return answerOf(this.text, this.stopReason, this.#call());
  }

  /** What has come by now, as an answer. */
  soFar(): Answer {
    return { text: this.text, ...this.#call() };
  }

  failure(kind: ModelFailure['kind'], message: string, cause?: unknown): ModelFailure {
    return new ModelFailure(kind, message, { ...this.#call(), cause });
  }

  failureFrom(error: unknown): ModelFailure {
    if (error instanceof ModelFailure) return error;
    return failureFrom(error, this.#call());
  }

  #call(): Pick<Answer, 'tokens' | 'requestId'> {
    return { tokens: this.#tokens(), requestId: this.requestId };
  }

  /** Where the stream broke, what was written by then is counted by an estimate. */
  #tokens(): Tokens {
    if (this.isWhole) return this.#usage;
    const said = Math.min(this.#question.maxTokens, estimateTokens(this.text));
    return { ...this.#usage, output: Math.max(this.#usage.output, said) };
  }
}

/** The place of the source that a citation leads to; none where it leads elsewhere. */
function placeIn(citation: TextCitation): number[] {
  if (citation.type !== 'search_result_location') return [];
  const place = citation.search_result_index;
  return Number.isInteger(place) && place >= 0 ? [place] : [];
}
