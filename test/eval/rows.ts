import { z } from 'zod';

import { readChunks, readHead } from '../../src/collect/file/bytes.ts';
import { parseJson } from '../../src/collect/file/json.ts';
import { splitLines } from '../../src/collect/file/lines.ts';
import { readPost, reasonOf } from '../../src/collect/row.ts';
import { UserError } from '../../src/model/errors.ts';
import type { Post } from '../../src/model/post.ts';

/** A row of a file, with the line on which it stands (from 1). */
export type Row<T> = { readonly line: number; readonly value: T };

/** A label or an id: text, or a number, which counts as its digits. */
export const label = z
  .union([z.string(), z.number(), z.boolean()], 'is not a label')
  .transform(String);

/**
 * The rows of a file of JSON Lines in a form.
 *
 * @throws UserError `input` when the file cannot be read, holds no row, or holds one that is not of
 * the form: `file:line: what is wrong`.
 */
export async function readRows<T>(file: string, form: z.ZodType<T>): Promise<Row<T>[]> {
  await readHead(file, 1); // says in a sentence what keeps a file from being read
  const rows: Row<T>[] = [];
  for await (const piece of splitLines(readChunks(file))) {
    const { line } = piece;
    if (piece.kind === 'problem') throw badLine(file, line, piece.reason);
    const parsed = parseJson(piece.text);
    if (!parsed.ok) throw badLine(file, line, parsed.reason);
    rows.push({ line, value: inForm(file, line, form, parsed.value) });
  }
  if (rows.length === 0) throw new UserError('input', `${file} is empty: it needs a row a line.`);
  return rows;
}

function inForm<T>(file: string, line: number, form: z.ZodType<T>, value: unknown): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badLine(file, line, 'is not a JSON object');
  }
  const result = form.safeParse(value);
  if (!result.success) throw badLine(file, line, reasonOf(result.error, value));
  return result.data;
}

/** The failure of a line. */
export function badLine(file: string, line: number, reason: string): UserError {
  return new UserError('input', `${file}:${line}: ${reason}`);
}

/** The post that a row tells in the fields of our JSON Lines; checked as an import does. */
export function postOf(file: string, { line, value }: Row<unknown>): Post {
  const row = readPost(value, line);
  if (row.kind === 'problem') throw badLine(file, line, row.reason);
  return row.post;
}

/** The posts of a file of our JSON Lines, each once. */
export async function readPosts(file: string): Promise<Post[]> {
  const rows = await readRows(file, z.looseObject({}));
  const posts = rows.map((row) => ({ line: row.line, value: postOf(file, row) }));
  refuseRepeats(file, posts);
  return posts.map(({ value }) => value);
}

/** @throws UserError `input` when two rows have one id: their results could not be told apart. */
export function refuseRepeats(file: string, rows: readonly Row<{ readonly id: string }>[]): void {
  const seen = new Map<string, number>();
  for (const { line, value } of rows) {
    const earlier = seen.get(value.id);
    if (earlier !== undefined) {
      throw badLine(file, line, `the id "${value.id}" stands on line ${earlier} already`);
    }
    seen.set(value.id, line);
  }
}
