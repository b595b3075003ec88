import { z } from 'zod';

import { ONE_LINE } from '../lib/text.ts';
import { wholeNumber } from '../lib/whole-number.ts';
import type { SourceSpec, Timeline } from '../model/source.ts';
import { sourceKey } from '../model/source.ts';
import { sourceAt, type SourceSetting } from './profile.ts';

/** How posts are collected, over all topics. */
export type CollectSettings = {
  /** What X takes for a post and for a person that are read, millionths of a dollar. */
  readonly prices: { readonly post: number; readonly user: number };
  /** Whether sources may lie in our own network. */
  readonly privateAddresses: boolean;
  /** Through which server Bluesky is read. */
  readonly bluesky: string;
};

/** What a topic is collected from, and how. */
export type Sources = {
  readonly specs: readonly SourceSpec[];
  /** How often it is looked for new posts. */
  readonly everyMinutes: number;
  /** After so many hours without a post, or of failing, the owners are told of a source. */
  readonly alertHours: number;
  /** Of so many leading posts the numbers are read again shortly before a report is made. */
  readonly secondLook: number;
  /** What X may take of this topic, millionths of a dollar. */
  readonly budget: { readonly daily: number; readonly monthly: number };
};

/** Of a topic that names no sources: its posts are imported. */
export const NO_SOURCES: Sources = {
  specs: [],
  everyMinutes: 15,
  alertHours: 24,
  secondLook: 50,
  budget: { daily: 2_000_000, monthly: 40_000_000 },
};

const MICROS = 1_000_000;
const DOLLARS = 'must be a number of dollars, from 0 to 100000';
const dollars = z.number(DOLLARS).min(0, DOLLARS).max(100_000, DOLLARS);

/** `collect` in `chorus.yaml`. */
export const collectSchema = z.strictObject({
  post_price: dollars.optional().describe('dollars that X takes for a post that is read'),
  user_price: dollars.optional().describe('dollars that X takes for a person that is read'),
  private_addresses: z
    .boolean()
    .optional()
    .describe('whether feeds may lie in one’s own network; else they are refused'),
  bluesky: z
    .url({ protocol: /^https?$/, error: 'must look like https://public.api.bsky.app' })
    .optional()
    .describe('the server through which Bluesky is read'),
});

/** The settings with what is left out. */
export function fillCollect(settings: z.output<typeof collectSchema> | null): CollectSettings {
  return {
    // As X's price list of 2026 has it.
    prices: {
      post: inMicros(settings?.post_price ?? 0.005),
      user: inMicros(settings?.user_price ?? 0.01),
    },
    privateAddresses: settings?.private_addresses ?? false,
    bluesky: settings?.bluesky ?? 'https://public.api.bsky.app',
  };
}

/** A kind of source with its one word or address, each as people write it. */
const KINDS = {
  x_list: z
    .string('must be the id in quotation marks: "1234567890"')
    .overwrite(wordAt('x_list'))
    .regex(/^\d{1,20}$/, 'must be the id of a list: "1234567890"')
    .transform((id): SourceSpec => ({ kind: 'x-list', id })),
  x_user: z
    .string('must be a handle of X, like karpathy')
    .overwrite(wordAt('x_user'))
    .regex(/^@?\w{1,15}$/, 'must be a handle of X, like karpathy')
    .transform((text): SourceSpec => ({ kind: 'x-user', handle: text.replace(/^@/, '') })),
  x_search: z
    .string('must be a query of X’s search')
    .overwrite(wordAt('x_search'))
    .trim()
    .min(1, 'must be a query of X’s search')
    .max(1024, 'is longer than 1,024 characters')
    .regex(ONE_LINE, 'must be one line')
    .transform((query): SourceSpec => ({ kind: 'x-search', query })),
  feed: z
    .url({ protocol: /^https?$/, error: 'must be the address of a feed, http or https' })
    .max(1000, 'is longer than 1,000 characters')
    .regex(ONE_LINE, 'must be one line')
    .refine((text) => /^https?:\/\/[^/@]*(?:\/|$)/i.test(text), 'must have no password in it')
    .transform((url): SourceSpec => ({ kind: 'feed', url })),
  bluesky: z
    .string('must look like "@alice.bsky.social" or "#ai"')
    .overwrite(wordAt('bluesky'))
    .regex(
      /^(?:@?[a-z\d-]+(?:\.[a-z\d-]+)+|#[^\s#@\p{Cc}\p{Cs}]{1,64})$/iu,
      'must look like "@alice.bsky.social" or "#ai"',
    )
    .transform((text): SourceSpec => ({ kind: 'bluesky', of: timelineOf(text) })),
  mastodon: z
    .string('must look like "@user@mastodon.social" or "#ai@mastodon.social"')
    .overwrite(wordAt('mastodon'))
    .regex(
      /^(?:@?[\w.-]{1,64}|#[^\s#@\p{Cc}\p{Cs}]{1,100})@[a-z\d.-]+(?::\d{1,5})?$/iu,
      'must look like "@user@mastodon.social" or "#ai@mastodon.social"',
    )
    .transform((text): SourceSpec => {
      const at = text.lastIndexOf('@');
      return {
        kind: 'mastodon',
        server: text.slice(at + 1).toLowerCase(),
        of: timelineOf(text.slice(0, at)),
      };
    }),
  file: z
    .string('must be a path, like ./drop/*.jsonl')
    .min(1, 'must be a path, like ./drop/*.jsonl')
    .max(1000, 'is longer than 1,000 characters')
    .regex(ONE_LINE, 'must be one line')
    .refine((text) => text.split('*').length <= 4, 'may have * three times at most')
    .refine((text) => !/\*.*[/\\]/.test(text), 'may have * in its last part only: ./drop/*.jsonl')
    .transform((pattern): SourceSpec => ({ kind: 'file', pattern })),
} as const;

/** What is copied from a browser is the address of what is meant. */
function wordAt(kind: string): (text: string) => string {
  return (text) => {
    const named = sourceAt(text.trim());
    return named?.kind === kind ? named.what : text;
  };
}

function timelineOf(text: string): Timeline {
  return text.startsWith('#')
    ? { kind: 'tag', tag: text.slice(1) }
    : { kind: 'author', handle: text.replace(/^@/, '') };
}

const KIND_NAMES = Object.keys(KINDS).join(', ');

/** One source, as `kind: what`. */
const sourceSchema = z
  .strictObject(
    Object.fromEntries(Object.entries(KINDS).map(([kind, schema]) => [kind, schema.optional()])),
    {
      error: ({ code }) =>
        code === 'invalid_type' ? `must be a source, like "x_user: karpathy"` : undefined,
    },
  )
  .transform((named, context): SourceSpec => {
    if (context.issues.length > 0) return z.NEVER; // a kind that there is not
    const [spec, ...others] = Object.values(named).filter((one) => one !== undefined);
    if (spec !== undefined && others.length === 0) return spec;
    context.addIssue(
      `each source is one of ${KIND_NAMES}, on a line of its own: "- x_user: karpathy"`,
    );
    return z.NEVER;
  });

/** The source that a value like `{ x_user: 'karpathy' }` names; `null` where it names none. */
export function sourceFrom(value: unknown): SourceSpec | null {
  return sourceSchema.safeParse(value).data ?? null;
}

/** The source of a kind that a word names, or why it names none. */
export function sourceOf({
  kind,
  what,
}: SourceSetting):
  | { readonly kind: 'source'; readonly spec: SourceSpec }
  | { readonly kind: 'wrong'; readonly why: string } {
  if (!Object.hasOwn(KINDS, kind)) {
    return { kind: 'wrong', why: `"${kind}" is no kind of source; there are ${KIND_NAMES}` };
  }
  const read = sourceSchema.safeParse({ [kind]: what });
  if (read.success) return { kind: 'source', spec: read.data };
  return { kind: 'wrong', why: `${kind} ${read.error.issues[0]?.message ?? 'cannot be that'}` };
}

/** A source as the configuration names it. */
export function settingOf(spec: SourceSpec): SourceSetting {
  switch (spec.kind) {
    case 'x-list':
      return { kind: 'x_list', what: spec.id };
    case 'x-user':
      return { kind: 'x_user', what: spec.handle };
    case 'x-search':
      return { kind: 'x_search', what: spec.query };
    case 'feed':
      return { kind: 'feed', what: spec.url };
    case 'bluesky':
      return { kind: 'bluesky', what: markOf(spec.of) };
    case 'mastodon':
      return { kind: 'mastodon', what: `${markOf(spec.of)}@${spec.server}` };
    default:
      return { kind: 'file', what: spec.pattern };
  }
}

function markOf(of: Timeline): string {
  return of.kind === 'author' ? `@${of.handle}` : `#${of.tag}`;
}

/** What a topic has of it in `chorus.yaml`. */
export const sourceFields = {
  sources: z
    .array(sourceSchema, 'must be a list: "- x_user: karpathy"')
    .max(200, 'has more than 200 sources')
    .refine(areDistinct, {
      error: 'names a source twice',
      when: ({ issues }) => issues.length === 0, // what is no source has no name
    })
    .optional()
    .describe('where its posts come from'),
  collect_minutes: wholeNumber(1, 1440).optional().describe('how often it is looked for new posts'),
  alert_hours: wholeNumber(1, 720)
    .optional()
    .describe('after how many silent or failing hours the owners are told of a source'),
  second_look: wholeNumber(0, 1000)
    .optional()
    .describe('of how many leading posts of X the numbers are read again before a report is made'),
  x_budget: z
    .strictObject({ daily: dollars.optional(), monthly: dollars.optional() })
    .optional()
    .describe('dollars that X may take of it, by day and by month'),
};

function areDistinct(specs: readonly SourceSpec[]): boolean {
  return new Set(specs.map(sourceKey)).size === specs.length;
}

const fieldsSchema = z.object(sourceFields);

/** What a topic is collected from, with what is left out. */
export function fillSources(fields: z.output<typeof fieldsSchema> | null): Sources {
  return {
    specs: fields?.sources ?? NO_SOURCES.specs,
    everyMinutes: fields?.collect_minutes ?? NO_SOURCES.everyMinutes,
    alertHours: fields?.alert_hours ?? NO_SOURCES.alertHours,
    secondLook: fields?.second_look ?? NO_SOURCES.secondLook,
    budget: budgetOf(fields?.x_budget ?? {}),
  };
}

function budgetOf({
  daily,
  monthly,
}: {
  daily?: number | undefined;
  monthly?: number | undefined;
}): Sources['budget'] {
  const { budget } = NO_SOURCES;
  return {
    daily: daily === undefined ? budget.daily : inMicros(daily),
    monthly: monthly === undefined ? budget.monthly : inMicros(monthly),
  };
}

function inMicros(amount: number): number {
  return Math.round(amount * MICROS);
}
