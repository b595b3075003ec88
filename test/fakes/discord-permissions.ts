import { OverwriteType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';

import { refuse } from './discord-refused.ts';
import type { Channel, Guild, Overwrite, World } from './discord-world.ts';

const ALL = Object.values(Permission).reduce((sum, bit) => sum | bit, 0n);

/** What a member may do in the whole server. */
export function permissionsInGuild(guild: Guild, userId: string): bigint {
  const member = guild.members.get(userId);
  if (!member) return 0n;
  if (guild.ownerId === userId) return ALL;
  const roles = [guild.id, ...member.roles].map((id) => guild.roles.get(id)?.permissions ?? 0n);
  const sum = roles.reduce((all, each) => all | each, 0n);
  return sum & Permission.Administrator ? ALL : sum;
}

/**
 * What a person may do in a channel: roles, then the channel's overwrites for everyone, for roles
 * and for the person. Threads have their parent's; in direct messages all but the server's matters.
 */
export function permissionsIn(world: World, channel: Channel, userId: string): bigint {
  const guild = world.guildOf(channel);
  if (!guild) return ALL;
  const base = permissionsInGuild(guild, userId);
  if (base === 0n || base === ALL) return base;
  const place = channel.thread ? world.channels.get(channel.parentId ?? '') : channel;
  const roles = new Set(guild.members.get(userId)?.roles);
  const overwrites = place?.overwrites ?? [];
  const everyone = overwrites.filter(({ id }) => id === guild.id);
  const ofRoles = overwrites.filter(
    (each) => each.type === OverwriteType.Role && roles.has(each.id),
  );
  const own = overwrites.filter(({ id }) => id === userId);
  const sum = [everyone, ofRoles, own].reduce(apply, base);
  return sum & Permission.ViewChannel ? sum : 0n;
}

/** @throws Refused where the person does not see the channel, or lacks one of the permissions. */
export function checkMay(world: World, channel: Channel, userId: string, needed: bigint): void {
  const has = permissionsIn(world, channel, userId);
  if (!(has & Permission.ViewChannel)) throw refuse(50001);
  if ((has & needed) !== needed) throw refuse(50013);
}

function apply(permissions: bigint, overwrites: readonly Overwrite[]): bigint {
  const deny = overwrites.reduce((all, each) => all | each.deny, 0n);
  const allow = overwrites.reduce((all, each) => all | each.allow, 0n);
  return (permissions & ~deny) | allow;
}
