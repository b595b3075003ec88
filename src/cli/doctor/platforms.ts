import { z } from 'zod';

import { askTelegram, type TelegramBot } from '../probe/telegram.ts';
import type { Told } from '../probe/ask.ts';
import { bad, type Check, type Finding, good, notTold, unknown } from './finding.ts';

const webhookSchema = z.object({
  url: z.string(),
  last_error_date: z.number().optional(),
});
type Webhook = z.output<typeof webhookSchema>;

/** Whether Telegram knows the token, and how updates come. */
export const telegram: Check = {
  name: 'telegram',
  async look(patient, signal) {
    const { config } = patient;
    const bot = await patient.telegramBot();
    if (!config.telegram || !bot) return [unknown('telegram', 'no TELEGRAM_TOKEN is set')];
    const method = { method: 'getWebhookInfo' };
    const webhook =
      bot.kind === 'told'
        ? await askTelegram(config.telegram, method, webhookSchema, signal)
        : null;
    return judgeTelegram(bot, webhook, config.chats.telegram.webhook?.url ?? null);
  },
};

/** Says what Telegram told of the bot. `wanted` is where updates are to be brought; `null`: fetched. */
export function judgeTelegram(
  bot: Told<TelegramBot>,
  webhook: Told<Webhook> | null,
  wanted: string | null,
): Finding[] {
  if (bot.kind !== 'told') {
    return [notTold('telegram', 'Telegram', bot, 'Set TELEGRAM_TOKEN anew: `chorus init`.')];
  }
  const { name, username, readsAll } = bot.value;
  const privacy = readsAll ? 'reads all that groups say' : 'in groups reads what is said to it';
  const known = good('telegram', `${name} (@${username}), ${privacy}`);
  return webhook?.kind === 'told' ? [known, judgeWebhook(webhook.value, wanted)] : [known];
}

function judgeWebhook({ url, last_error_date }: Webhook, wanted: string | null): Finding {
  const name = 'telegram updates';
  if (wanted === null) {
    return url === ''
      ? good(name, 'are fetched')
      : bad(
          name,
          'are to be fetched, but a webhook is set: another program uses this bot',
          'Stop that program, or give it a bot of its own; `chorus start` deletes the webhook.',
        );
  }
  if (url === '') return unknown(name, 'are to be brought; `chorus start` sets the webhook');
  if (url !== wanted) {
    return bad(
      name,
      'are brought to another address than chorus.yaml has: another program uses this bot',
      'Stop that program, or give it a bot of its own; `chorus start` sets the webhook.',
    );
  }
  return last_error_date === undefined
    ? good(name, 'are brought by Telegram')
    : unknown(name, `are brought by Telegram, which failed last at ${isoTime(last_error_date)}`);
}

function isoTime(seconds: number): string {
  const at = new Date(seconds * 1000);
  return Number.isNaN(at.getTime()) ? 'an unknown time' : at.toISOString();
}

/** Whether Discord knows the token. */
export const discord: Check = {
  name: 'discord',
  async look(patient) {
    const bot = await patient.discordBot();
    if (!bot) return [unknown('discord', 'no DISCORD_TOKEN is set')];
    return bot.kind === 'told'
      ? [good('discord', `${bot.value.name}, application ${bot.value.application}`)]
      : [notTold('discord', 'Discord', bot, 'Set DISCORD_TOKEN anew: `chorus init`.')];
  },
};
