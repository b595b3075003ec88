import { inviteLink } from '../probe/discord-rights.ts';
import type { Accounts } from './accounts.ts';

/** What is to be done once everything is written, a sentence or two a line. */
export function nextSteps({ telegram, discord }: Accounts, topic: string | null): string[] {
  const wish = `/subscribe ${topic ?? 'TOPIC'}`;
  return [
    'Next: `chorus doctor` looks whether all is well, then `chorus start` is the bot.',
    ...(telegram.bot
      ? [
          `Telegram: add the bot to a group with https://t.me/${telegram.bot.username}?startgroup=true (in a channel: make it an administrator who may post), say /allow there as its owner, then ${wish}.`,
        ]
      : []),
    ...(discord.bot
      ? [
          `Discord: invite the bot with ${inviteLink(discord.bot.application)} and say /allow there as its owner, then ${wish}.`,
        ]
      : []),
  ];
}
