import { z } from 'zod';

import type { PlatformAccess } from '../../config.ts';
import type { Channel } from '../../model/channel.ts';
import type { NotTold, Told } from '../probe/ask.ts';
import { askDiscord } from '../probe/discord.ts';
import {
  DISCORD_RIGHT_NAMES,
  type DiscordRight,
  missingRights,
  type Overwrite,
  rightsIn,
} from '../probe/discord-rights.ts';
import { bad, type Finding, good, notTold, type Patient, unknown } from './finding.ts';

const bits = z
  .string()
  .regex(/^\d{1,30}$/)
  .transform(BigInt);
const overwriteSchema = z.object({ id: z.string(), allow: bits, deny: bits });
const channelSchema = z.object({
  id: z.string(),
  guild_id: z.string().optional(),
  parent_id: z.string().nullish(),
  thread_metadata: z.unknown().optional(),
  permission_overwrites: z.array(overwriteSchema).optional(),
});
const guildSchema = z.object({
  id: z.string(),
  owner_id: z.string(),
  roles: z.array(z.object({ id: z.string(), permissions: bits })),
});
const memberSchema = z.object({ roles: z.array(z.string()) });

type Place = z.output<typeof channelSchema>;

/** Whether the bot has the rights that it needs in a channel or thread of Discord. */
export async function lookAtDiscordChannel(
  name: string,
  channel: Channel,
  patient: Patient,
  signal: AbortSignal,
): Promise<Finding> {
  const access = patient.config.discord;
  const bot = await patient.discordBot();
  if (!access || !bot) return bad(name, 'there is no bot for it', 'Set DISCORD_TOKEN.');
  if (bot.kind !== 'told') return unknown(name, 'not looked at: Discord did not tell of the bot');
  const told = await readMissing(access, { channel, bot: bot.value.id }, signal);
  if (told.kind !== 'told') {
    return notTold(
      name,
      'Discord',
      told,
      'Invite the bot again, show it the channel, or /deny it.',
    );
  }
  return told.value.length === 0
    ? good(name, 'all that is needed may be done')
    : bad(
        name,
        `the bot lacks ${told.value.join(', ')}`,
        'Give it these permissions in the channel’s or the server’s settings.',
      );
}

type Asked = { readonly channel: Channel; readonly bot: string };

/** The rights that are missing in a place. */
async function readMissing(
  access: PlatformAccess,
  { channel: { chat, thread }, bot }: Asked,
  signal: AbortSignal,
): Promise<Told<DiscordRight[]>> {
  const read = <T>(path: string, schema: z.ZodType<T>) => askDiscord(access, path, schema, signal);
  const place = await read(`/channels/${thread ?? chat}`, channelSchema);
  if (place.kind !== 'told') return place;
  const { guild_id: guildId } = place.value;
  if (guildId === undefined) return { kind: 'told', value: [] }; // direct messages have no rights
  const isThread = place.value.thread_metadata !== undefined;
  const [guild, member, overwrites] = await Promise.all([
    read(`/guilds/${guildId}`, guildSchema),
    read(`/guilds/${guildId}/members/${bot}`, memberSchema),
    isThread
      ? read(`/channels/${place.value.parent_id ?? chat}`, channelSchema).then(overwritesOf)
      : overwritesOf(place),
  ]);
  if (guild.kind !== 'told') return guild;
  if (member.kind !== 'told') return member;
  if (overwrites.kind !== 'told') return overwrites;
  const rights = rightsIn({
    guild: { id: guildId, owner: guild.value.owner_id },
    member: { id: bot, roles: member.value.roles },
    rolePermissions: new Map(guild.value.roles.map(({ id, permissions }) => [id, permissions])),
    overwrites: overwrites.value,
  });
  return { kind: 'told', value: missingRights(rights, isThread ? IN_THREADS : undefined) };
}

function overwritesOf(
  told: Told<Place>,
): NotTold | { readonly kind: 'told'; readonly value: Overwrite[] } {
  if (told.kind !== 'told') return told;
  return { kind: 'told', value: told.value.permission_overwrites ?? [] };
}

/** In a thread nothing is posted beside it, and no thread is opened. */
const IN_THREADS = DISCORD_RIGHT_NAMES.filter(
  (name) => name !== 'SendMessages' && name !== 'CreatePublicThreads',
);
