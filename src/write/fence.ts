import { createHash } from 'node:crypto';

/**
 * Text of strangers between tags that it cannot close: their name comes from the whole of it, so that
 * nobody who writes a part can know it, and the same text has the same tags.
 */
export function fenced(body: string): string {
  const name = `evidence-${createHash('sha256').update(body).digest('hex').slice(0, 12)}`;
  return `<${name}>\n${body}\n</${name}>`;
}
