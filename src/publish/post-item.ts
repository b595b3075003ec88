import type { PhrasingContent } from 'mdast';

import { oneLine, shorten, withoutLinks } from '../lib/text.ts';
import { lineBreak, link, strong, text } from '../lib/tree.ts';
import { type Post, postLink } from '../model/post.ts';

/** Characters of a post that a list shows. */
const LONGEST = 160;

/** A post in a list: its id and author, a note about it, and the beginning of its text below. */
export function postItem(post: Post, note: string): PhrasingContent[] {
  return itemOf(strong(oneLine(post.id)), post, note);
}

/** The same, its id leading to where the post can be read. */
export function linkedPostItem(post: Post, note: string): PhrasingContent[] {
  const address = postLink(post);
  const id = oneLine(post.id);
  return itemOf(address === null ? strong(id) : link(address, id), post, note);
}

/** The beginning of a post's text on one line; its links only where it has no other words. */
export function beginningOf(post: Post): string {
  return shorten(oneLine(withoutLinks(post.text)) || oneLine(post.text), LONGEST);
}

/** Things whose posts begin alike, together with the first of them: lists show a text once. */
export function onceEach<T extends { readonly post: Post }>(
  all: readonly T[],
): { readonly first: T; readonly alike: readonly T[] }[] {
  const groups = Map.groupBy(all, ({ post }) => beginningOf(post));
  return [...groups.values()].flatMap((alike) =>
    alike.slice(0, 1).map((first) => ({ first, alike })),
  );
}

function itemOf(id: PhrasingContent, post: Post, note: string): PhrasingContent[] {
  return [id, text(` @${oneLine(post.author)} – ${note}`), lineBreak, text(beginningOf(post))];
}
