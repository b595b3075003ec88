/** A stretch of a text that is shown in another way. Offset and length are in UTF-16 units. */
export type Entity = {
  type: string;
  offset: number;
  length: number;
  /** Of `text_link` its address; of `text_mention` the `tg://user` address that it came from. */
  url?: string;
  /** Of `pre`. */
  language?: string;
  custom_emoji_id?: string;
  unix_time?: number;
  date_time_format?: string;
};

export type FormattedText = { text: string; entities: Entity[] };

/** Types that may overlap anything but `pre` and `code`, and are cut where others begin or end. */
const SPLITTABLE = new Set(['bold', 'italic', 'underline', 'strikethrough', 'spoiler']);
const QUOTES = new Set(['blockquote', 'expandable_blockquote']);
const CODES = new Set(['pre', 'code']);

/** Which of two entities with the same borders comes first: the smaller number. */
const PRIORITIES: Record<string, number> = {
  blockquote: 0,
  expandable_blockquote: 0,
  pre: 10,
  code: 20,
  text_link: 49,
  text_mention: 49,
  bold: 90,
  italic: 91,
  underline: 92,
  strikethrough: 93,
  spoiler: 94,
  custom_emoji: 99,
};

const endOf = ({ offset, length }: Entity) => offset + length;
const isWithin = (inner: Entity, outer: Entity) =>
  inner.offset >= outer.offset && endOf(inner) <= endOf(outer);
const meets = (one: Entity, other: Entity) =>
  one.offset < endOf(other) && other.offset < endOf(one);

/** Outer entities before inner ones, as the server lists them. */
function sortEntities(entities: readonly Entity[]): Entity[] {
  return entities.toSorted(
    (a, b) => a.offset - b.offset || b.length - a.length || priorityOf(a) - priorityOf(b),
  );
}

function priorityOf({ type }: Entity): number {
  return PRIORITIES[type] ?? 50;
}

/**
 * Makes entities well nested, as the server does: quotes hold anything, other whole entities (links,
 * code, mentions) hold only styles, code holds nothing; what contradicts is dropped without a word.
 */
export function nestEntities(entities: readonly Entity[]): Entity[] {
  const sorted = sortEntities(entities.filter(({ length }) => length > 0));
  const quotes = dropOverlapping(sorted.filter(({ type }) => QUOTES.has(type)));
  const whole = dropOverlapping(
    sorted.filter(({ type }) => !QUOTES.has(type) && !SPLITTABLE.has(type)),
  ).filter((each) => quotes.every((quote) => !meets(each, quote) || isWithin(each, quote)));
  const styles = splitStyles(
    sorted.filter(({ type }) => SPLITTABLE.has(type)),
    [...quotes, ...whole],
  );
  return sortEntities([...quotes, ...whole, ...styles]);
}

function dropOverlapping(sorted: readonly Entity[]): Entity[] {
  const kept: Entity[] = [];
  for (const entity of sorted) {
    const last = kept.at(-1);
    if (!last || entity.offset >= endOf(last)) kept.push(entity);
  }
  return kept;
}

/** Joins styles of one type that touch, then cuts them where anything else begins or ends. */
function splitStyles(styles: readonly Entity[], others: readonly Entity[]): Entity[] {
  const runs = [...SPLITTABLE].flatMap((type) =>
    joinTouching(styles.filter((style) => style.type === type)),
  );
  const borders = others.flatMap((other) => [other.offset, endOf(other)]);
  const codes = others.filter(({ type }) => CODES.has(type));
  return runs.flatMap((run) => {
    const starts = runs.filter(({ type }) => type !== run.type).map(({ offset }) => offset);
    const pieces = cut(run, [...borders, ...starts]);
    return pieces.filter((piece) => !codes.some((code) => isWithin(piece, code)));
  });
}

function joinTouching(styles: readonly Entity[]): Entity[] {
  const runs: Entity[] = [];
  for (const style of styles) {
    const last = runs.at(-1);
    if (last && style.offset <= endOf(last)) {
      last.length = Math.max(endOf(last), endOf(style)) - last.offset;
    } else runs.push({ ...style });
  }
  return runs;
}

function cut(run: Entity, places: readonly number[]): Entity[] {
  const inside = places.filter((place) => place > run.offset && place < endOf(run));
  const edges = [...new Set([run.offset, ...inside, endOf(run)])].toSorted((a, b) => a - b);
  return edges.slice(1).map((end, index) => {
    const offset = edges[index] ?? 0;
    return { ...run, offset, length: end - offset };
  });
}
