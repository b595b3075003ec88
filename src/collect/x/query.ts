/** So long may a query of recent search be; 4,096 with enterprise access. */
const LONGEST = 512;

/**
 * The operators of recent search with a value after a colon, and whether one suffices for a query.
 * From docs.x.com, "Search operators" (x-api/posts/search/integrate/operators).
 */
const OPERATORS: ReadonlyMap<string, 'standalone' | 'conjunction'> = new Map([
  ...[
    'from',
    'to',
    'url',
    'retweets_of',
    'in_reply_to_tweet_id',
    'in_reply_to_status_id',
    'retweets_of_tweet_id',
    'retweets_of_status_id',
    'quotes_of_tweet_id',
    'quotes_of_status_id',
    'context',
    'entity',
    'conversation_id',
    'list',
    'place',
    'place_country',
    'point_radius',
    'bounding_box',
    'geo_bounding_box',
  ].map((name) => [name, 'standalone'] as const),
  ...['is', 'has', 'lang'].map((name) => [name, 'conjunction'] as const),
]);

/** What may stand behind two of them. */
const VALUES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['is', new Set(['retweet', 'reply', 'quote', 'verified', 'nullcast'])],
  [
    'has',
    new Set([
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
    ]),
  ],
]);

/**
 * What recent search would not take about a query, a clause each, without a subject: "has 600
 * characters, and may have 512". What is left is X's to judge.
 *
 * @param longest How long it may be, by the access that one has.
 */
export function complaintsAbout(query: string, longest = LONGEST): string[] {
  const length = Array.from(query).length;
  const tokens = tokensOf(query);
  const complaints = [
    ...(query.trim() === '' ? ['is empty'] : []),
    ...(length > longest ? [`has ${length} characters, and may have ${longest}`] : []),
    ...complaintsAboutMarks(query, tokens),
    ...tokens.flatMap(complaintsAboutToken),
    ...complaintsAboutOr(tokens),
  ];
  if (complaints.length === 0) complaints.push(...complaintsAboutSubstance(tokens));
  return [...new Set(complaints)];
}

type Token =
  | { readonly kind: 'open' | 'close'; readonly isNegated: boolean }
  /** A word, a phrase or an operator with its value; without its quotation marks where it is a phrase. */
  | {
      readonly kind: 'word' | 'phrase';
      readonly text: string;
      readonly isNegated: boolean;
      /** The last quotation mark is missing. */
      readonly isOpen: boolean;
    };

/** A parenthesis, a phrase, or a word; an operator is one word with the phrase or [area] behind its colon. */
const TOKEN = /(-?)(?:([()])|("[^"]*"?)|([^\s()":]+:(?:"[^"]*"?|\[[^\]]*\])|[^\s()"]+))/g;

function tokensOf(query: string): Token[] {
  return [...query.matchAll(TOKEN)].map(([, dash, parenthesis, phrase, word = '']) => {
    const isNegated = dash === '-';
    if (parenthesis !== undefined) {
      return { kind: parenthesis === '(' ? 'open' : 'close', isNegated };
    }
    const text = phrase ?? word;
    const isOpen = (text.split('"').length - 1) % 2 === 1;
    return phrase === undefined
      ? { kind: 'word', text, isNegated, isOpen }
      : { kind: 'phrase', text: phrase.replaceAll('"', ''), isNegated, isOpen };
  });
}

function complaintsAboutMarks(query: string, tokens: readonly Token[]): string[] {
  const complaints: string[] = [];
  let depth = 0;
  let isClosedTooEarly = false;
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'open') depth += 1;
    if (token.kind === 'close') depth -= 1;
    isClosedTooEarly ||= depth < 0;
    if (token.kind === 'open' && token.isNegated) {
      complaints.push('negates a group, -(…); negate each of its words instead');
    }
    if (token.kind === 'open' && tokens[index + 1]?.kind === 'close') {
      complaints.push('has parentheses with nothing in them');
    }
    if ('isOpen' in token && token.isOpen)
      complaints.push('has a quotation mark without its other');
  }
  if (depth !== 0 || isClosedTooEarly) complaints.push('has a parenthesis without its other');
  if (/[“”„«»]/.test(query))
    complaints.push('has curly quotation marks; X knows the straight ones, "…"');
  return complaints;
}

function complaintsAboutToken(token: Token): string[] {
  if (token.kind !== 'word') return [];
  const { text } = token;
  if (/^[oO]r$/.test(text)) return [`has "${text}"; write OR, or "${text}" for the word`];
  if (/^and$/i.test(text)) return [`has "${text}"; a space means and: leave it out`];
  if (text === 'NOT') return ['has "NOT"; write - before what is not wanted'];
  if (/^-+$/.test(text)) return ['has "-" with nothing behind it'];
  const operator = /^(\w+):(.*)$/s.exec(text);
  if (operator === null) return [];
  return complaintsAboutOperator(operator[1] ?? '', operator[2] ?? '', token.isNegated);
}

function complaintsAboutOperator(name: string, value: string, isNegated: boolean): string[] {
  const known = name.toLowerCase();
  if (/^https?$/.test(known)) {
    return [`has an address without quotation marks; write url:"${shorten(`${name}:${value}`)}"`];
  }
  if (!OPERATORS.has(known)) {
    return [
      `has "${shorten(name)}:", which recent search does not know; write "${shorten(name)}" for the word`,
    ];
  }
  if (value === '' || value === '""') return [`has "${name}:" with nothing behind it`];
  const values = VALUES.get(known);
  if (values && !values.has(value.toLowerCase())) {
    return [`has "${name}:${shorten(value)}", which recent search does not know`];
  }
  if (known === 'is' && value.toLowerCase() === 'nullcast' && !isNegated) {
    return ['has "is:nullcast", which may only be negated: -is:nullcast'];
  }
  if (/^(?:from|to|retweets_of)$/.test(known) && value.startsWith('@')) {
    return [`has "${name}:${shorten(value)}"; write the handle without @`];
  }
  return [];
}

function shorten(text: string): string {
  const points = Array.from(text.replaceAll('"', ''));
  return points.length <= 40 ? points.join('') : `${points.slice(0, 39).join('')}…`;
}

function complaintsAboutOr(tokens: readonly Token[]): string[] {
  const isLost = tokens.some((token, index) => {
    const [before, after] = [tokens[index - 1], tokens[index + 1]];
    return isOr(token) && (!isOperand(before, 'close') || !isOperand(after, 'open'));
  });
  return isLost ? ['has OR without something on both sides of it'] : [];
}

function isOr(token: Token | undefined): boolean {
  return token?.kind === 'word' && token.text === 'OR';
}

function isOperand(token: Token | undefined, parenthesis: 'open' | 'close'): boolean {
  if (token === undefined || isOr(token)) return false;
  return token.kind === 'word' || token.kind === 'phrase' || token.kind === parenthesis;
}

/** Of a query that is well made otherwise. */
function complaintsAboutSubstance(tokens: readonly Token[]): string[] {
  if (findsByItself(tokens.values())) return [];
  const operands = tokens.filter((token) => 'text' in token && !isOr(token));
  return operands.every((token) => token.isNegated)
    ? ['says only what is not wanted']
    : [
        'needs a word, a phrase or a handle in each of its alternatives: is:, has:, lang: and what is negated are too little',
      ];
}

/** Whether each alternative of a group has something in it that X can look for. */
function findsByItself(tokens: Iterator<Token, unknown>): boolean {
  let doAll = true;
  let doesOne = false;
  for (let next = tokens.next(); !next.done && next.value.kind !== 'close'; next = tokens.next()) {
    const token = next.value;
    if (isOr(token)) {
      doAll &&= doesOne;
      doesOne = false;
    } else if (token.kind === 'open') {
      const group = findsByItself(tokens);
      doesOne ||= group;
    } else {
      doesOne ||= !token.isNegated && isStandalone(token);
    }
  }
  return doAll && doesOne;
}

function isStandalone(token: Token): boolean {
  if (token.kind !== 'word') return true;
  const name = /^(\w+):/.exec(token.text)?.[1]?.toLowerCase();
  return name === undefined || OPERATORS.get(name) !== 'conjunction';
}
