import { escapeHtml } from './escape.ts';

/** A tag of the dialect of rich messages, or text. */
export type Element = {
  readonly tag: string;
  /** `true` stands for an attribute without a value. */
  readonly attributes: Readonly<Record<string, string | true>>;
  readonly children: readonly Content[];
};
export type Content = Element | string;

export function element(
  tag: string,
  children: readonly Content[],
  attributes: Element['attributes'] = {},
): Element {
  return { tag, attributes, children };
}

/** What the limits of a rich message are about. */
export type Measure = {
  /** UTF-16 units of its text, which are never fewer than the characters that Telegram counts. */
  readonly characters: number;
  readonly blocks: number;
  /** Of tags within tags. */
  readonly levels: number;
  readonly media: number;
  /** Of the widest table. */
  readonly columns: number;
};

/** The limits of `sendRichMessage`, from the documentation of `InputRichMessage`. */
export const RICH_LIMITS: Measure = {
  characters: 32_768,
  blocks: 500,
  levels: 16,
  media: 50,
  columns: 20,
};

const BLOCKS = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table tr details figure footer hr'.split(' '),
);
const WITHOUT_CONTENT = new Set(['img', 'hr']);

export function measure(contents: readonly Content[]): Measure {
  const parts = contents.map(measureOne);
  const sum = (part: keyof Measure) => parts.reduce((total, each) => total + each[part], 0);
  const most = (part: keyof Measure) => Math.max(0, ...parts.map((each) => each[part]));
  return {
    characters: sum('characters'),
    blocks: sum('blocks'),
    levels: most('levels'),
    media: sum('media'),
    columns: most('columns'),
  };
}

function measureOne(content: Content): Measure {
  if (typeof content === 'string') {
    return { characters: content.length, blocks: 0, levels: 0, media: 0, columns: 0 };
  }
  const { tag, children } = content;
  const inside = measure(children);
  return {
    characters: inside.characters + (tag === 'br' ? 1 : 0),
    blocks: inside.blocks + (BLOCKS.has(tag) ? 1 : 0),
    levels: inside.levels + 1,
    media: inside.media + (tag === 'img' ? 1 : 0),
    columns: tag === 'tr' ? Math.max(children.length, inside.columns) : inside.columns,
  };
}

export function isWithin(measured: Measure, limits: Measure): boolean {
  return (['characters', 'blocks', 'levels', 'media', 'columns'] as const).every(
    (part) => measured[part] <= limits[part],
  );
}

export function writeElements(contents: readonly Content[]): string {
  return contents.map(writeOne).join('');
}

function writeOne(content: Content): string {
  if (typeof content === 'string') return escapeHtml(content);
  const { tag, attributes, children } = content;
  const written = Object.entries(attributes).map(([name, value]) =>
    value === true ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`,
  );
  const start = `<${tag}${written.join('')}`;
  if (tag === 'br') return '<br>';
  return WITHOUT_CONTENT.has(tag) ? `${start}/>` : `${start}>${writeElements(children)}</${tag}>`;
}
