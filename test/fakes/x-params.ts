import { type Naming, POST_EXPANSIONS, postFieldsOf } from './x-naming.ts';
import { type Complaint, complaint, invalid } from './x-refused.ts';
import type { Asked, ClientSchema, Vocabulary } from './x-schema.ts';
import type { Wish } from './x-view.ts';

/** Whether fields that do not exist are refused, as X says, or overlooked, as it has been seen to. */
export type UnknownFields = 'refuse' | 'overlook';

/** What a kind of request may say. */
export type Rules = {
  readonly asked: Asked;
  /** Names in its path and in its query besides those of its type. */
  readonly others?: readonly string[];
  readonly results?: { readonly least: number; readonly most: number; readonly usual: number };
};

const ID = /^[0-9]{1,19}$/;
const USERNAME = /^[A-Za-z0-9_]{1,15}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;
const MOST_VALUES = 100;

const VOCABULARIES: Readonly<Record<string, Vocabulary>> = {
  'tweet.fields': 'TweetFields',
  'user.fields': 'UserFields',
  'media.fields': 'MediaFields',
  'place.fields': 'PlaceFields',
  'poll.fields': 'PollFields',
};
const PATTERNS: Readonly<Record<string, RegExp>> = {
  id: ID,
  since_id: ID,
  until_id: ID,
  ids: ID,
  username: USERNAME,
  usernames: USERNAME,
  start_time: TIME,
  end_time: TIME,
};
const LISTS = ['ids', 'usernames'];
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  exclude: ['replies', 'retweets'],
  granularity: ['minute', 'hour', 'day'],
  sort_order: ['recency', 'relevancy'],
  'usage.fields': [
    'cap_reset_day',
    'daily_client_app_usage',
    'daily_project_usage',
    'project_cap',
    'project_id',
    'project_usage',
  ],
};

type Given = ReadonlyMap<string, string>;

/** The parameters of a request after they were checked. */
export class Params {
  readonly wish: Wish;
  readonly #given: Given;

  constructor(given: Given, wish: Wish) {
    this.#given = given;
    this.wish = wish;
  }

  text(name: string): string | null {
    return this.#given.get(name) ?? null;
  }

  list(name: string): readonly string[] {
    return listOf(this.#given.get(name));
  }

  id(name: string): bigint | null {
    const text = this.text(name);
    return text === null ? null : BigInt(text);
  }

  time(name: string): Date | null {
    const text = this.text(name);
    return text === null ? null : new Date(text);
  }

  number(name: string): number | null {
    const text = this.text(name);
    return text === null ? null : Number(text);
  }
}

export type Reader = (given: Given, rules: Rules) => Params;

/** Reads parameters by what the types say. @throws Refused, with all that is wrong */
export function readerOf(
  schema: ClientSchema,
  { naming, unknownFields }: { naming: Naming | 'asked'; unknownFields: UnknownFields },
): Reader {
  const known = knownWords(schema);
  const parametersOf = (asked: Asked) => schema.parametersOf(asked);
  return (given, rules) => {
    const check = new Check({ known, parametersOf }, given, rules);
    const used = naming === 'asked' ? (given.has('post.fields') ? 'post' : 'tweet') : naming;
    const params = new Params(given, {
      naming: used,
      postFields: check.postFields(unknownFields, naming !== 'tweet'),
      userFields: check.words('user.fields', unknownFields),
      mediaFields: check.words('media.fields', unknownFields),
      expansions: check.expansions(unknownFields),
    });
    check.words('place.fields', unknownFields);
    check.words('poll.fields', unknownFields);
    check.names(naming !== 'tweet');
    check.values();
    if (check.complaints.length > 0) throw invalid(check.complaints);
    return params;
  };
}

type Words = ReadonlyMap<string, string>;
type Known = {
  /** By parameter what it takes, with the names that the fake uses for it. */
  readonly known: ReadonlyMap<string, Words>;
  readonly parametersOf: ClientSchema['parametersOf'];
};

function knownWords(schema: ClientSchema): ReadonlyMap<string, Words> {
  const same = (words: readonly string[]) => words.map((word) => [word, word] as const);
  const fields = Object.entries(VOCABULARIES).map(
    ([name, vocabulary]) => [name, new Map(same(schema.wordsOf(vocabulary)))] as const,
  );
  return new Map<string, Words>([
    ...fields,
    ['post.fields', postFieldsOf(schema.wordsOf('TweetFields'))],
    [POSTS, new Map([...same(schema.wordsOf('TTweetv2Expansion')), ...POST_EXPANSIONS])],
    [USERS, new Map(same(schema.wordsOf('TUserV2Expansion')))],
  ]);
}

const POSTS = 'expansions of posts';
const USERS = 'expansions of users';

class Check {
  readonly complaints: Complaint[] = [];
  readonly #known: Known;
  readonly #given: Given;
  readonly #rules: Rules;

  constructor(known: Known, given: Given, rules: Rules) {
    this.#known = known;
    this.#given = given;
    this.#rules = rules;
  }

  names(takesPostFields: boolean): void {
    const own = [...this.#known.parametersOf(this.#rules.asked), ...(this.#rules.others ?? [])];
    const isOfPosts = takesPostFields && own.includes('tweet.fields');
    const known = isOfPosts ? [...own, 'post.fields'] : own;
    for (const [name, value] of this.#given) {
      if (known.includes(name)) continue;
      const message = `The query parameter [${name}] is not one of [${known.join(',')}]`;
      this.complaints.push(complaint(name, [value], message));
    }
  }

  words(name: string, unknown: UnknownFields): ReadonlySet<string> {
    return this.#among(name, name, unknown);
  }

  /** The fields of posts, by their names in the `tweet` naming. */
  postFields(unknown: UnknownFields, takesPostFields: boolean): ReadonlySet<string> {
    const both = ['tweet.fields', 'post.fields'].filter((name) => this.#given.has(name));
    if (both.length === 2) {
      const message = 'Use either `tweet.fields` or `post.fields`';
      this.complaints.push(complaint('post.fields', [], message));
    }
    if (!takesPostFields || !this.#given.has('post.fields')) {
      return this.words('tweet.fields', unknown);
    }
    return this.words('post.fields', unknown);
  }

  expansions(unknown: UnknownFields): ReadonlySet<string> {
    return this.#among('expansions', this.#rules.asked === 'Users' ? USERS : POSTS, unknown);
  }

  /** The words of a list, by the names that the fake uses for them. */
  #among(name: string, vocabulary: string, unknown: UnknownFields): Set<string> {
    const known = this.#known.known.get(vocabulary) ?? new Map<string, string>();
    const words = new Set<string>();
    for (const word of listOf(this.#given.get(name))) {
      const own = known.get(word);
      if (own !== undefined) words.add(own);
      else if (unknown === 'refuse') this.#refuseWord(name, word, [...known.keys()]);
    }
    return words;
  }

  values(): void {
    for (const [name, value] of this.#given) {
      if (value === '' && name !== 'query') this.#refuse(name, value, 'can not be empty');
      else if (LISTS.includes(name)) this.#checkList(name, listOf(value));
      else if (PATTERNS[name]) this.#checkPattern(name, value);
      else if (CHOICES[name]) for (const word of listOf(value)) this.#checkChoice(name, word);
    }
    const { results } = this.#rules;
    if (results) this.#checkNumber('max_results', results.least, results.most);
    if (this.#rules.asked === 'Usage') this.#checkNumber('days', 1, 90);
    for (const name of this.#required()) {
      if (!this.#given.has(name)) this.#refuse(name, null, 'can not be empty');
    }
  }

  #required(): readonly string[] {
    const { asked, others = [] } = this.#rules;
    if (asked === 'Search' || asked === 'Counts') return ['query'];
    if (asked === 'Lookup' && !others.includes('id')) return ['ids'];
    return LISTS.filter((name) => asked === 'Users' && others.includes(name));
  }

  #checkList(name: string, values: readonly string[]): void {
    if (values.length > MOST_VALUES) {
      const size = `The number of values in the \`${name}\` query parameter list [${values.length}]`;
      const message = `${size} is not between 1 and ${MOST_VALUES}`;
      this.complaints.push(complaint(name, values, message));
    }
    for (const value of values) this.#checkPattern(name, value);
  }

  #checkPattern(name: string, value: string): void {
    const pattern = PATTERNS[name] ?? /^/;
    const isReal = pattern !== TIME || !Number.isNaN(Date.parse(value));
    if (!pattern.test(value) || !isReal) {
      this.#refuse(name, value, `[${value}] does not match ${pattern.source}`);
    }
  }

  #checkChoice(name: string, word: string): void {
    const choices = CHOICES[name] ?? [];
    if (!choices.includes(word)) this.#refuseWord(name, word, choices);
  }

  #checkNumber(name: string, least: number, most: number): void {
    const value = this.#given.get(name);
    if (value === undefined || value === '') return;
    const number = /^-?\d+$/.test(value) ? Number(value) : NaN;
    if (number >= least && number <= most) return;
    this.#refuse(name, value, `[${value}] is not between ${least} and ${most}`);
  }

  #refuseWord(name: string, word: string, known: readonly string[]): void {
    this.#refuse(name, word, `[${word}] is not one of [${known.toSorted().join(',')}]`);
  }

  #refuse(name: string, value: string | null, words: string): void {
    const message = `The \`${name}\` query parameter value ${words}`;
    this.complaints.push(complaint(name, value === null ? [] : [value], message));
  }
}

function listOf(value: string | undefined): readonly string[] {
  return value === undefined || value === '' ? [] : value.split(',');
}
