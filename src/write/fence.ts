import { createHash } from 'node:crypto';

/**
 * Text of strangers between tags that it cannot close: their name comes from the whole of it, so that
 * nobody who writes a part can know it, and the same text has the same tags.
 *
 * @param kind What their name begins with.
 */
export function fenced(body: string, kind = 'evidence'): string {
  const name = `${kind}-${createHash('sha256').update(body).digest('hex').slice(0, 12)}`;
  return `<${name}>\n${body}\n</${name}>`;
}
