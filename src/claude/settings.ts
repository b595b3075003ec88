import { z } from 'zod';

import { type Price, type Purpose, PURPOSES, type Rates } from '../model/usage.ts';

/** How hard a model thinks. */
const EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof EFFORTS)[number];

/** A model, and how hard it thinks; `null` leaves that to the provider. */
export type Choice = { readonly model: string; readonly effort: Effort | null };

/** What the models are, and how far they may go. */
export type Models = Readonly<Record<Exclude<Purpose, 'check'>, Choice>> & {
  /** Who judges doubtful lines; `null` leaves that to the rules. */
  readonly check: Choice | null;
  readonly prices: ReadonlyMap<string, Price>;
  /** Dollars that all calls of a day may cost together. */
  readonly dailyCap: number;
  /** Tokens of posts that a report is written from. */
  readonly evidenceTokens: number;
  /** Tokens of posts and lines that a question is answered from. */
  readonly answerTokens: number;
  /** Minutes that writing a report may take, where no hour is to be kept. */
  readonly minutes: number;
  /** Parts are asked for in batches where there is time: half the price, within an hour or so. */
  readonly batch: boolean;
};

/** Where the model is reached. */
export type Access = {
  readonly apiKey: string;
  /** `null` for the provider's own address. */
  readonly baseUrl: string | null;
};

const dollars = z.number('must be a number of dollars').min(0, 'must not be below 0').max(10_000);

const rates = {
  input: dollars,
  output: dollars,
  cache_write: dollars.optional(),
  cache_write_hour: dollars.optional(),
  cache_read: dollars.optional(),
};

const priceSchema = z
  .strictObject({
    ...rates,
    long: z.strictObject({ above: z.number().int().min(1), ...rates }).optional(),
  })
  .transform(({ long, ...usual }): Price => ({
    ...ratesOf(usual),
    ...(long && { long: { above: long.above, ...ratesOf(long) } }),
  }));

/** Writing into the cache costs a quarter more than reading afresh (for an hour: twice), reading from it a tenth. */
function ratesOf(given: {
  input: number;
  output: number;
  cache_write?: number | undefined;
  cache_write_hour?: number | undefined;
  cache_read?: number | undefined;
}): Rates {
  return {
    input: given.input,
    output: given.output,
    cacheWrite: given.cache_write ?? given.input * 1.25,
    cacheWriteHour: given.cache_write_hour ?? given.input * 2,
    cacheRead: given.cache_read ?? given.input / 10,
  };
}

const name = z.string('must be the name of a model').trim().min(1).max(200);

const choiceSchema = z.union(
  [
    name,
    z.strictObject({
      model: name,
      effort: z.enum(EFFORTS, `must be one of ${EFFORTS.join(', ')}`).optional(),
    }),
  ],
  `must be the name of a model, or model and effort (${EFFORTS.join(', ')})`,
);

/** The section `models` of chorus.yaml. */
export const modelsSchema = z
  .strictObject({
    report: choiceSchema.optional().describe('who writes the report, and how hard it thinks'),
    ask: choiceSchema.optional().describe('who answers questions'),
    check: z
      .union([z.literal(false), choiceSchema], 'must be the name of a model, or false')
      .optional()
      .describe('who judges doubtful lines; `false`: the rules alone'),
    daily_cap: dollars.optional().describe('dollars a day, over all topics; nothing passes it'),
    evidence_tokens: z
      .number('must be a number of tokens')
      .int()
      .min(2000, 'must be 2000 or more')
      .max(500_000, 'must be 500000 or less')
      .optional()
      .describe('tokens of posts that a report is written from'),
    answer_tokens: z
      .number('must be a number of tokens')
      .int()
      .min(500, 'must be 500 or more')
      .max(100_000, 'must be 100000 or less')
      .optional()
      .describe('tokens of posts and lines that a question is answered from'),
    minutes: z
      .number('must be a number of minutes')
      .min(1, 'must be 1 or more')
      .max(1440, 'must be 1440 or less')
      .optional()
      .describe('how long writing a report may take'),
    batch: z
      .boolean('must be true or false')
      .optional()
      .describe('ask in batches, for half the price, where there is time until the hour'),
    prices: z
      .record(z.string(), priceSchema)
      .optional()
      .describe('dollars for a million tokens, of models that are not known here'),
  })
  .nullable();

/** The settings of `models` in chorus.yaml, each with what it means. */
export const MODEL_SETTINGS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(modelsSchema.unwrap().shape).map(([key, schema]) => [
    key,
    schema.description ?? '',
  ]),
);

/**
 * What is not free of the models known here, as their maker's price list had it in November 2026.
 */
const PRICES: Readonly<Record<string, Price>> = {
  'claude-opus-5-5': { input: 4, cacheWrite: 5, cacheWriteHour: 8, cacheRead: 0.2, output: 20 },
  'claude-sonnet-5-5': { input: 2, cacheWrite: 2.5, cacheWriteHour: 4, cacheRead: 0.1, output: 10 },
  'claude-haiku-5-5': {
    input: 0.1,
    cacheWrite: 0.125,
    cacheWriteHour: 0.2,
    cacheRead: 0.01,
    output: 0.5,
    long: {
      above: 100_000,
      input: 0.5,
      cacheWrite: 0.625,
      cacheWriteHour: 1,
      cacheRead: 0.05,
      output: 2.5,
    },
  },
};

export const DEFAULT_MODELS: Models = {
  report: { model: 'claude-opus-5-5', effort: 'medium' },
  ask: { model: 'claude-sonnet-5-5', effort: 'low' },
  check: { model: 'claude-haiku-5-5', effort: 'low' },
  prices: new Map(Object.entries(PRICES)),
  dailyCap: 2,
  evidenceTokens: 24_000,
  answerTokens: 6000,
  minutes: 20,
  batch: false,
};

/** The settings with what was left out filled in. */
export function fillModels(given: z.output<typeof modelsSchema>): Models {
  const usual = DEFAULT_MODELS;
  const choice = (set: z.output<typeof choiceSchema> | undefined, own: Choice): Choice => {
    if (set === undefined) return own;
    if (typeof set !== 'string') return { model: set.model, effort: set.effort ?? null };
    return { model: set, effort: set === own.model ? own.effort : null };
  };
  const check = given?.check;
  return {
    report: choice(given?.report, usual.report),
    ask: choice(given?.ask, usual.ask),
    check: check === false || usual.check === null ? null : choice(check, usual.check),
    prices: new Map([...usual.prices, ...Object.entries(given?.prices ?? {})]),
    dailyCap: given?.daily_cap ?? usual.dailyCap,
    evidenceTokens: given?.evidence_tokens ?? usual.evidenceTokens,
    answerTokens: given?.answer_tokens ?? usual.answerTokens,
    minutes: given?.minutes ?? usual.minutes,
    batch: given?.batch ?? usual.batch,
  };
}

/** The models that are chosen and whose price nobody said: the cap could not be kept with them. */
export function unpricedModels(models: Models): { purpose: Purpose; model: string }[] {
  return PURPOSES.flatMap((purpose) => {
    const choice = models[purpose];
    return choice === null || models.prices.has(choice.model)
      ? []
      : [{ purpose, model: choice.model }];
  });
}
