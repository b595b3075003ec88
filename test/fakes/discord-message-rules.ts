import {
  type APIAllowedMentions,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  MessageFlags,
  type RESTAPIAttachment,
} from 'discord-api-types/v10';

import { checkLength, checkUrl, required } from './discord-complaints.ts';
import { checkComponents, checkRows } from './discord-component-rules.ts';
import { ATTACHMENT } from './discord-component-tree.ts';
import { type Complaint, refuse, throwComplaints } from './discord-refused.ts';
import type { Upload } from './discord-wire.ts';

/** Without a subscription of the server; over one request. */
const MOST_BYTES = 10 * 1024 * 1024;
const MOST_EMBED_TEXT = 6000;

/** The fields of a message that create, edit and reply have in common. */
export type Draft = {
  readonly content?: string | null;
  readonly embeds?: readonly APIEmbed[] | null;
  readonly components?: readonly APIMessageTopLevelComponent[] | null;
  readonly attachments?: readonly RESTAPIAttachment[] | null;
  readonly allowed_mentions?: APIAllowedMentions | null;
  readonly flags?: number | null;
  readonly poll?: unknown;
  readonly sticker_ids?: readonly string[];
  readonly nonce?: string | number;
};

export type Circumstances = {
  /** Flags that the message has or will have. */
  readonly flags: number;
  readonly uploads: readonly Upload[];
  /** Files that the message keeps from before. */
  readonly kept: readonly { readonly id: string; readonly name: string }[];
  /** Where the message stands in the body: `['data']` in a callback. */
  readonly at: Complaint['path'];
};

/** @throws Refused where Discord would not take these fields. Lengths are UTF-16 units. */
export function checkDraft(draft: Draft, circumstances: Circumstances): void {
  const { uploads, at, flags, kept } = circumstances;
  if (uploads.reduce((sum, { bytes }) => sum + bytes.length, 0) > MOST_BYTES) throw refuse(40005);
  const added = uploads.map(({ name }) => storedName(name));
  const names = new Set([...added, ...kept.map(({ name }) => name)]);
  const isV2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  const components = draft.components ?? [];
  const place = [...at, 'components'];
  throwComplaints([
    ...(isV2 ? checkNoLegacy(draft, at) : []),
    ...(isV2 ? checkComponents(components, place, names) : checkRows(components, place)),
    ...checkLength([...at, 'content'], draft.content, [0, 2000]),
    ...checkEmbeds(draft.embeds ?? [], [...at, 'embeds'], names),
    ...checkAttachments(draft, circumstances),
    ...checkAllowedMentions(draft.allowed_mentions, [...at, 'allowed_mentions']),
    ...checkLength([...at, 'nonce'], String(draft.nonce ?? ''), [0, 25]),
  ]);
}

/** What a message must show something of. */
export function isEmpty(draft: Draft, { flags, uploads, kept }: Circumstances): boolean {
  if ((draft.components ?? []).length > 0) return false;
  if (flags & MessageFlags.IsComponentsV2) return true;
  const lists = [draft.embeds, draft.sticker_ids, uploads, kept];
  return !draft.content?.trim() && !draft.poll && lists.every((list) => !list?.length);
}

/** A file's name as Discord keeps it, which is what `attachment://` has to say. */
export function storedName(name: string): string {
  return name.replaceAll(/\s+/g, '_').replaceAll(/[^\w.-]/g, '') || 'unknown';
}

function checkNoLegacy(draft: Draft, at: Complaint['path']): Complaint[] {
  const said = {
    content: draft.content,
    embeds: draft.embeds?.length,
    poll: draft.poll,
    sticker_ids: draft.sticker_ids?.length,
  };
  return Object.entries(said).flatMap(([field, value]) => {
    if (!value) return [];
    const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
    const message = `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
    return [{ path: [...at, field], code, message }];
  });
}

function checkEmbeds(
  embeds: readonly APIEmbed[],
  at: Complaint['path'],
  files: ReadonlySet<string>,
): Complaint[] {
  const complaints = embeds.flatMap((embed, index) => checkEmbed(embed, [...at, index], files));
  const total = embeds.map(lengthOf).reduce((sum, length) => sum + length, 0);
  if (total > MOST_EMBED_TEXT) {
    const message = `Embed size exceeds maximum size of ${MOST_EMBED_TEXT}`;
    complaints.push({ path: at, code: 'MAX_EMBED_SIZE_EXCEEDED', message });
  }
  return [...complaints, ...checkLength(at, embeds, [0, 10])];
}

function checkEmbed(embed: APIEmbed, at: Complaint['path'], files: ReadonlySet<string>) {
  const { title, description, url, fields = [], footer, author, image, thumbnail } = embed;
  const isBare = ![title, description, footer, author, image, thumbnail].some(Boolean);
  const pictures = { image, thumbnail };
  return [
    ...(isBare && fields.length === 0 ? [required([...at, 'description'])] : []),
    ...checkLength([...at, 'title'], title, [0, 256]),
    ...checkLength([...at, 'description'], description, [0, 4096]),
    ...checkUrl([...at, 'url'], url),
    ...checkLength([...at, 'footer', 'text'], footer?.text, [1, 2048]),
    ...checkLength([...at, 'author', 'name'], author?.name, [1, 256]),
    ...checkLength([...at, 'fields'], fields, [0, 25]),
    ...fields.flatMap(({ name, value }, index) => [
      ...checkLength([...at, 'fields', index, 'name'], name.trim(), [1, 256]),
      ...checkLength([...at, 'fields', index, 'value'], value.trim(), [1, 1024]),
    ]),
    ...Object.entries(pictures).flatMap(([name, picture]) =>
      checkPicture(picture?.url, [...at, name, 'url'], files),
    ),
  ];
}

/** A picture that was not uploaded is passed over by Discord, and nobody sees why: it is refused. */
function checkPicture(
  url: string | undefined,
  at: Complaint['path'],
  files: ReadonlySet<string>,
): Complaint[] {
  if (!url?.startsWith(ATTACHMENT)) return checkUrl(at, url);
  if (files.has(url.slice(ATTACHMENT.length))) return [];
  return [{ path: at, code: 'FAKE_NO_SUCH_FILE', message: `${url} is not among the files.` }];
}

function lengthOf({ title, description, fields = [], footer, author }: APIEmbed): number {
  const parts = [title, description, footer?.text, author?.name];
  const pairs = fields.flatMap(({ name, value }) => [name, value]);
  return [...parts, ...pairs].join('').length;
}

function checkAttachments(draft: Draft, { uploads, kept, at }: Circumstances): Complaint[] {
  const place = [...at, 'attachments'];
  const ids = new Set([...uploads, ...kept].map(({ id }) => id));
  return [
    ...checkLength(place, [...uploads, ...kept], [0, 10]),
    ...(draft.attachments ?? []).flatMap(({ id, description }, index) => [
      ...checkLength([...place, index, 'description'], description, [0, 1024]),
      ...(ids.has(String(id)) ? [] : [notUploaded([...place, index])]),
    ]),
  ];
}

function notUploaded(path: Complaint['path']): Complaint {
  const code = 'ATTACHMENT_NOT_FOUND';
  return { path: [...path, 'id'], code, message: 'Attachment data is not found in the request.' };
}

function checkAllowedMentions(
  allowed: APIAllowedMentions | null | undefined,
  at: Complaint['path'],
): Complaint[] {
  const { parse = [], users = [], roles = [] } = allowed ?? {};
  const parsed: readonly string[] = parse;
  const lists = { users, roles };
  return Object.entries(lists).flatMap(([kind, ids]) => {
    const complaints = checkLength([...at, kind], ids, [0, 100]);
    if (ids.length === 0 || !parsed.includes(kind)) return complaints;
    const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
    return [...complaints, { path: at, code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message }];
  });
}
