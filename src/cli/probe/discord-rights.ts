/** What the bot must be allowed in a Discord channel, by Discord's names; bits of its API v10. */
export const DISCORD_RIGHTS = {
  ViewChannel: 1n << 10n,
  SendMessages: 1n << 11n,
  EmbedLinks: 1n << 14n,
  AttachFiles: 1n << 15n,
  CreatePublicThreads: 1n << 35n,
  SendMessagesInThreads: 1n << 38n,
} as const;

export type DiscordRight = keyof typeof DISCORD_RIGHTS;

export const DISCORD_RIGHT_NAMES: readonly DiscordRight[] = [
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'CreatePublicThreads',
  'SendMessagesInThreads',
];

const ADMINISTRATOR = 1n << 3n;
const ALL = (1n << 64n) - 1n;

export type Overwrite = { readonly id: string; readonly allow: bigint; readonly deny: bigint };

/** What decides about a member's rights in a channel. */
export type Standing = {
  readonly guild: { readonly id: string; readonly owner: string };
  readonly member: { readonly id: string; readonly roles: readonly string[] };
  /** Of the server, by id; the one for everyone has the server's id. */
  readonly rolePermissions: ReadonlyMap<string, bigint>;
  /** Of the channel; a thread has those of the channel it was opened in. */
  readonly overwrites: readonly Overwrite[];
};

/**
 * The bits of what a member may do in a channel: those of the roles together, changed by the channel
 * for everyone, then for the roles together, then for the member, as Discord's documentation has it.
 */
export function rightsIn({ guild, member, rolePermissions, overwrites }: Standing): bigint {
  if (guild.owner === member.id) return ALL;
  const roles = new Set([guild.id, ...member.roles]);
  const base = [...roles].reduce((sum, id) => sum | (rolePermissions.get(id) ?? 0n), 0n);
  if (base & ADMINISTRATOR) return ALL;
  const groups = [
    overwrites.filter(({ id }) => id === guild.id),
    overwrites.filter(({ id }) => id !== guild.id && roles.has(id)),
    overwrites.filter(({ id }) => id === member.id),
  ];
  return groups.reduce(change, base);
}

function change(rights: bigint, overwrites: readonly Overwrite[]): bigint {
  const denied = overwrites.reduce((all, { deny }) => all | deny, 0n);
  const allowed = overwrites.reduce((all, { allow }) => all | allow, 0n);
  return (rights & ~denied) | allowed;
}

/** The rights that are missing, by name. */
export function missingRights(
  rights: bigint,
  needed: readonly DiscordRight[] = DISCORD_RIGHT_NAMES,
): DiscordRight[] {
  if (!(rights & DISCORD_RIGHTS.ViewChannel)) return ['ViewChannel']; // without it no other counts
  return needed.filter((name) => !(rights & DISCORD_RIGHTS[name]));
}

/** The page on which a bot is invited to a server, with the rights that it needs and no more. */
export function inviteLink(application: string): string {
  const permissions = Object.values(DISCORD_RIGHTS).reduce((sum, bit) => sum | bit, 0n);
  const query = new URLSearchParams({
    client_id: application,
    scope: 'bot applications.commands',
    permissions: String(permissions),
  });
  return `https://discord.com/oauth2/authorize?${query.toString()}`;
}
