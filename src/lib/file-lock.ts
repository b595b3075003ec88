import * as fs from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 60_000;
const POLL_MS = 50;

/**
 * Runs `work` while no other process on this machine does so under the same lock file. The file
 * holds the owner's process id; a lock whose owner no longer lives is taken over.
 * Rejects when the lock stays taken for a minute.
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await take(file))) {
    if (performance.now() > deadline) throw new Error(`The lock ${file} stays taken.`);
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await fs.rm(file, { force: true });
  }
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
  const owner = Number(await fs.readFile(file, 'utf8').catch(() => ''));
  if (owner === 0 || isAlive(owner)) return;
  // Renaming succeeds for one process only, so that nobody removes a lock taken since.
  const aside = `${file}.abandoned.${process.pid}`;
  const moved = await fs.rename(file, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  const moving = Number(await fs.readFile(aside, 'utf8').catch(() => ''));
  if (moving !== owner) await fs.link(aside, file).catch(() => {});
  await fs.rm(aside, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
