import { OneAhead } from '../../lib/one-ahead.ts';
import { UserError } from '../../model/errors.ts';
import type { Post } from '../../model/post.ts';
import type { Database } from '../../store/database.ts';
import { storePosts } from '../../store/posts.ts';
import { withLanguages } from '../languages.ts';
import { openPostFile, type OpenOptions } from './file.ts';

/** What an import of one file did. */
export type Imported = {
  readonly file: string;
  readonly format: string;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows that could not be read, in the order of the file. */
  readonly skipped: readonly Skipped[];
};

/** A row that could not be read: where, and why. */
export type Skipped = { readonly file: string; readonly line: number; readonly reason: string };

export type ImportOptions = OpenOptions & {
  /** Stop at the first row that cannot be read, and store nothing of the file. @default false */
  readonly strict?: boolean;
};

/** Many, because the lists of terms that the posts hold are written anew with each statement. */
const POSTS_A_STATEMENT = 5000;

/**
 * Stores the posts of a file for a topic: all that can be read, or, when the reading is cancelled or
 * strict and a row is bad, none.
 *
 * @throws UserError `input` when the file is of no known form or, strict, has a bad row.
 */
export async function importFile(
  db: Database,
  topic: string,
  path: string,
  options: ImportOptions = {},
): Promise<Imported> {
  const { format, rows } = await openPostFile(path, options);
  const skipped: Skipped[] = [];
  const sum = { added: 0, updated: 0, unchanged: 0 };
  await db.transaction(async (tx) => {
    const storing = new OneAhead<Post[]>(async (batch) => {
      const stored = await storePosts(tx, topic, await withLanguages(batch));
      sum.added += stored.added;
      sum.updated += stored.updated;
      sum.unchanged += stored.unchanged;
    });
    let batch: Post[] = [];
    try {
      for await (const row of rows) {
        if (row.kind === 'problem') {
          if (options.strict) throw strictStop(path, row.line, row.reason);
          skipped.push({ file: path, line: row.line, reason: row.reason });
        } else if (batch.push(row.post) === POSTS_A_STATEMENT) {
          await storing.start(batch);
          batch = [];
        }
      }
      await storing.start(batch);
    } finally {
      await storing.end(); // nothing may come after the transaction
    }
  });
  return { file: path, format, ...sum, skipped };
}

function strictStop(file: string, line: number, reason: string): UserError {
  return new UserError(
    'input',
    `${file}:${line}: ${reason}. Nothing of this file was stored (--strict).`,
  );
}
