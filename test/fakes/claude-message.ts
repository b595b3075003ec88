import type {
  ContentBlock,
  Message,
  RawMessageStreamEvent,
  SearchResultBlockParam,
  TextCitation,
  Usage,
} from '@anthropic-ai/sdk/resources/messages';

import type { Said } from './claude-behaviours.ts';
import { tokensOf } from './claude-cache.ts';
import type { Decision } from './claude-mind.ts';
import { resultsIn } from './claude-rules.ts';

const PIECE = 24;

/** The whole message that answers a request. */
export function messageOf(decision: Decision, id: string): Message {
  const { request, behaviour } = decision;
  const extra = behaviour.kind === 'text' ? behaviour.extra : {};
  const stop = extra.stopReason ?? 'end_turn';
  return {
    id,
    type: 'message',
    role: 'assistant',
    model: request.body.model,
    content: contentOf(decision, extra.thinking),
    stop_reason: stop,
    stop_sequence: null,
    stop_details:
      stop === 'refusal' ? { type: 'refusal', category: null, explanation: null } : null,
    container: null,
    diagnostics: null,
    usage: usageOf(decision),
  };
}

function contentOf({ request, behaviour }: Decision, thinking: string | undefined): ContentBlock[] {
  const said = 'said' in behaviour ? behaviour.said : [];
  const results = resultsIn(request.body.messages);
  return [
    ...(thinking ? [{ type: 'thinking' as const, thinking, signature: 'c2lnbmVk' }] : []),
    ...said
      .filter(({ text }) => text !== '')
      .map(({ text, cites }) => ({
        type: 'text' as const,
        text,
        citations: cites.length === 0 ? null : cites.flatMap((place) => citationOf(results, place)),
      })),
  ];
}

/** A citation of a whole search result, as the API makes them. */
function citationOf(results: readonly SearchResultBlockParam[], place: number): TextCitation[] {
  const result = results[place];
  if (result === undefined) return [];
  return [
    {
      type: 'search_result_location',
      cited_text: result.content.map(({ text }) => text).join(''),
      search_result_index: place,
      start_block_index: 0,
      end_block_index: result.content.length,
      source: result.source,
      title: result.title,
    },
  ];
}

function usageOf(decision: Decision): Usage {
  const { request, input } = decision;
  const { output, thinking } = outputTokensOf(decision);
  return {
    input_tokens: input.fresh,
    cache_read_input_tokens: input.read,
    cache_creation_input_tokens: request.cacheWritten,
    cache_creation: input.written,
    output_tokens: output,
    output_tokens_details: { thinking_tokens: thinking },
    server_tool_use: null,
    service_tier: request.at === 'batch' ? 'batch' : 'standard',
    inference_geo: request.body.inference_geo ?? null,
    speed: request.body.speed ?? 'standard',
  };
}

/** All that an answer says. */
export function wordsOf(said: readonly Said[]): string {
  return said.map(({ text }) => text).join('');
}

/** Tokens that an answer costs. */
function outputTokensOf({ request, behaviour }: Decision): {
  output: number;
  thinking: number;
} {
  if (!('said' in behaviour)) return { output: 0, thinking: 0 };
  const extra = behaviour.kind === 'text' ? behaviour.extra : {};
  const thinking = tokensOf(extra.thinking ?? '');
  const counted = thinking + tokensOf(wordsOf(behaviour.said));
  const spent = extra.stopReason === 'max_tokens' ? request.body.max_tokens : counted;
  return { output: extra.outputTokens ?? spent, thinking };
}

export type StreamEvent = RawMessageStreamEvent | { type: 'ping' };

/** The events of a message; `after` so many characters of its text they end. */
export function* eventsOf(message: Message, after = Infinity): Generator<StreamEvent> {
  yield startOf(message);
  yield { type: 'ping' };
  let left = after;
  for (const [index, block] of message.content.entries()) {
    yield { type: 'content_block_start', index, content_block: emptied(block) };
    for (const delta of deltasOf(block, left)) yield { type: 'content_block_delta', index, delta };
    if (block.type === 'text') left -= Array.from(block.text).length;
    if (left < 0) return;
    yield { type: 'content_block_stop', index };
    if (left === 0) return;
  }
  if (after < Infinity) return;
  yield endOf(message);
  yield { type: 'message_stop' };
}

/** How the stream of a message begins: the input is counted, the output is not yet. */
export function startOf(message: Message): StreamEvent {
  const usage = { ...message.usage, output_tokens: 1, output_tokens_details: null };
  const nothing = { content: [], stop_reason: null, stop_details: null };
  return { type: 'message_start', message: { ...message, ...nothing, usage } };
}

function endOf({ stop_reason, stop_details, usage }: Message): StreamEvent {
  return {
    type: 'message_delta',
    delta: { container: null, stop_reason, stop_details, stop_sequence: null },
    usage: {
      input_tokens: usage.input_tokens,
      cache_read_input_tokens: usage.cache_read_input_tokens,
      cache_creation_input_tokens: usage.cache_creation_input_tokens,
      output_tokens: usage.output_tokens,
      output_tokens_details: usage.output_tokens_details,
      server_tool_use: usage.server_tool_use,
    },
  };
}

type Started = Extract<StreamEvent, { type: 'content_block_start' }>['content_block'];
type Delta = Extract<StreamEvent, { type: 'content_block_delta' }>['delta'];

function emptied(block: ContentBlock): Started {
  return block.type === 'thinking'
    ? { ...block, thinking: '', signature: '' }
    : { type: 'text', text: '', citations: null };
}

function* deltasOf(block: ContentBlock, after: number): Generator<Delta> {
  if (block.type === 'thinking') {
    for (const thinking of piecesOf(block.thinking)) yield { type: 'thinking_delta', thinking };
    yield { type: 'signature_delta', signature: block.signature };
  } else if (block.type === 'text') {
    // Citations have been seen before the words of their block, and after them.
    const [first, ...others] = (block.citations ?? []).map((citation): Delta => ({
      type: 'citations_delta',
      citation,
    }));
    if (first) yield first;
    for (const text of piecesOf(block.text, after)) yield { type: 'text_delta', text };
    if (Array.from(block.text).length <= after) yield* others;
  }
}

function piecesOf(text: string, after = Infinity): string[] {
  const characters = Array.from(text).slice(0, after);
  return Array.from({ length: Math.ceil(characters.length / PIECE) }, (_, index) =>
    characters.slice(index * PIECE, (index + 1) * PIECE).join(''),
  );
}
