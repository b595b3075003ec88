import type { IncomingHttpHeaders } from 'node:http';

import type { MessageCreateParams } from '@anthropic-ai/sdk/resources/messages';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

import { type Behaviour, type Said, text } from './claude-behaviours.ts';
import type { InputTokens, PromptCache } from './claude-cache.ts';
import { wordsOf } from './claude-message.ts';
import { Refused } from './claude-refused.ts';
import { checkPrompt, type Prompt, resultsIn } from './claude-rules.ts';
import type { SdkSchema } from './claude-sdk-schema.ts';

/** A request that keeps to the rules. */
export type Request = {
  readonly body: MessageCreateParams;
  readonly headers: IncomingHttpHeaders;
  readonly at: 'messages' | 'batch';
  readonly promptTokens: number;
  readonly cacheRead: number;
  readonly cacheWritten: number;
};

/** Says how a request is answered. */
export type Answerer = (request: Request) => Behaviour | Promise<Behaviour>;

/** A request with what is done about it. */
export type Decision = {
  readonly request: Request;
  readonly input: InputTokens;
  readonly behaviour: Behaviour;
};

type Limits = { readonly models: readonly string[]; readonly contextTokens: number };

/** Knows which prompts may be asked, and what is answered to them. */
export class Mind {
  answerer: Answerer | null = null;
  readonly queue: Behaviour[] = [];
  readonly requests: Request[] = [];
  /** Mistakes of the test, such as an answer that breaks the schema that was asked for. */
  readonly faults: string[] = [];
  readonly #sdk: SdkSchema;
  readonly #cache: PromptCache;
  readonly #limits: Limits;

  constructor(sdk: SdkSchema, cache: PromptCache, limits: Limits) {
    this.#sdk = sdk;
    this.#cache = cache;
    this.#limits = limits;
  }

  /** @throws Refused where the body is not of the SDK's type. */
  checkType(type: string, body: unknown): void {
    this.#sdk.check(type, body);
  }

  /** @throws Refused where a prompt of the right type breaks a rule; `at` comes before its paths. */
  checkPrompt(prompt: Prompt, at = ''): void {
    try {
      this.#checkModel(prompt);
      checkPrompt(prompt);
      if (prompt.output_config?.format) outputCheck(prompt.output_config.format.schema);
      this.#checkLength(prompt);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw new Refused(`${at}${error.message}`, error.failure.type, error.failure.status);
    }
  }

  #checkModel({ model }: Prompt): void {
    if ([...this.#sdk.models, ...this.#limits.models].includes(model)) return;
    throw new Refused(`model: ${model}`, 'not_found_error', 404);
  }

  #checkLength(prompt: Prompt): void {
    const total = this.count(prompt);
    const most = this.#limits.contextTokens;
    if (total > most) throw new Refused(`prompt is too long: ${total} tokens > ${most} maximum`);
  }

  count(prompt: Prompt): number {
    return this.#cache.look(prompt).total;
  }

  /** What to do about a request that was checked. @throws Refused where the test made a mistake. */
  async decide(
    body: MessageCreateParams,
    headers: IncomingHttpHeaders,
    at: Request['at'],
  ): Promise<Decision> {
    const input = this.#cache.look(body);
    const { total: promptTokens, read: cacheRead, written } = input;
    const cacheWritten = written.ephemeral_5m_input_tokens + written.ephemeral_1h_input_tokens;
    const request = { body, headers, at, promptTokens, cacheRead, cacheWritten };
    this.requests.push(request);
    const behaviour = body.max_tokens === 0 ? WARMING : await this.#next(request);
    this.#hold(request, behaviour);
    return { request, input, behaviour };
  }

  async #next(request: Request): Promise<Behaviour> {
    const behaviour = this.queue.shift();
    if (behaviour) return behaviour;
    if (!this.answerer) throw this.#fault('nothing was said to answer with');
    try {
      return await this.answerer(request);
    } catch (error) {
      throw this.#fault(`the answerer threw ${String(error)}`);
    }
  }

  #hold({ body, at }: Request, behaviour: Behaviour): void {
    const { kind } = behaviour;
    const isOfBatches = at === 'batch' ? kind !== 'cut' && kind !== 'hang' : kind !== 'expired';
    if (!isOfBatches) throw this.#fault(`there is no ${kind} at ${at}`);
    this.#holdCites(body, 'said' in behaviour ? behaviour.said : []);
    const schema = body.output_config?.format?.schema;
    if (kind !== 'text' || !schema || behaviour.extra.ignoringSchema) return;
    const complaint = outputCheck(schema)(wordsOf(behaviour.said));
    if (complaint) throw this.#fault(`the answer breaks its schema: ${complaint}`);
  }

  #holdCites({ messages }: MessageCreateParams, said: readonly Said[]): void {
    const results = resultsIn(messages);
    for (const place of said.flatMap(({ cites }) => cites)) {
      if (results[place]?.citations?.enabled === true) continue;
      throw this.#fault(`there is no search result ${place} that can be cited`);
    }
  }

  #fault(message: string): Refused {
    this.faults.push(message);
    return new Refused(`a mistake of the test: ${message}`, 'api_error', 500);
  }
}

/** A request for no tokens is answered with nothing, and no behaviour is taken for it. */
const WARMING = text('', { stopReason: 'max_tokens', ignoringSchema: true, outputTokens: 0 });

type OutputCheck = (text: string) => string | null;

/** Checks by their schemas: all questions of a kind have the same, and compiling takes its time. */
const CHECKS = new Map<string, OutputCheck>();

/** Tells what is wrong with a text that is to be of the schema. @throws Refused where none can be. */
function outputCheck(schema: Readonly<Record<string, unknown>>): OutputCheck {
  const key = JSON.stringify(schema);
  const check = CHECKS.get(key) ?? openOutputCheck(schema);
  CHECKS.set(key, check);
  return check;
}

function openOutputCheck(schema: Readonly<Record<string, unknown>>): OutputCheck {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const validate = compile(ajv, schema);
  return (words) => {
    try {
      return validate(JSON.parse(words)) ? null : ajv.errorsText(validate.errors);
    } catch (error) {
      return String(error);
    }
  };
}

function compile(ajv: Ajv2020, schema: Readonly<Record<string, unknown>>): ValidateFunction {
  try {
    const { $schema: _, ...rest } = schema; // the draft that it names may be another
    return ajv.compile(rest);
  } catch (error) {
    throw new Refused(`output_config.format.schema: ${String(error)}`);
  }
}
