import process from 'node:process';
import type { Writable } from 'node:stream';

import { type Command, CommanderError } from 'commander';

import { cleanText } from '../../src/lib/text.ts';
import { UserError } from '../../src/model/errors.ts';

/** What a suite of eval or bench found, for each of its readers. */
export type Measurement = {
  /** For programs. */
  readonly figures: { readonly suite: string; readonly [name: string]: unknown };
  /** For people: cells in rows. */
  readonly table: readonly (readonly string[])[];
  /** For the README's table of quality. */
  readonly quality: Quality;
};

/** A row of the README's table of quality. */
export type Quality = {
  readonly what: string;
  /** Kind and count of what was measured. */
  readonly on: string;
  readonly figures: string;
  readonly command: string;
};

/** Prints a measurement: a table, or one line of JSON. */
export function print(
  { figures, table }: Measurement,
  { json }: { json?: boolean },
  out: Writable = process.stdout,
): void {
  out.write(json ? `${JSON.stringify(figures)}\n` : cleanText(layOut(table)));
}

/** Cells in columns, two spaces between them. */
function layOut(rows: Measurement['table']): string {
  const widths: number[] = [];
  for (const cells of rows) {
    for (const [column, cell] of cells.slice(0, -1).entries()) {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    }
  }
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return rows.map((cells) => `${line(cells).trimEnd()}\n`).join('');
}

/** Runs a program as the command line of this process asks, and answers the exit code. */
export function run(program: Command): Promise<number> {
  process.stdout.on('error', () => process.exit(0)); // the reader (`| head`) has seen enough
  return follow(program, process.argv.slice(2), process.stderr);
}

/**
 * Has a program do what words ask for, and answers the exit code: 0 when done, 2 with a sentence when it
 * was asked wrongly or given what it cannot use, 1 for a defect.
 */
export async function follow(
  program: Command,
  words: readonly string[],
  err: Writable,
): Promise<number> {
  try {
    await program.parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // it has spoken
    const known = error instanceof UserError;
    const said = error instanceof Error ? error.message : String(error);
    const sentence = known ? said : `Something went wrong that should not: ${said}`;
    err.write(`${cleanText(sentence)}\n`);
    return known ? 2 : 1;
  }
}

/** A share or score for people: three places. */
export function score(value: number): string {
  return value.toFixed(3);
}

/** A count for people: `100,000`. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}
