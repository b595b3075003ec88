import { addDetected } from './telegram-detect.ts';
import type { Entity, FormattedText } from './telegram-entity.ts';
import { parseTelegramHtml, TelegramHtmlError } from './telegram-html.ts';
import { complaintOfLink, mentionedIn } from './telegram-link.ts';
import { badRequest, Refused } from './telegram-refused.ts';
import type { Params } from './telegram-schema.ts';
import { cleanText } from './telegram-text.ts';
import type { World } from './telegram-world.ts';

const LONGEST = { text: 4096, caption: 1024 };
const MOST_ENTITIES = 100;

/** Where the words of a method are: `text` with `entities`, or `caption` with its own. */
export type Field = 'text' | 'caption';

/** The formatted text of parameters, parsed and cleaned. @throws Refused where it is none or too long. */
export function readText(params: Params, field: Field, world: World): FormattedText {
  const written = params[field] ?? '';
  if (typeof written !== 'string') throw badRequest(`${field} must be a string`);
  if (field === 'text' && written === '') throw badRequest('message text is empty');
  const { text, entities } = parse(written, params, field);
  if (field === 'text' && text === '') throw badRequest('text must be non-empty');
  if (text.length > LONGEST[field]) {
    throw badRequest(field === 'text' ? 'message is too long' : 'message caption is too long');
  }
  if (entities.length > MOST_ENTITIES) throw badRequest('ENTITIES_TOO_LONG');
  const known = entities.filter((entity) => isOfKnownUser(entity, world));
  return { text, entities: addDetected(text, known).slice(0, MOST_ENTITIES) };
}

function parse(written: string, params: Params, field: Field): FormattedText {
  const mode = params['parse_mode'];
  const entities = params[field === 'text' ? 'entities' : 'caption_entities'];
  if (mode === undefined) {
    const listed = ((entities ?? []) as Listed[]).map(asWritten);
    checkEntities(written, listed);
    return cleanText({ text: written, entities: listed });
  }
  if (mode !== 'HTML') throw new Error(`the fake does not parse ${JSON.stringify(mode)}`);
  try {
    return parseTelegramHtml(written);
  } catch (error) {
    throw error instanceof TelegramHtmlError ? new Refused(400, error.message) : error;
  }
}

type Listed = Entity & { readonly user?: { readonly id: number } };

/** A listed mention of a person is kept as the link that it would be in HTML. */
function asWritten({ user, ...entity }: Listed): Entity {
  return user ? { ...entity, url: `tg://user?id=${user.id}` } : entity;
}

/** @throws Refused where listed entities are none of the text */
function checkEntities(text: string, entities: readonly Entity[]): void {
  for (const { offset, length, type, url } of entities) {
    if (offset < 0) throw badRequest(`receive an entity with incorrect offset ${offset}`);
    if (length < 0) throw badRequest(`receive an entity with incorrect length ${length}`);
    if (offset > text.length) {
      throw badRequest(`entity begins after the end of the text at UTF-16 offset ${offset}`);
    }
    const complaint = type === 'text_link' ? complaintOfLink(url ?? '') : null;
    if (complaint !== null) throw badRequest(`entity URL '${url}' is invalid: ${complaint}`);
    if (offset + length > text.length) {
      throw badRequest(
        `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${offset + length}`,
      );
    }
    const isSplit = [offset, offset + length].some((at) => /[\udc00-\udfff]/.test(text.charAt(at)));
    if (isSplit) throw badRequest('entity begins or ends in a middle of a UTF-16 symbol');
  }
}

/** Mentions of people whom the bot never met are dropped without a word. */
function isOfKnownUser({ type, url }: Entity, world: World): boolean {
  return type !== 'text_mention' || url === undefined || world.users.has(mentionedIn(url) ?? 0);
}
