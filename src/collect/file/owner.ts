import { dirname, join } from 'node:path';
import { readHead, type Head } from './bytes.ts';
import { firstElements } from './elements.ts';
import { parseJson } from './json.ts';
import { handleInMedia, ownerInAccount, type Owner } from './x-archive.ts';

/**
 * Whose archive a `tweets.js` is: as told, as the `account.js` beside it says, or as the posts' links
 * to their own pictures name the account. `null` when nothing tells.
 */
export async function findOwner(
  path: string,
  head: Head,
  told: string | undefined,
): Promise<Owner | null> {
  const account = await readAccount(path);
  if (told === undefined) return account ?? ownerInPosts(head);
  const isSame = account?.author.toLowerCase() === told.toLowerCase();
  return { author: told, authorName: isSame && account ? account.authorName : told };
}

async function readAccount(path: string): Promise<Owner | null> {
  try {
    const { bytes } = await readHead(join(dirname(path), 'account.js'));
    return ownerInAccount(bytes.toString('utf8'));
  } catch {
    return null; // most people export their posts alone: the file may be missing
  }
}

function ownerInPosts(head: Head): Owner | null {
  for (const piece of firstElements(head.bytes, 'array')) {
    const parsed = piece.kind === 'text' ? parseJson(piece.text) : null;
    const author = parsed?.ok ? handleInMedia(parsed.value) : null;
    if (author !== null) return { author, authorName: author };
  }
  return null;
}
