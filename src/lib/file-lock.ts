import * as fs from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 60_000;
const POLL_MS = 50;
/** No work under a lock takes as long; an older one was left behind, whoever has its number now. */
const STALE_MS = 120_000;

/** The last of this process's works under each lock; they wait for one another here. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Runs `work` while nobody else on this machine does so under the same lock file. The file holds the
 * owner's process id; a lock whose owner no longer lives is taken over.
 * Rejects with the code `ELOCKED` when another process keeps the lock for a minute.
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(file) ?? Promise.resolve();
  const turn = before.then(() => underLock(file, work));
  turns.set(
    file,
    turn.catch(() => {}),
  );
  return turn;
}

async function underLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await take(file))) {
    if (performance.now() > deadline) throw stayedTaken(file);
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await fs.rm(file, { force: true });
  }
}

/** An error as the file system makes them, with `code` and `path`. */
function stayedTaken(path: string): Error {
  return Object.assign(new Error(`the lock ${path} stays taken`), { code: 'ELOCKED', path });
}

async function take(file: string): Promise<boolean> {
  // Written aside and linked into place: the lock never exists without its owner's name.
  const mine = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  await fs.writeFile(mine, String(process.pid));
  try {
    await fs.link(mine, file);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    await breakIfAbandoned(file);
    return false;
  } finally {
    await fs.rm(mine, { force: true });
  }
}

async function breakIfAbandoned(file: string): Promise<void> {
  const found = await look(file);
  if (found === null || isHeld(found)) return;
  // Renaming succeeds for one process only, so that nobody removes a lock taken since.
  const aside = `${file}.abandoned.${process.pid}`;
  const moved = await fs.rename(file, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  const moving = await look(aside);
  if (moving && !Object.is(moving.owner, found.owner)) await fs.link(aside, file).catch(() => {});
  await fs.rm(aside, { force: true });
}

type Found = { readonly owner: number; readonly ageMs: number };

async function look(file: string): Promise<Found | null> {
  try {
    const [text, { mtimeMs }] = await Promise.all([fs.readFile(file, 'utf8'), fs.stat(file)]);
    return { owner: Number(text), ageMs: Date.now() - mtimeMs };
  } catch {
    return null; // given back in the meantime
  }
}

/**
 * Whether a lock's owner is at work. Our own number is that of an earlier process: of this one, only
 * whoever has the turn comes here.
 */
function isHeld({ owner, ageMs }: Found): boolean {
  const isOther = Number.isInteger(owner) && owner > 0 && owner !== process.pid;
  return isOther && ageMs < STALE_MS && isAlive(owner);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
