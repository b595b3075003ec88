import { DiscordAPIError, MessageFlags } from 'discord.js';

import { troubleOf } from './failures.ts';
import type { Answerable } from './sheets.ts';

/** Interaction has already been acknowledged. */
const ACKNOWLEDGED = 40060;

const MOST_ATTEMPTS = 3;

/**
 * Says at once that an answer will come, because Discord waits for three seconds only. Where the
 * connection broke it is said again, for the first may not have arrived.
 * @throws where it is too late, or somebody else has acknowledged it: another process with this token.
 */
export async function acknowledge(interaction: Answerable, isPrivate: boolean): Promise<void> {
  const options = isPrivate ? { flags: MessageFlags.Ephemeral as const } : {};
  for (let attempts = 1; ; attempts += 1) {
    try {
      await interaction.deferReply(options);
      return;
    } catch (error) {
      if (attempts > 1 && isAcknowledged(error)) {
        interaction.deferred = true;
        interaction.ephemeral = isPrivate;
        return;
      }
      const { kind } = troubleOf(error);
      const isPassing = kind === 'unknown' || kind === 'failed';
      if (!isPassing || attempts === MOST_ATTEMPTS) throw error;
    }
  }
}

function isAcknowledged(error: unknown): boolean {
  return error instanceof DiscordAPIError && Number(error.code) === ACKNOWLEDGED;
}
