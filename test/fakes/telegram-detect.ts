import { type Entity, nestEntities } from './telegram-entity.ts';

/** Names after which a bare word with a dot is a link. A choice of those that people write. */
const DOMAINS = 'com|org|net|io|ai|me|dev|app|co|cn|de|uk|example|info|news|xyz';

const PATTERNS: readonly (readonly [type: string, pattern: RegExp])[] = [
  ['email', /(?<![\w.@-])[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}\b/giu],
  [
    'url',
    new RegExp(
      String.raw`https?:\/\/[^\s<>"]+|(?<![\w@.-])(?:[\w-]+\.)+(?:${DOMAINS})\b(?:[/?#][^\s<>"]*)?`,
      'giu',
    ),
  ],
  ['bot_command', /(?<![\w/<>@.])\/\w{1,64}(?:@\w{3,32})?(?![\w/])/g],
  ['mention', /(?<![\w@/])@\w{4,32}(?!\w)/g],
  ['hashtag', /(?<![\w#])#(?=\S*\p{L})[\p{L}\p{N}_]{1,256}/gu],
  ['cashtag', /(?<![\w$])\$[A-Z]{1,8}(?!\w)/g],
];

/** What the server finds in a text by itself. */
function detectEntities(text: string): Entity[] {
  const found: Entity[] = [];
  for (const [type, pattern] of PATTERNS) {
    for (const { index, 0: match } of text.matchAll(pattern)) {
      const length = type === 'url' ? match.replace(/[.,:;!?)\]'"]+$/, '').length : match.length;
      if (!found.some((other) => overlaps(other, { offset: index, length }))) {
        found.push({ type, offset: index, length });
      }
    }
  }
  return found;
}

/** Adds what is found in a text to entities that were written; the written ones come first. */
export function addDetected(text: string, written: readonly Entity[]): Entity[] {
  const styles = new Set(['bold', 'italic', 'underline', 'strikethrough', 'spoiler']);
  const quotes = new Set(['blockquote', 'expandable_blockquote']);
  const added = detectEntities(text).filter((found) =>
    written.every(({ type, offset, length }) => {
      if (styles.has(type) || !overlaps({ offset, length }, found)) return true;
      const isInside = found.offset >= offset && found.offset + found.length <= offset + length;
      return quotes.has(type) && isInside;
    }),
  );
  return nestEntities([...written, ...added]);
}

type Place = Pick<Entity, 'offset' | 'length'>;

function overlaps(one: Place, other: Place): boolean {
  return one.offset < other.offset + other.length && other.offset < one.offset + one.length;
}
