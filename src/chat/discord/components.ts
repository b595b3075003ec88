import {
  type APIComponentInContainer,
  type APIContainerComponent,
  ComponentType,
  MessageFlags,
} from 'discord.js';
import type { Root } from 'mdast';

import { heading, root } from '../../lib/tree.ts';
import type { Fold, Message } from '../../model/message.ts';
import { type Attachment, checkAddresses, controlsOf } from './controls.ts';
import { renderMarkdown } from './markdown.ts';

/** What Discord's API takes as a message, beside files. */
export type Rendered = {
  readonly components: [APIContainerComponent];
  readonly flags: MessageFlags.IsComponentsV2;
};

/** A first message, and those that follow because it was full. */
export type RenderedMessage = Rendered & { readonly further: readonly Rendered[] };

/** Discord's limits of one message, each over all its components. */
const MOST_COMPONENTS = 40;
const MOST_CHARACTERS = 4000;

/**
 * Discord fails (500) on messages that take more than some 10,170 bytes as it stores them, which
 * Chinese reaches before 4000 characters (discord-api-docs, issues 7310 and 8554). How it counts is
 * known for texts only, so there is room to spare.
 */
const MOST_BYTES = 9_500;

/** What a text takes besides its own bytes. */
const BYTES_AROUND = 12;

/**
 * A text of its own at the latest after so many characters: Discord's clients stop to show a text
 * after some hundred links, emoji and emphases (discord-api-docs, issues 6932 and 8501).
 */
const TEXT = { characters: 1000, bytes: 3000 };

/**
 * A message in one container: texts, pictures, a menu of its folds, buttons. What does not fit under
 * the first screen's limits follows in messages of texts only.
 * @param attachments The pictures under the names of the files that are sent with the message.
 * @throws RangeError where there is nothing to show, or more to press than a message holds; where an
 * address is empty, there twice or longer than Discord's 100 characters.
 */
export function renderComponents(
  message: Message,
  attachments: readonly Attachment[],
): RenderedMessage {
  checkAddresses(message);
  const [first, ...further] = fill(
    renderMarkdown(message.tree, TEXT),
    controlsOf(message, attachments),
  );
  if (!first) throw new RangeError('a message without anything to show');
  return { ...first, further };
}

/** What a fold's button or menu shows: its title and its content, in one message or several. */
export function renderFold({ title, tree }: Pick<Fold, 'title' | 'tree'>): readonly Rendered[] {
  const whole: Root = root([heading(3, title), ...tree.children]);
  return fill(renderMarkdown(whole, TEXT), []);
}

/** Texts in messages, the first of which ends with controls. */
function fill(texts: readonly string[], controls: readonly APIComponentInContainer[]): Rendered[] {
  const messages: string[][] = [[]];
  for (const text of texts) {
    const current = messages.at(-1) ?? [];
    const others = messages.length === 1 ? controls : [];
    if (fits([...current, text], others)) current.push(text);
    else messages.push([text]);
  }
  if (!fits(messages[0] ?? [], controls))
    throw new RangeError('more to press than a message holds');
  return messages
    .map((parts, index) => [...parts.map(textDisplay), ...(index === 0 ? controls : [])])
    .filter((components) => components.length > 0)
    .map(containerOf);
}

function fits(texts: readonly string[], controls: readonly APIComponentInContainer[]): boolean {
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + BYTES_AROUND, 0);
  return (
    characters <= MOST_CHARACTERS &&
    bytes + Buffer.byteLength(JSON.stringify(controls)) <= MOST_BYTES &&
    1 + texts.length + controls.reduce((sum, control) => sum + countOf(control), 0) <=
      MOST_COMPONENTS
  );
}

/** A component and those within it. */
function countOf(component: APIComponentInContainer): number {
  return component.type === ComponentType.ActionRow ? 1 + component.components.length : 1;
}

function textDisplay(content: string): APIComponentInContainer {
  return { type: ComponentType.TextDisplay, content };
}

function containerOf(components: APIComponentInContainer[]): Rendered {
  return {
    components: [{ type: ComponentType.Container, components }],
    flags: MessageFlags.IsComponentsV2,
  };
}
