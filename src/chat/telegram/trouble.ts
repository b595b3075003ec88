import type { CallFailure } from './failures.ts';

/** What keeps us from hearing, in a sentence that says what to do. */
export function sentenceOf(failure: CallFailure): string {
  if (failure.kind !== 'answered') {
    return `Telegram cannot be reached (${failure.reason}): check this machine's connection, and TELEGRAM_API_ROOT if it is set. It is tried again by itself.`;
  }
  const { code, description } = failure;
  if (code === 401 || code === 404) {
    return 'Telegram does not accept the token: put the one that @BotFather shows into TELEGRAM_TOKEN and start again.';
  }
  if (code === 409) {
    return 'Another program receives the messages of this Telegram bot: stop it, since only one may use a token at a time.';
  }
  if (code === 429) return 'Telegram wants us to wait. It is tried again by itself.';
  if (code >= 500) {
    return `Telegram's server has a trouble of its own (${description}). It is tried again by itself.`;
  }
  if (/webhook/i.test(description)) {
    return `Telegram refuses the webhook (${description}): correct telegram.webhook.url in chorus.yaml and start again.`;
  }
  return `Telegram refuses to bring messages (${description}): see whether the bot still exists at @BotFather.`;
}

/** Seconds until it is tried again after so many failures: 1, 2, 4 … up to a minute. */
export function pauseAfter(failures: number, failure: CallFailure): number {
  const asked = failure.kind === 'answered' ? (failure.retryAfter ?? 0) : 0;
  return Math.max(asked, Math.min(2 ** Math.min(failures - 1, 6), 60));
}
