import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openPostFile, type OpenOptions, type Row } from '../../src/collect/file/file.ts';
import type { Post } from '../../src/model/post.ts';

/** Writes a file into a folder of its own, which `remove` takes away. */
export async function scratchFile(
  content: string | Buffer,
  name = 'posts.txt',
): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'chorus-collect-'));
  const path = join(folder, name);
  await writeFile(path, content);
  return { path, remove: () => rm(folder, { recursive: true }) };
}

/** Everything that a file of this content gives. */
export async function readContent(
  content: string | Buffer,
  options: OpenOptions & { readonly beside?: Readonly<Record<string, string>> } = {},
): Promise<{ format: string; rows: Row[]; posts: Post[]; problems: string[]; lines: number[] }> {
  const { beside = {}, ...open } = options;
  const file = await scratchFile(content);
  try {
    for (const [name, text] of Object.entries(beside)) {
      await writeFile(join(dirname(file.path), name), text);
    }
    const { format, rows: found } = await openPostFile(file.path, open);
    const rows = await Array.fromAsync(found);
    return {
      format,
      rows,
      posts: rows.flatMap((one) => (one.kind === 'post' ? [one.post] : [])),
      problems: rows.flatMap((one) => (one.kind === 'problem' ? [one.reason] : [])),
      lines: rows.map((one) => one.line),
    };
  } finally {
    await file.remove();
  }
}

/** A row of our JSON Lines, with these fields changed; `undefined` leaves one out. */
export function row(changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    id: '1800000000000000001',
    author: 'ada_reads',
    author_name: 'Ada',
    text: 'A small model that runs on a kettle',
    created_at: '2026-03-01T08:30:00Z',
    ...changes,
  });
}
