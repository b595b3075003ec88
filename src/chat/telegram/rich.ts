import type { RootContent } from 'mdast';

import type { Fold, Message } from '../../model/message.ts';
import { textsIn } from '../../texts/texts.ts';
import {
  type Content,
  element,
  type Element,
  isWithin,
  measure,
  RICH_LIMITS,
  writeElements,
} from './elements.ts';
import { keptText, onOneLine } from './inert.ts';
import { richBlocks, type Sources, sourcesOf } from './rich-blocks.ts';

/** A picture that goes along, in the order of the message's pictures. */
export type Photo = {
  /** 1–64 of `A-Za-z0-9_-`. */
  readonly id: string;
};

/** A message for `sendRichMessage`. Nothing in it links by itself: Telegram is told not to look. */
export type RichForm = {
  /** The parameter `rich_message`, to which the sender adds the `media` of the photos. */
  readonly rich: { readonly html: string; readonly skip_entity_detection: true };
  /** Folds that can be opened in the message. */
  readonly inside: readonly Fold[];
  /** Folds that there was no room for: they need their buttons. */
  readonly outside: readonly Fold[];
};

/**
 * A message in the dialect of rich messages: the first screen with its pictures, the folds closed
 * below it, and the sources last, where citations lead. Over a limit, folds are left out, the last
 * first; `null` where not even the first screen is within the limits, or nothing is to be seen.
 *
 * @throws RangeError where the id of a photo is none: a defect of its maker
 */
export function renderRich(message: Message, photos: readonly Photo[]): RichForm | null {
  const folds = message.folds.filter(({ tree }) => richBlocks(tree.children, new Map()).length > 0);
  for (let count = folds.length; count >= 0; count -= 1) {
    const inside = folds.slice(0, count);
    const contents = contentsOf(message, photos, inside);
    if (isWithin(measure(contents), RICH_LIMITS)) {
      const outside = message.folds.filter((fold) => !inside.includes(fold));
      if (contents.length === 0) return null;
      const rich = { html: writeElements(contents), skip_entity_detection: true } as const;
      return { rich, inside, outside };
    }
  }
  return null;
}

function contentsOf(
  message: Message,
  photos: readonly Photo[],
  folds: readonly Fold[],
): readonly Content[] {
  const sources: Sources = new Map();
  const { children } = message.tree;
  const at = endOfIntroduction(children);
  return [
    ...richBlocks(children.slice(0, at), sources),
    ...photos.slice(0, RICH_LIMITS.media).map((photo, index) => figureOf(photo, message, index)),
    ...richBlocks(children.slice(at), sources),
    ...folds.map(({ title, tree }) => {
      const summary = element('summary', [onOneLine(keptText(title))]);
      return element('details', [summary, ...richBlocks(tree.children, sources)]);
    }),
    ...sourcesOf(sources),
  ];
}

/** Pictures stand between a title and the first part, at the end where there are no parts. */
function endOfIntroduction(children: readonly RootContent[]): number {
  const at = children.findIndex(({ type }, index) => type === 'heading' && index > 0);
  return at < 0 ? children.length : at;
}

function figureOf({ id }: Photo, { pictures, language }: Message, index: number): Element {
  if (!/^[\w-]{1,64}$/.test(id)) throw new RangeError(`"${id}" is not the id of a photo`);
  const kind = pictures[index]?.kind;
  const caption = kind ? [element('figcaption', [textsIn(language).pictures[kind].title])] : [];
  return element('figure', [element('img', [], { src: `tg://photo?id=${id}` }), ...caption]);
}
