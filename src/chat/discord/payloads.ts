import {
  type APIContainerComponent,
  MessageFlags,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord.js';

import { oneLine, shorten } from '../../lib/text.ts';
import type { Form } from '../../model/delivery.ts';
import type { Message } from '../../model/message.ts';
import type { Picture } from '../../model/picture.ts';
import { renderComponents } from './components.ts';
import type { Attachment } from './controls.ts';
import { renderMarkdown } from './markdown.ts';

/** One message as Discord takes it. */
export type Payload = {
  readonly content?: string;
  readonly components?: readonly APIContainerComponent[];
  readonly flags: MessageFlags.IsComponentsV2 | MessageFlags.SuppressEmbeds;
  readonly files: readonly Attachment[];
  /** The message that it answers, if one. */
  readonly repliesTo?: string;
};

/** Puts a message into one of Discord's or several. @throws RangeError where it cannot be. */
export type Wrap = (message: Message, form: Form) => readonly Payload[];

/** Discord's limits. */
const LONGEST_CONTENT = 2000;
const MOST_FILES = 10;
const LONGEST_DESCRIPTION = 1024;

/** Wraps messages; what goes to many channels is rendered once. */
export function wrapper(): Wrap {
  const rich = new WeakMap<Message, readonly Payload[]>();
  const bare = new WeakMap<Message, readonly Payload[]>();
  return (message, form) => {
    const [kept, render] = form === 'bare' ? [bare, renderBare] : [rich, renderRich];
    const payloads = kept.get(message) ?? render(message);
    kept.set(message, payloads);
    return payloads;
  };
}

function renderRich(message: Message): readonly Payload[] {
  const files = attach(message.pictures);
  const { further, ...first } = renderComponents(message, files);
  return [{ ...first, files }, ...further.map((rest) => ({ ...rest, files: [] }))];
}

/** Words only, under the first of which the pictures stand as files. */
function renderBare({ tree, pictures }: Message): readonly Payload[] {
  const flags: Payload['flags'] = MessageFlags.SuppressEmbeds; // no previews of links
  const files = attach(pictures);
  const [first, ...further] = renderMarkdown(tree, LONGEST_CONTENT);
  if (first === undefined && files.length === 0) throw new RangeError('nothing to show');
  return [
    { ...(first === undefined ? {} : { content: first }), flags, files },
    ...further.map((content) => ({ content, flags, files: [] })),
  ];
}

/** Pictures under names that tell them apart. */
function attach(pictures: readonly Picture[]): Attachment[] {
  return pictures.slice(0, MOST_FILES).map((picture, index) => {
    const isFirst = pictures.findIndex(({ kind }) => kind === picture.kind) === index;
    const ending = picture.mime === 'image/png' ? 'png' : 'jpg';
    return { name: `${picture.kind}${isFirst ? '' : `-${index + 1}`}.${ending}`, picture };
  });
}

/** What a file shows, for people who do not see it. */
function describe({ picture }: Attachment): string {
  return shorten(oneLine(picture.alt.join(', ')), LONGEST_DESCRIPTION - 1);
}

/** Nobody is called by what the bot says, whoever wrote it. */
const NOBODY = { parse: [] };

/** A payload as a body of the API and its files. */
export function toRequest({ content, components, flags, files, repliesTo }: Payload) {
  const body: RESTPostAPIChannelMessageJSONBody = {
    ...(content === undefined ? {} : { content }),
    ...(components ? { components: [...components] } : {}),
    flags,
    allowed_mentions: NOBODY,
    ...(repliesTo === undefined
      ? {}
      : { message_reference: { message_id: repliesTo, fail_if_not_exists: false } }),
    attachments: files.map((file, index) => ({
      id: String(index),
      filename: file.name,
      description: describe(file),
    })),
  };
  const data = files.map(({ name, picture }) => ({
    name,
    data: picture.bytes,
    contentType: picture.mime,
  }));
  return { body, files: data };
}

/** What an edit sends besides: a message that showed bare text does not show it any more. */
export function asEdit<T extends { readonly components?: readonly unknown[] | undefined }>(
  message: T,
): T & { content?: null } {
  return message.components ? { ...message, content: null } : message;
}

/** A payload as discord.js takes it. */
export function toOptions({ content, components, flags, files }: Payload) {
  return {
    ...(content === undefined ? {} : { content }),
    ...(components ? { components: [...components] } : {}),
    flags,
    allowedMentions: NOBODY,
    files: files.map((file) => ({
      attachment: file.picture.bytes,
      name: file.name,
      description: describe(file),
    })),
  };
}
