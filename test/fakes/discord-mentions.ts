import {
  type APIAllowedMentions,
  AllowedMentionsTypes as Kind,
  PermissionFlagsBits as Permission,
} from 'discord-api-types/v10';

import { permissionsIn } from './discord-permissions.ts';
import type { Channel, World } from './discord-world.ts';

/** Whose attention a message calls. */
export type Ping =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'role'; readonly id: string }
  | { readonly kind: 'user'; readonly id: string };

export type Saying = {
  readonly authorId: string;
  readonly channel: Channel;
  readonly text: string;
  readonly allowed: APIAllowedMentions | null | undefined;
  /** The author of the message that it replies to. */
  readonly repliedTo: string | undefined;
};

/** Who is pinged: what the text mentions, as far as `allowed_mentions` and permissions let it. */
export function pingsOf(world: World, saying: Saying): Ping[] {
  const { allowed, text, repliedTo } = saying;
  const users = idsIn(text, /<@!?(\d+)>/g).filter((id) => allows(allowed, Kind.User, id));
  const roles = idsIn(text, /<@&(\d+)>/g).filter(
    (id) => allows(allowed, Kind.Role, id) && isMentionable(world, saying, id),
  );
  const all =
    /@(?:everyone|here)\b/.test(text) &&
    allows(allowed, Kind.Everyone) &&
    mayMentionAll(world, saying);
  const replied = repliedTo && (allowed?.replied_user ?? !allowed) ? [repliedTo] : [];
  const pinged = [...new Set([...users, ...replied])].filter((id) => id !== saying.authorId);
  return [
    ...(all ? [{ kind: 'everyone' } as const] : []),
    ...roles.map((id) => ({ kind: 'role', id }) as const),
    ...pinged.map((id) => ({ kind: 'user', id }) as const),
  ];
}

function idsIn(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, id = '']) => id))];
}

function allows(allowed: APIAllowedMentions | null | undefined, kind: Kind, id = ''): boolean {
  if (!allowed) return true;
  const listed = kind === Kind.User ? allowed.users : kind === Kind.Role ? allowed.roles : [];
  return (allowed.parse ?? []).includes(kind) || (listed ?? []).includes(id);
}

function isMentionable(world: World, saying: Saying, roleId: string): boolean {
  const role = world.guildOf(saying.channel)?.roles.get(roleId);
  return role !== undefined && (role.mentionable || mayMentionAll(world, saying));
}

function mayMentionAll(world: World, { channel, authorId }: Saying): boolean {
  return (permissionsIn(world, channel, authorId) & Permission.MentionEveryone) !== 0n;
}
