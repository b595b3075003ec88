import { z } from 'zod';

/** A link as X lists it among the entities of a post. */
export const linkSchema = z.object({
  url: z.string('is not text').nullish(),
  expanded_url: z.string('is not text').nullish(),
  unwound_url: z.string('is not text').nullish(),
  /** Links to pictures and films carry the key of the medium. */
  media_key: z.unknown().optional(),
});

type Link = z.output<typeof linkSchema>;

/**
 * The links of a post, expanded, each once. Left out are the links that X itself puts behind a
 * text: to the post's own media, to the post itself, and to the post that it quotes or reposts
 * (`ownIds`).
 */
export function expandedLinks(links: readonly Link[], ownIds: ReadonlySet<unknown>): string[] {
  const expanded = links
    .filter((link) => link.media_key === undefined)
    .map((link) => link.unwound_url || link.expanded_url || link.url || '')
    .filter((url) => url !== '' && !leadsTo(url, ownIds));
  return [...new Set(expanded)];
}

const STATUS = /^https?:\/\/(?:www\.|mobile\.)?(?:twitter|x)\.com\/(?:i\/web|\w+)\/status\/(\d+)/i;

function leadsTo(url: string, ids: ReadonlySet<unknown>): boolean {
  const id = STATUS.exec(url)?.[1];
  return id !== undefined && ids.has(id);
}

/** X escapes three characters in the text of a post, and only there. */
export function decodeEntities(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_, name: string) => CHARACTERS[name] ?? '');
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

/** All versions of a post, its own id among them; none when it was never edited. */
export function versionsOf(ids: readonly string[] | null | undefined, ownId: string): string[] {
  if (!ids || ids.length === 0) return [];
  const all = ids.includes(ownId) ? [...ids] : [...ids, ownId];
  return all.length > 1 ? all : [];
}

/** Where a post of X can be read. */
export function statusUrl(username: string, id: string): string {
  return `https://x.com/${username}/status/${id}`;
}
