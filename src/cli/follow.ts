import { stat } from 'node:fs/promises';

import { type Config, loadConfig } from '../config.ts';
import { SYSTEM_CLOCK } from '../lib/clock.ts';
import { cleanText } from '../lib/text.ts';
import { UserError } from '../model/errors.ts';
import type { Surroundings } from './verb.ts';

/** How often it is looked whether the configuration has changed. */
const LOOK_MS = 1000;

/**
 * Watches the configuration's file. What changes while nobody waits for it is found by the next wait: only
 * the file as it was when the watch began counts as known.
 */
export class ConfigWatch {
  readonly #with: Pick<Surroundings, 'config' | 'environment' | 'folder' | 'log' | 'err'>;
  #seen: string | null = null;
  /** As it was a moment ago: a file that is still being written is not read. */
  #before: string | null = null;

  constructor(with_: Pick<Surroundings, 'config' | 'environment' | 'folder' | 'log' | 'err'>) {
    this.#with = with_;
  }

  /**
   * Waits until the file has changed and can be read, and answers what it says then; `null` when it is
   * stopped before. What cannot be read is told, and the bot goes on as it was.
   */
  async next(stop: AbortSignal): Promise<Config | null> {
    const { file } = this.#with.config;
    this.#seen ??= await stampOf(file);
    while (!stop.aborted) {
      await SYSTEM_CLOCK.wait(LOOK_MS, stop).catch(() => {});
      const stamp = await stampOf(file);
      const isAtRest = stamp === this.#before;
      this.#before = stamp;
      if (stop.aborted || !isAtRest || stamp === this.#seen || stamp === GONE) continue;
      this.#seen = stamp;
      const config = this.#load();
      if (config !== null) return config;
    }
    return null;
  }

  #load(): Config | null {
    const { environment, err, folder, log } = this.#with;
    try {
      return loadConfig(environment, folder);
    } catch (error) {
      const why = error instanceof UserError ? error.message : 'chorus.yaml cannot be read.';
      log.warn({ err: error }, 'the new configuration is not used');
      err.write(`${cleanText(why)}\nThe bot goes on with what it had.\n`);
      return null;
    }
  }
}

/** Hands on each new configuration, until it is stopped. */
export async function followConfig(
  watch: ConfigWatch,
  stop: AbortSignal,
  take: (config: Config) => void,
): Promise<void> {
  for (;;) {
    const config = await watch.next(stop);
    if (config === null) return;
    take(config);
  }
}

/** It is being moved, or begins to be written. */
const GONE = 'gone';

async function stampOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  return found === null || found.size === 0 ? GONE : `${found.mtimeMs} ${found.size}`;
}
