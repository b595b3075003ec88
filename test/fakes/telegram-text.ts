import { type Entity, type FormattedText, nestEntities } from './telegram-entity.ts';

/** Entities that say more than their text shows: they are kept around mere white space too. */
const WITH_HIDDEN_DATA = new Set(['text_link', 'text_mention']);

/** What the server skips: carriage returns, line and paragraph marks, combining vertical lines. */
const SKIPPED = /[\r\u2028-\u202e]|\u030a|\u033f|\u0333/u;
// oxlint-disable-next-line no-control-regex
const BLANK = /[\u0000-\u0009\u000b\u000c\u000e-\u001f]/u;

/**
 * What the server makes of a text and its entities: control characters become spaces, carriage
 * returns go, entities are nested and shrunk to what is visible, white space at the ends is cut.
 */
export function cleanText({ text, entities }: FormattedText): FormattedText {
  const cleaned = cleanCharacters(text, nestEntities(entities));
  const shrunk = { ...cleaned, entities: nestEntities(shrinkEntities(cleaned)) };
  return trim(shrunk);
}

function cleanCharacters(text: string, entities: readonly Entity[]): FormattedText {
  const places: number[] = [];
  let result = '';
  for (let index = 0; index < text.length; index += 1) {
    places.push(result.length);
    const character = text.charAt(index);
    if (!SKIPPED.test(character)) result += BLANK.test(character) ? ' ' : character;
  }
  const moved = entities.map((entity) => {
    const offset = places[entity.offset] ?? result.length;
    const end = places[entity.offset + entity.length] ?? result.length;
    return { ...entity, offset, length: end - offset };
  });
  return { text: result, entities: moved.filter(({ length }) => length > 0) };
}

/** Entities begin at something visible; those with nothing visible in them go. */
function shrinkEntities({ text, entities }: FormattedText): Entity[] {
  const shrunk: Entity[] = [];
  for (const entity of entities) {
    const { offset, length, type } = entity;
    const inside = text.slice(offset, offset + length);
    const blanks = WITH_HIDDEN_DATA.has(type)
      ? 0
      : inside.length - inside.replace(/^[ \n]+/, '').length;
    if (blanks < length)
      shrunk.push({ ...entity, offset: offset + blanks, length: length - blanks });
  }
  return shrunk;
}

function trim({ text, entities }: FormattedText): FormattedText {
  const visible = text.replace(/[ \n]+$/, '');
  const kept = entities
    .filter(({ offset }) => offset < visible.length)
    .map((each) => ({ ...each, length: Math.min(each.length, visible.length - each.offset) }));
  const leading = visible.length - visible.replace(/^[ \n]+/, '').length;
  const skipped = Math.min(leading, ...kept.map(({ offset }) => offset));
  const moved = kept.map((each) => ({ ...each, offset: each.offset - skipped }));
  return { text: visible.slice(skipped), entities: moved };
}
