import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { cachedSchema } from './schema-cache.ts';

const CLIENT = 'node_modules/twitter-api-v2';
const TYPES = `${CLIENT}/dist/esm/types/index.d.ts`;
const CACHE = 'node_modules/.cache/dawn-chorus';
/** To be raised when something else is made of the types. */
const FORM = 1;

type Definition = {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly enum?: readonly string[];
  required?: readonly string[];
};

/** Schemas of what is asked and told, besides those of types within them. */
export type Document = { readonly definitions: Readonly<Record<string, Definition>> };

export function readClientSchema(): Promise<Document> {
  return cachedSchema({ name: 'x', folder: CLIENT, edition: FORM }, generate);
}

/** What is asked and told, under names of our own. */
const SOURCE = `import type * as x from '${path.resolve(TYPES)}';
export type TweetFields = keyof x.TweetV2;
export type UserFields = keyof x.UserV2;
export type MediaFields = keyof x.MediaObjectV2;
export type PlaceFields = keyof x.PlaceV2;
export type PollFields = keyof x.PollV2;
export type PostExpansions = x.TTweetv2Expansion;
export type UserExpansions = x.TUserV2Expansion;
export interface ListTimeline extends x.TweetV2PaginableListParams {}
export interface UserTimeline extends x.TweetV2UserTimelineParams {}
export interface Search extends x.Tweetv2SearchParams { pagination_token?: string }
export interface Counts extends x.TweetV2CountParams {}
export interface Lookup extends x.Tweetv2FieldsParams { ids: string[] }
export interface Users extends x.UsersV2Params {}
export interface Usage { days?: number; 'usage.fields'?: string[] }
export interface Told {
  list: Partial<x.Tweetv2ListResult>;
  timeline: Partial<x.TweetV2UserTimelineResult>;
  search: Partial<x.Tweetv2SearchResult>;
  counts: x.TweetV2CountResult;
  posts: Partial<x.TweetV2LookupResult>;
  post: Partial<x.TweetV2SingleResult>;
  users: Partial<x.UsersV2Result>;
  user: Partial<x.UserV2Result>;
}`;

/** Types that say of fields that they are always there; X leaves out the empty ones. */
const WITH_GAPS = ['TweetEntitiesV2', 'NoteTweetEntitiesV2', 'TweetEntityUrlV2'];

const ROOTS = [
  'TweetFields',
  'UserFields',
  'MediaFields',
  'PlaceFields',
  'PollFields',
  'PostExpansions',
  'UserExpansions',
  'ListTimeline',
  'UserTimeline',
  'Search',
  'Counts',
  'Lookup',
  'Users',
  'Usage',
  'Told',
];

async function generate(): Promise<Document> {
  const { createGenerator } = await import('ts-json-schema-generator'); // brings a compiler
  await mkdir(path.resolve(CACHE), { recursive: true });
  const file = path.resolve(CACHE, `x-${randomBytes(6).toString('hex')}.ts`);
  await writeFile(file, SOURCE);
  try {
    const options = { path: file, skipTypeCheck: true, additionalProperties: false };
    const generator = createGenerator(options);
    const made = ROOTS.map((root) => generator.createSchema(root).definitions ?? {});
    const definitions = Object.assign({}, ...made) as Record<string, Definition>;
    for (const name of WITH_GAPS) delete definitions[name]?.required;
    return { definitions };
  } finally {
    await rm(file);
  }
}
