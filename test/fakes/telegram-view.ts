import type { RichBlock, User } from '@grammyjs/types';

import type { Entity } from './telegram-entity.ts';
import type { Button, Content, FakeChat, StoredMessage } from './telegram-world.ts';

/** A message as its readers see it, for tests. */
export type ShownMessage = {
  readonly id: number;
  readonly chat: FakeChat;
  readonly kind: Content['kind'];
  readonly from: User | null;
  /** Without markup: the text, the caption, or all words of a rich message, a block a line. */
  readonly text: string;
  readonly entities: readonly Entity[];
  /** The bytes of a photo, or of the photos within a rich message. */
  readonly photos: readonly Buffer[];
  readonly blocks: readonly RichBlock[];
  readonly keyboard: readonly (readonly Button[])[];
  /** Markup that is no inline keyboard. */
  readonly markup: unknown;
  readonly thread: number | null;
  readonly replyTo: number | null;
  readonly mediaGroup: string | null;
  /** Its texts before each of its edits, the oldest first. */
  readonly edits: readonly string[];
};

export function show(message: StoredMessage): ShownMessage {
  const { id, chat, from, content, keyboard, markup, thread, replyTo, mediaGroup, edits } = message;
  return {
    id,
    chat,
    kind: content.kind,
    from,
    text: content.text,
    entities: content.entities,
    photos: photosOf(content),
    blocks: content.kind === 'rich' ? content.blocks : [],
    keyboard: keyboard ?? [],
    markup,
    thread,
    replyTo: replyTo?.id ?? null,
    mediaGroup,
    edits: edits.map(({ text }) => text),
  };
}

function photosOf(content: Content): Buffer[] {
  if (content.kind === 'photo') return [content.file.bytes];
  return content.kind === 'rich' ? content.files.map(({ bytes }) => bytes) : [];
}
