import {
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIMediaGalleryItem,
  type APISelectMenuOption,
  ButtonStyle,
  ComponentType,
} from 'discord.js';

import { cleanText, oneLine, shorten } from '../../lib/text.ts';
import type { Button, Fold, Message } from '../../model/message.ts';
import type { Picture } from '../../model/picture.ts';
import { blocksOf } from './lines.ts';

/** A picture under the name of its file in the same message. */
export type Attachment = { readonly name: string; readonly picture: Picture };

/** Discord's limits. */
const MOST_IN_GALLERY = 10;
const MOST_OPTIONS = 25;
const MOST_BUTTONS = 5;
const LONGEST_ADDRESS = 100;
const LONGEST_OPTION = 100;
/** Discord would take 100, but they share the message's bytes with what is read. */
const LONGEST_DESCRIPTION = 60;
const MOST_DESCRIBED = 10;
const LONGEST_BUTTON = 80;
const LONGEST_PLACEHOLDER = 150;
/** Discord would take 1024, but they share the message's bytes with what is read. */
const LONGEST_ALT = 400;

/** A menu's own address, which no button has; its number follows. */
const MENU = 'folds-';

/** What stands under a message's text: its pictures, a menu of its folds, its buttons. */
export function controlsOf(
  { folds, buttons }: Message,
  attachments: readonly Attachment[],
): APIComponentInContainer[] {
  return [
    ...chunksOf(attachments, MOST_IN_GALLERY).map((some): APIComponentInContainer => ({
      type: ComponentType.MediaGallery,
      items: some.map(galleryItem),
    })),
    ...chunksOf(folds, MOST_OPTIONS).map((some, index) => rowOf([menuOf(some, index + 1)])),
    ...chunksOf(buttons, MOST_BUTTONS).map((some) => rowOf(some.map(buttonOf))),
  ];
}

/** @throws RangeError where an address is empty, too long or not the only one of its kind. */
export function checkAddresses({ folds, buttons }: Message): void {
  const seen = new Set<string>();
  for (const { address } of [...folds, ...buttons]) {
    const isFit = address.length > 0 && address.length <= LONGEST_ADDRESS;
    if (!isFit || seen.has(address) || address.startsWith(MENU)) {
      throw new RangeError(`an address that Discord cannot take: ${JSON.stringify(address)}`);
    }
    seen.add(address);
  }
}

function rowOf(components: APIComponentInMessageActionRow[]): APIComponentInContainer {
  return { type: ComponentType.ActionRow, components };
}

function galleryItem({ name, picture }: Attachment): APIMediaGalleryItem {
  const media = { url: `attachment://${name}` };
  const description = altOf(picture.alt);
  return description === '' ? { media } : { media, description };
}

/** As many whole terms as there is room for, the most important first. */
function altOf(terms: readonly string[]): string {
  let alt = '';
  for (const term of terms.map((words) => oneLine(cleanText(words)))) {
    const longer = alt === '' ? term : `${alt}, ${term}`;
    if (longer.length > LONGEST_ALT) break;
    alt = longer;
  }
  return alt === '' ? within(terms[0] ?? '', LONGEST_ALT) : alt;
}

function menuOf(folds: readonly Fold[], number: number): APIComponentInMessageActionRow {
  return {
    type: ComponentType.StringSelect,
    custom_id: `${MENU}${number}`,
    placeholder: within(folds.map(({ mark }) => mark).join(' · '), LONGEST_PLACEHOLDER),
    options: folds.map((fold) => optionOf(fold, folds.length <= MOST_DESCRIBED)),
  };
}

function optionOf({ title, mark, address, tree }: Fold, isDescribed: boolean): APISelectMenuOption {
  const label = within(title, LONGEST_OPTION) || within(mark, LONGEST_OPTION);
  const [line] = isDescribed ? (blocksOf(tree)[0] ?? []) : [];
  const description = within(
    line?.spans.map(({ text }) => text).join('') ?? '',
    LONGEST_DESCRIPTION,
  );
  return { label, value: address, ...(description === '' ? {} : { description }) };
}

function buttonOf({ label, address }: Button): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: within(label, LONGEST_BUTTON),
    custom_id: address,
  };
}

/** Words on one line, which no markup acts in, with their end cut off where they are too long. */
function within(words: string, longest: number): string {
  return shorten(oneLine(cleanText(words)), longest - 1);
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
