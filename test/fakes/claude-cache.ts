import { createHash } from 'node:crypto';

import type { CacheCreation, CacheControlEphemeral } from '@anthropic-ai/sdk/resources/messages';

import type { Prompt } from './claude-rules.ts';

const BYTES_PER_TOKEN = 3.2;
const LEAST_TOKENS = 1024;
/** So many blocks before a breakpoint are compared with what is cached. */
const LOOKBACK = 20;
const TTL_MS = { '5m': 5 * 60_000, '1h': 60 * 60_000 };

/** How the input of a request is billed. `commit` is for the moment in which its answer begins. */
export type InputTokens = {
  readonly total: number;
  readonly fresh: number;
  readonly read: number;
  readonly written: CacheCreation;
  commit(): void;
};

/** A prompt up to the end of one of its blocks. */
type Prefix = { key: string; tokens: number; ttl: '5m' | '1h' | null };

/** The fake's own count, the same everywhere: UTF-8 bytes of all text by 3.2, rounded up. */
export function tokensOf(text: string): number {
  return tokensIn(Buffer.byteLength(text));
}

function tokensIn(bytes: number): number {
  return Math.ceil(bytes / BYTES_PER_TOKEN);
}

/** Which beginnings of prompts are remembered until when. */
export class PromptCache {
  readonly #now: () => Date;
  /** By keys of prefixes: until when each is remembered, and for how long after it was last read. */
  readonly #entries = new Map<string, { until: number; ttl: '5m' | '1h' }>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  look(prompt: Prompt): InputTokens {
    const prefixes = prefixesOf(prompt);
    const total = prefixes.at(-1)?.tokens ?? 0;
    const marks = prefixes.filter(({ ttl, tokens }) => ttl !== null && tokens >= LEAST_TOKENS);
    const hit = prefixes.findLast((each, index) => this.#has(each) && isNear(index, prefixes));
    const read = hit?.tokens ?? 0;
    const written = { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 };
    let cached = read;
    for (const { ttl, tokens } of marks.filter((mark) => mark.tokens > read)) {
      written[`ephemeral_${ttl ?? '5m'}_input_tokens`] += tokens - cached;
      cached = tokens;
    }
    return {
      total,
      fresh: total - cached,
      read,
      written,
      commit: () => this.#keep([...(hit ? [hit] : []), ...marks]),
    };
  }

  #has({ key }: Prefix): boolean {
    return (this.#entries.get(key)?.until ?? 0) > this.#now().getTime();
  }

  #keep(prefixes: readonly Prefix[]): void {
    const now = this.#now().getTime();
    for (const { key, ttl: asked } of prefixes) {
      const ttl = asked ?? this.#entries.get(key)?.ttl ?? '5m';
      this.#entries.set(key, { until: now + TTL_MS[ttl], ttl });
    }
  }
}

function isNear(index: number, prefixes: readonly Prefix[]): boolean {
  return prefixes.slice(index, index + LOOKBACK).some(({ ttl }) => ttl !== null);
}

function prefixesOf(prompt: Prompt): Prefix[] {
  const { model, output_config, tools = [] } = prompt;
  const { format = null } = output_config ?? {};
  const hash = createHash('sha256').update(JSON.stringify([model, format, tools]));
  const frame = [...(format ? [format.schema] : []), ...tools];
  let bytes = Buffer.byteLength(frame.map((each) => JSON.stringify(each)).join(''));
  const blocks = blocksOf(prompt);
  return blocks.map(({ where, block, control }, index) => {
    hash.update(JSON.stringify([where, { ...block, cache_control: null }]));
    bytes += Buffer.byteLength(textOf(block));
    const own = index === blocks.length - 1 ? (prompt.cache_control ?? control) : control;
    const ttl = own ? (own.ttl ?? '5m') : null;
    return { key: hash.copy().digest('hex'), tokens: tokensIn(bytes), ttl };
  });
}

type Block = { where: string; block: object; control: CacheControlEphemeral | null };

function blocksOf({ system = [], messages }: Prompt): Block[] {
  const turns = [{ role: 'system', content: system }, ...messages];
  return turns.flatMap(({ role, content }, turn) => {
    const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
    return blocks.map((block) => {
      const { cache_control: control } = block as { cache_control?: CacheControlEphemeral | null };
      return { where: `${turn} ${role}`, block, control: control ?? null };
    });
  });
}

/** All strings within a block but its markers. */
function textOf(value: unknown): string {
  if (!(value instanceof Object)) return typeof value === 'string' ? value : '';
  const parts = Object.entries(value).filter(([key]) => key !== 'type' && key !== 'cache_control');
  return parts.map(([, each]) => textOf(each)).join('');
}
