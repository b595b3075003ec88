import { complaint, invalid, type Refused } from './x-refused.ts';
import type { World, XPost } from './x-world.ts';

/** Whether a post is what a query asks for. */
export type Matcher = (post: XPost, world: World) => boolean;

/** Operators that may stand alone, and those that need one that may. */
const ALONE = new Set([
  'from',
  'to',
  'url',
  'retweets_of',
  'context',
  'entity',
  'conversation_id',
  'list',
  'place',
  'place_country',
  'point_radius',
  'bounding_box',
  'geo_bounding_box',
  'in_reply_to_tweet_id',
  'in_reply_to_status_id',
  'retweets_of_tweet_id',
  'retweets_of_status_id',
  'quotes_of_tweet_id',
  'quotes_of_status_id',
]);
const WITH_OTHERS = new Set(['is', 'has', 'lang']);
const IS = new Set(['retweet', 'reply', 'quote', 'verified', 'nullcast']);
const HAS = new Set([
  'hashtags',
  'cashtags',
  'links',
  'mentions',
  'media',
  'media_link',
  'images',
  'video_link',
  'videos',
  'geo',
]);

type Token = { readonly kind: 'open' | 'close' | 'or' | 'term'; readonly at: number; text: string };
type Clause = {
  readonly matches: Matcher;
  /** Whether it finds posts by itself, so that a query may be made of it alone. */
  readonly isEnough: boolean;
};

/** Reads a query. @throws Refused, as X refuses it */
export function parseQuery(query: string, longest: number): Matcher {
  if (query.trim() === '') throw refusal(query, 'Request parameter `query` can not be empty', null);
  if (query.length > longest) {
    const message = `Rules must be no more than ${longest} characters, this one has ${query.length}`;
    throw refusal(query, message, longest + 1);
  }
  const parser = new Parser(query);
  const clause = parser.parse();
  if (!clause.isEnough) {
    throw refusal(query, 'Rule must contain at least one positive, standalone operator', 1);
  }
  return clause.matches;
}

function refusal(query: string, message: string, at: number | null): Refused {
  const where = at === null ? '' : ` (at position ${at})`;
  const whole = `There were errors processing your request: ${message}${where}`;
  return invalid([complaint('query', [query], whole)]);
}

class Parser {
  readonly #query: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(query: string) {
    this.#query = query;
    this.#tokens = tokensOf(query);
  }

  parse(): Clause {
    const clause = this.#either();
    const extra = this.#tokens[this.#next];
    if (extra) throw this.#refuse(`no viable alternative at input '${extra.text}'`, extra);
    return clause;
  }

  #either(): Clause {
    const branches = [this.#both()];
    while (this.#take('or')) branches.push(this.#both());
    return {
      matches: (post, world) => branches.some(({ matches }) => matches(post, world)),
      isEnough: branches.every(({ isEnough }) => isEnough),
    };
  }

  #both(): Clause {
    const parts = [this.#one()];
    while (['open', 'term'].includes(this.#tokens[this.#next]?.kind ?? '')) parts.push(this.#one());
    return {
      matches: (post, world) => parts.every(({ matches }) => matches(post, world)),
      isEnough: parts.some(({ isEnough }) => isEnough),
    };
  }

  #one(): Clause {
    const open = this.#take('open');
    if (open) {
      const inner = this.#either();
      if (!this.#take('close')) throw this.#refuse('Missing closing parenthesis', null);
      if (!open.text.startsWith('-')) return inner;
      throw this.#refuse('Negation of grouped terms is not supported', open);
    }
    const term = this.#take('term');
    if (term) return this.#term(term);
    const found = this.#tokens[this.#next];
    throw this.#refuse(`no viable alternative at input '${found?.text ?? '<EOF>'}'`, found ?? null);
  }

  #take(kind: Token['kind']): Token | null {
    const token = this.#tokens[this.#next];
    if (token?.kind !== kind) return null;
    this.#next += 1;
    return token;
  }

  #term(token: Token): Clause {
    const isNegated = token.text.startsWith('-');
    const text = isNegated ? token.text.slice(1) : token.text;
    if (/^and$/i.test(text)) {
      const advice =
        'Use a space to logically join two clauses, or "and" to find occurrences of and';
      throw this.#refuse(`Ambiguous use of and as a keyword. ${advice} in text`, token);
    }
    const [, name, value = ''] = /^(\w+):(.+)$/s.exec(text) ?? [];
    if (name === undefined)
      return negate({ matches: wordMatcher(text), isEnough: true }, isNegated);
    const operator = name.toLowerCase();
    this.#check(operator, value, token);
    const matches = operatorMatcher(operator, value.replaceAll('"', '').toLowerCase());
    return negate({ matches, isEnough: ALONE.has(operator) }, isNegated);
  }

  #check(operator: string, value: string, token: Token): void {
    const isKnown =
      ALONE.has(operator) ||
      operator === 'lang' ||
      (operator === 'is' && IS.has(value)) ||
      (operator === 'has' && HAS.has(value));
    if (isKnown) return;
    const named = WITH_OTHERS.has(operator) ? `${operator}:${value}` : operator;
    const hint = 'Operator is not available in current product or product packaging';
    const list = 'Please refer to complete available operator list at http://t.co/operators.';
    throw this.#refuse(`Reference to invalid operator '${named}'. ${hint}. ${list}`, token);
  }

  #refuse(message: string, token: Token | null): Refused {
    return refusal(this.#query, message, (token?.at ?? this.#query.length) + 1);
  }
}

function negate({ matches, isEnough }: Clause, isNegated: boolean): Clause {
  if (!isNegated) return { matches, isEnough };
  return { matches: (post, world) => !matches(post, world), isEnough: false };
}

const TOKEN = /\s*(?:(-?\()|(\))|(-?(?:[^\s()":]+:)?(?:"[^"]*"|\[[^\]]*\])|-?[^\s()"]+))/y;

function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (query.slice(TOKEN.lastIndex).trim() !== '') {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(query);
    if (!match) throw refusal(query, `no viable alternative at input '${query[from]}'`, from + 1);
    const [whole, open, close, term = ''] = match;
    const text = open ?? close ?? term;
    const at = from + whole.length - text.length;
    const kind = open ? 'open' : close ? 'close' : text === 'OR' ? 'or' : 'term';
    tokens.push({ kind, at, text });
  }
  return tokens;
}

/** A keyword, a phrase, `#tag`, `@name` or `$TICKER`. */
function wordMatcher(text: string): Matcher {
  const [mark, rest] = [text[0] ?? '', text.slice(1).toLowerCase()];
  const isTag = (list: readonly { tag: string }[] | undefined) =>
    list?.some(({ tag }) => tag.toLowerCase() === rest) ?? false;
  if (mark === '#') return ({ note, entities }) => isTag((note ?? { entities }).entities?.hashtags);
  if (mark === '$') return ({ note, entities }) => isTag((note ?? { entities }).entities?.cashtags);
  if (mark === '@') {
    return ({ entities }) =>
      entities?.mentions?.some(({ username }) => username.toLowerCase() === rest) ?? false;
  }
  const words = text.replaceAll('"', '').toLowerCase();
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])${literal(words)}(?![\\p{L}\\p{N}_])`, 'u');
  // Chinese and Japanese have no spaces between words.
  const isWithin = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u.test(words);
  return ({ raw }) => {
    const said = raw.toLowerCase();
    return isWithin ? said.includes(words) : said.includes(words) && pattern.test(said);
  };
}

function literal(words: string): string {
  return words.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}

function operatorMatcher(operator: string, value: string): Matcher {
  switch (operator) {
    case 'from':
      return ({ author }) => author.username.toLowerCase() === value || author.id === value;
    case 'to':
      return ({ repliedToUser }, world) => {
        const user = world.users.get(repliedToUser ?? '');
        return user?.username.toLowerCase() === value || user?.id === value;
      };
    case 'is':
      return isMatcher(value);
    case 'has':
      return hasMatcher(value);
    case 'lang':
      return ({ lang }) => lang.toLowerCase() === value;
    case 'url':
      return ({ entities }) =>
        entities?.urls?.some(({ expanded_url: url }) => url.toLowerCase().includes(value)) ?? false;
    case 'list':
      return ({ author }, world) => world.lists.get(value)?.members.has(author.id) ?? false;
    case 'conversation_id':
      return ({ conversationId }) => conversationId === value;
    case 'retweets_of':
      return ({ repostOf }, world) => {
        const original = world.post(repostOf ?? '')?.author;
        return original?.username.toLowerCase() === value || original?.id === value;
      };
    case 'in_reply_to_tweet_id':
    case 'in_reply_to_status_id':
      return ({ repliedTo }) => repliedTo === value;
    case 'retweets_of_tweet_id':
    case 'retweets_of_status_id':
      return ({ repostOf }) => repostOf === value;
    case 'quotes_of_tweet_id':
    case 'quotes_of_status_id':
      return ({ quoted }) => quoted === value;
    default: // places and annotations, of which the fake's posts have none
      return () => false;
  }
}

function isMatcher(value: string): Matcher {
  if (value === 'retweet') return ({ repostOf }) => repostOf !== null;
  if (value === 'reply') return ({ repliedTo }) => repliedTo !== null;
  if (value === 'quote') return ({ quoted }) => quoted !== null;
  return value === 'verified' ? ({ author }) => author.isVerified : () => false;
}

function hasMatcher(value: string): Matcher {
  if (value === 'hashtags') return ({ entities }) => entities?.hashtags !== undefined;
  if (value === 'cashtags') return ({ entities }) => entities?.cashtags !== undefined;
  if (value === 'mentions') return ({ entities }) => entities?.mentions !== undefined;
  if (value === 'links') return ({ entities }) => entities?.urls !== undefined;
  const isMedia = ['media', 'media_link', 'images'].includes(value);
  return isMedia ? ({ media }) => media.length > 0 : () => false;
}
