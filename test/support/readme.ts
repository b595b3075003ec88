import { readFile, writeFile } from 'node:fs/promises';

import { UserError } from '../../src/model/errors.ts';
import type { Quality } from './measurement.ts';

/** The file that holds the tables. */
export const README = 'README.md';

/** The tables of the README that measurements write, by the name in their marks. */
export type TableName = 'quality' | 'speed';

const COLUMNS: Readonly<Record<keyof Quality, string>> = {
  what: 'what',
  on: 'measured on',
  figures: 'figures',
  command: 'command',
};

/** What a table holds, and what stands before and after it. */
export type Table = {
  readonly head: string;
  /** Lines of the table as they are, without those of its head. */
  readonly rows: readonly string[];
  readonly tail: string;
};

/**
 * Reads a table of the README.
 *
 * @throws UserError `input` where the file or the marks are missing.
 */
export async function readTable(file: string, name: TableName): Promise<Table> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError('input', `${file} cannot be read.`, { cause });
  });
  const marks = { begin: `<!-- ${name} -->`, end: `<!-- /${name} -->` };
  const begin = text.indexOf(marks.begin);
  const end = text.indexOf(marks.end);
  if (begin === -1 || end < begin) {
    throw new UserError('input', `${file} needs the lines ${marks.begin} and ${marks.end}.`);
  }
  const lines = text
    .slice(begin, end)
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return {
    head: `${text.slice(0, begin)}${marks.begin}\n`,
    rows: lines.slice(2),
    tail: text.slice(end),
  };
}

/** Writes a table with these rows in the place of the one that was read; answers it as Markdown. */
export async function writeTable(
  file: string,
  { head, tail }: Table,
  rows: readonly string[],
): Promise<string> {
  const table = `${rowOf(COLUMNS, COLUMNS.command)}\n|---|---|---|---|\n${rows.map((row) => `${row}\n`).join('')}`;
  await writeFile(file, `${head}${table}${tail}`);
  return table;
}

/** A measurement as a row of a table. */
export function qualityRow(quality: Quality): string {
  return rowOf(quality, `\`${quality.command}\``);
}

function rowOf({ what, on, figures }: Quality, command: string): string {
  return `| ${what} | ${on} | ${figures} | ${command} |`;
}

/** Writes a row of the table of speed, in the place of that of the same command. */
export async function writeSpeed(file: string, quality: Quality): Promise<void> {
  const table = await readTable(file, 'speed');
  const own = `| \`${quality.command}\` |`;
  const isOwn = (row: string) => row.endsWith(own);
  const row = qualityRow(quality);
  const isNew = !table.rows.some(isOwn);
  const rows = table.rows.map((one) => (isOwn(one) ? row : one));
  await writeTable(file, table, isNew ? [...rows, row] : rows);
}
