import type { InlineKeyboardMarkup } from 'telegraf/types';

import { paragraph, root, text } from '../../lib/tree.ts';
import type { Channel } from '../../model/channel.ts';
import type { Form } from '../../model/delivery.ts';
import type { Message } from '../../model/message.ts';
import type { Picture } from '../../model/picture.ts';
import { textsIn } from '../../texts/texts.ts';
import type { Attachment, Call } from './client.ts';
import { captionOf, renderHtml, renderText } from './html.ts';
import { keyboardOf } from './keyboard.ts';
import { renderRich, type RichForm } from './rich.ts';

/** One message of Telegram, before it has a place. */
export type Letter = {
  readonly content:
    | { readonly kind: 'rich'; readonly rich: RichForm['rich']; readonly pictures: Pictures }
    | { readonly kind: 'photo'; readonly picture: Picture; readonly caption: string }
    | { readonly kind: 'album'; readonly pictures: Pictures; readonly caption: string }
    | { readonly kind: 'text'; readonly text: string; readonly markup: 'html' | 'none' };
  readonly keyboard: InlineKeyboardMarkup | null;
  /** Its words without any markup. */
  readonly bare: string;
};

type Pictures = readonly Picture[];

/**
 * A digest as messages, one where that is possible. What the first does not hold follows, so that a
 * first alone still tells everything that is not a picture; `[]` where the form cannot show it.
 */
export function lettersOf(message: Message, form: Form): Letter[] {
  switch (form) {
    case 'rich':
      return richLetters(message);
    case 'plain':
      return plainLetters(message);
    default:
      return bareLetters(message);
  }
}

function richLetters(message: Message): Letter[] {
  const pictures = message.pictures;
  const form = renderRich(
    message,
    pictures.map((_, index) => ({ id: nameOf(index) })),
  );
  if (!form) return [];
  const keyboard = keyboardOf(form.outside, message.buttons);
  const bare = renderText(message.tree)[0] ?? '';
  return [{ content: { kind: 'rich', rich: form.rich, pictures }, keyboard, bare }];
}

/** The word cloud with the words below it, where those are short enough; else the words come first. */
function plainLetters(message: Message): Letter[] {
  const keyboard = keyboardOf(message.folds, message.buttons);
  const picture = message.pictures.find(({ kind }) => kind === 'cloud') ?? message.pictures[0];
  const { html: caption, rest } = captionOf(message.tree);
  if (picture && rest.length === 0) return [photoLetter(message, picture, caption, keyboard)];
  const words = wordLetters(message).map((letter, index): Letter =>
    index === 0 ? { ...letter, keyboard } : letter,
  );
  return picture ? [...words, photoLetter(message, picture, '', null)] : words;
}

/** The same without anything that could be refused, at the same places. */
function bareLetters(message: Message): Letter[] {
  return plainLetters(message).map(withoutMarkup);
}

/** What is left of a letter where its form is refused: its words. */
export function withoutMarkup({ bare }: Letter): Letter {
  return { content: { kind: 'text', text: bare, markup: 'none' }, keyboard: null, bare };
}

/** A reply as messages: pictures first, with the words where they are short, the keyboard last. */
export function replyLetters(message: Message): Letter[] {
  const { tree, pictures, folds, buttons } = message;
  const keyboard = keyboardOf(folds, buttons);
  const { html: caption, rest } = captionOf(tree);
  const [picture, ...others] = pictures;
  const isShort = rest.length === 0;
  if (picture && isShort && others.length === 0) {
    return [photoLetter(message, picture, caption, keyboard)];
  }
  if (picture && isShort && !keyboard) return albumsOf(message, caption);
  const words = wordLetters(message);
  const last = words.length - 1;
  return [
    ...albumsOf(message, ''),
    ...words.map((letter, index): Letter => (index === last ? { ...letter, keyboard } : letter)),
  ];
}

/** An album has at most so many pictures, and no keyboard. */
const MOST_IN_ALBUM = 10;

function albumsOf(message: Message, caption: string): Letter[] {
  const pictures = message.pictures.slice(0, MOST_IN_ALBUM);
  const [picture, ...others] = pictures;
  if (!picture) return [];
  if (others.length === 0) return [photoLetter(message, picture, caption, null)];
  const bare = bareCaption(message, pictures, caption);
  return [{ content: { kind: 'album', pictures, caption }, keyboard: null, bare }];
}

function photoLetter(
  message: Message,
  picture: Picture,
  caption: string,
  keyboard: Letter['keyboard'],
): Letter {
  const bare = bareCaption(message, [picture], caption);
  return { content: { kind: 'photo', picture, caption }, keyboard, bare };
}

function wordLetters({ tree }: Message): Letter[] {
  const bare = renderText(tree); // cut at the same places
  return renderHtml(tree).map(({ html }, index): Letter => {
    const content = { kind: 'text', text: html, markup: 'html' } as const;
    return { content, keyboard: null, bare: bare[index] ?? '' };
  });
}

/** The words of a caption; where there are none, what the pictures show. */
function bareCaption({ tree, language }: Message, pictures: Pictures, caption: string): string {
  if (caption !== '') return renderText(tree)[0] ?? '';
  const texts = textsIn(language);
  const lines = pictures.map(({ kind, alt }) => {
    return paragraph([text(`${texts.pictures[kind].title}: ${texts.enumeration(alt)}`)]);
  });
  return renderText(root(lines))[0] ?? '';
}

/** Where a message goes, and which it answers. */
export type Place = { readonly channel: Channel; readonly repliesTo?: string | null };

/** The call that sends a letter. */
export function sendingOf({ content, keyboard }: Letter, place: Place): Call {
  const where = placeParameters(place);
  const markup = keyboard ? { reply_markup: keyboard } : {};
  switch (content.kind) {
    case 'rich':
      return {
        method: 'sendRichMessage',
        parameters: { ...where, rich_message: richWith(content), ...markup },
        ...filesOf(content.pictures),
      };
    case 'photo':
      return {
        method: 'sendPhoto',
        parameters: { ...where, ...captioned(content.caption), photo: sourceOf(0), ...markup },
        ...filesOf([content.picture]),
      };
    case 'album': {
      const { pictures, caption } = content;
      const media = pictures.map((_, index) => photoOf(index, index === 0 ? caption : ''));
      return {
        method: 'sendMediaGroup',
        parameters: { ...where, media },
        ...filesOf(pictures),
      };
    }
    default:
      return {
        method: 'sendMessage',
        parameters: { ...where, ...textParameters(content), ...markup },
      };
  }
}

/** The call that makes a message show a letter. */
export function editingOf({ content, keyboard }: Letter, chat: string, messageId: string): Call {
  const where = { chat_id: idOf(chat), message_id: Number(messageId) };
  const markup = keyboard ? { reply_markup: keyboard } : {};
  switch (content.kind) {
    case 'rich':
      return {
        method: 'editMessageText',
        parameters: { ...where, rich_message: richWith(content), ...markup },
        ...filesOf(content.pictures),
      };
    case 'photo': // the picture shows the report too: a caption alone would be corrected by half
      return {
        method: 'editMessageMedia',
        parameters: { ...where, media: photoOf(0, content.caption), ...markup },
        ...filesOf([content.picture]),
      };
    case 'album':
      throw new RangeError('an album is no message that could be edited');
    default:
      return {
        method: 'editMessageText',
        parameters: { ...where, ...textParameters(content), ...markup },
      };
  }
}

function placeParameters({ channel, repliesTo = null }: Place): Record<string, unknown> {
  const reply = { message_id: Number(repliesTo), allow_sending_without_reply: true };
  return {
    chat_id: idOf(channel.chat),
    ...(channel.thread !== null && { message_thread_id: Number(channel.thread) }),
    ...(repliesTo !== null && { reply_parameters: reply }),
  };
}

function textParameters({ text: words, markup }: { text: string; markup: 'html' | 'none' }) {
  return {
    text: words,
    ...(markup === 'html' && { parse_mode: 'HTML' }),
    link_preview_options: { is_disabled: true },
  };
}

function captioned(caption: string) {
  return caption === '' ? {} : { caption, parse_mode: 'HTML' };
}

function richWith({ rich, pictures }: { rich: RichForm['rich']; pictures: Pictures }) {
  if (pictures.length === 0) return rich;
  const media = pictures.map((_, index) => ({ id: nameOf(index), media: photoOf(index, '') }));
  return { ...rich, media };
}

function photoOf(index: number, caption: string) {
  return { type: 'photo', media: sourceOf(index), ...captioned(caption) };
}

function sourceOf(index: number): string {
  return `attach://${nameOf(index)}`;
}

function nameOf(index: number): string {
  return `picture-${index}`;
}

function filesOf(pictures: Pictures): Pick<Call, 'files'> {
  if (pictures.length === 0) return {};
  const files = pictures.map(({ kind, mime, bytes }, index): [string, Attachment] => {
    const filename = `${kind}.${mime === 'image/png' ? 'png' : 'jpg'}`;
    return [nameOf(index), { source: bytes, filename }];
  });
  return { files: Object.fromEntries(files) };
}

/** Channels can be named as `@name` too. */
function idOf(chat: string): string | number {
  return /^-?\d+$/.test(chat) ? Number(chat) : chat;
}
