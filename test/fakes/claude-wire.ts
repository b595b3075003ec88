import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';

import type { Failure } from './claude-behaviours.ts';
import { tokensOf } from './claude-cache.ts';
import { eventsOf, messageOf, startOf, type StreamEvent } from './claude-message.ts';
import type { Decision } from './claude-mind.ts';
import { Metronome, type Pace } from './claude-pace.ts';
import { Refused } from './claude-refused.ts';

const MOST_BYTES = 32 * 1024 * 1024;

/** One response, with the id that its header has. */
export type Reply = { readonly response: ServerResponse; readonly requestId: string };

/** The body of a request as JSON. @throws Refused */
export async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const bytes = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
  if (bytes.length > MOST_BYTES) {
    throw new Refused('Request exceeds the maximum size', 'request_too_large', 413);
  }
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new Refused(`The request body is not valid JSON: ${String(error)}`);
  }
}

export function sendJson({ response }: Reply, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

export function sendLines({ response }: Reply, jsonl: string): void {
  response.writeHead(200, { 'content-type': 'application/x-jsonl' });
  response.end(jsonl);
}

export function sendFailure({ response, requestId }: Reply, failure: Failure): void {
  const { status, headers } = failure;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(errorOf(failure, requestId)));
}

/** An error as the API says it, in a response, a stream or a batch. */
export function errorOf({ type, message }: Pick<Failure, 'type' | 'message'>, id: string | null) {
  return { type: 'error' as const, error: { type, message }, request_id: id };
}

/** Does what was decided, to the end of the response. */
export async function sendAnswer(reply: Reply, decision: Decision, pace: Pace): Promise<void> {
  const { behaviour, request, input } = decision;
  if (behaviour.kind === 'fail') return sendFailure(reply, behaviour.failure);
  if (!request.body.stream && behaviour.kind === 'error') {
    return sendFailure(reply, { ...IN_STREAM, type: behaviour.type, status: 500 });
  }
  input.commit();
  const metronome = new Metronome(pace, reply.response);
  if (request.body.stream) return sendStream(reply, decision, metronome);
  if (behaviour.kind === 'cut') return void reply.response.destroy();
  if (behaviour.kind === 'hang') return untilClosed(reply);
  const message = messageOf(decision, idOf(reply));
  await metronome.beat(message.usage.output_tokens);
  return sendJson(reply, message);
}

const IN_STREAM = { message: 'the answer broke off' };

async function sendStream(reply: Reply, decision: Decision, metronome: Metronome): Promise<void> {
  const { response, requestId } = reply;
  const { behaviour } = decision;
  const message = messageOf(decision, idOf(reply));
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  const after = 'after' in behaviour ? behaviour.after : Infinity;
  const events =
    message.content.length === 0 && after === 0 ? [startOf(message)] : eventsOf(message, after);
  for (const event of events) {
    await metronome.beat(tokensIn(event));
    await writeEvent(reply, event);
  }
  if (behaviour.kind === 'hang') return untilClosed(reply);
  if (behaviour.kind === 'cut') return void response.destroy();
  if (behaviour.kind === 'error') {
    await writeEvent(reply, errorOf({ ...IN_STREAM, type: behaviour.type }, requestId));
  }
  response.end();
}

/** Tokens that a model speaks with an event; what it cites costs it none. */
function tokensIn(event: StreamEvent): number {
  if (event.type !== 'content_block_delta') return 0;
  const { delta } = event;
  if (delta.type === 'text_delta') return tokensOf(delta.text);
  return delta.type === 'thinking_delta' ? tokensOf(delta.thinking) : 0;
}

/**
 * Writes one event; where it has a character of several bytes, in two parts that cut through it,
 * with a turn of the loop between them so that a client reads them apart.
 */
async function writeEvent({ response }: Reply, event: { readonly type: string }): Promise<void> {
  const bytes = Buffer.from(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  const inside = Math.max(0, bytes.findIndex(isContinuation));
  for (const part of [bytes.subarray(0, inside), bytes.subarray(inside)]) {
    if (part.length === 0 || response.destroyed) continue;
    await new Promise<unknown>((resolve) => response.write(part, resolve));
    if (inside > 0) await setImmediate();
  }
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

function untilClosed({ response }: Reply): Promise<void> {
  response.flushHeaders();
  return new Promise((resolve) => response.once('close', resolve));
}

function idOf({ requestId }: Reply): string {
  return requestId.replace('req_', 'msg_');
}
