import { onTestFinished } from 'vitest';

import { openTelegram, type Options, type TelegramServer } from './telegram-server.ts';

export * from './telegram-failures.ts';
export type { Options, TelegramServer } from './telegram-server.ts';

/** A strict fake of the Bot API on a port of this machine, until the test has finished. */
export async function startTelegram(options: Options = {}): Promise<TelegramServer> {
  const telegram = await openTelegram(options);
  onTestFinished(async () => {
    await telegram.close();
    const { faults } = telegram;
    if (faults.length > 0) throw new Error(`mistakes of the test: ${faults.join('; ')}`);
  });
  return telegram;
}
