import {
  type APIUser,
  ChannelType,
  GatewayDispatchEvents as Event,
  GatewayIntentBits as Intent,
  OverwriteType,
  PermissionFlagsBits as Permission,
} from 'discord-api-types/v10';

import { Ids } from './discord-ids.ts';
import { channelView, guildView, roleView } from './discord-views.ts';

export type Role = {
  readonly id: string;
  readonly name: string;
  permissions: bigint;
  mentionable: boolean;
};
export type Member = { readonly user: APIUser; readonly roles: string[] };
export type Guild = {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly locale: string;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
};
export type Overwrite = {
  readonly id: string;
  readonly type: OverwriteType;
  allow: bigint;
  deny: bigint;
};
type Thread = {
  readonly ownerId: string;
  archived: boolean;
  locked: boolean;
  autoArchiveMinutes: number;
  readonly changedAt: string;
};
export type Channel = {
  readonly id: string;
  readonly type: ChannelType;
  /** Null in direct messages. */
  readonly guildId: string | null;
  name: string;
  topic: string | null;
  readonly parentId: string | null;
  readonly overwrites: Overwrite[];
  /** The other person of direct messages. */
  readonly recipient: APIUser | null;
  readonly thread: Thread | null;
  appliedTags: string[];
};

/** What the gateway tells those who asked for it; intent 0 reaches everybody. */
export type WorldEvent = {
  readonly name: Event;
  readonly intent: number;
  /** What a session with these intents may see. */
  readonly data: (intents: number) => object;
};

export type NewChannel = {
  readonly name?: string;
  readonly type?: ChannelType;
  readonly topic?: string;
};

const OF_EVERYONE =
  Permission.ViewChannel |
  Permission.ReadMessageHistory |
  Permission.SendMessages |
  Permission.SendMessagesInThreads |
  Permission.UseApplicationCommands;
const OF_THE_BOT = Permission.EmbedLinks | Permission.AttachFiles | Permission.CreatePublicThreads;

/** Who and what exists: people, servers, their channels and who may do what there. */
export class World {
  readonly ids: Ids;
  readonly bot: APIUser;
  readonly users = new Map<string, APIUser>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  /** People who take no direct messages from the bot. */
  readonly closedToBot = new Set<string>();
  readonly now: () => number;
  readonly emit: (event: WorldEvent) => void;

  constructor(now: () => number, emit: (event: WorldEvent) => void) {
    this.now = now;
    this.emit = emit;
    this.ids = new Ids(now);
    this.bot = this.addUser('chorus_demo', { bot: true });
  }

  addUser(username: string, fields: Partial<APIUser> = {}): APIUser {
    const id = this.ids.next();
    const names = { username, discriminator: '0', global_name: null, avatar: null };
    const user: APIUser = { id, ...names, ...fields };
    this.users.set(id, user);
    return user;
  }

  /** A server whose owner is nobody of the world; the bot is in it. */
  addGuild(name: string, locale = 'en-US'): Guild {
    const id = this.ids.next();
    const own = { id: this.ids.next(), name: this.bot.username };
    const everyone: Role = { id, name: '@everyone', permissions: OF_EVERYONE, mentionable: false };
    const ofBot: Role = { ...own, permissions: OF_THE_BOT, mentionable: false };
    const guild: Guild = {
      id,
      name,
      ownerId: this.addUser('owner_demo').id,
      locale,
      roles: new Map([everyone, ofBot].map((role) => [role.id, role])),
      members: new Map([[this.bot.id, { user: this.bot, roles: [ofBot.id] }]]),
    };
    this.guilds.set(id, guild);
    this.#tell(Event.GuildCreate, Intent.Guilds, guildView(this, guild));
    return guild;
  }

  addMember(guild: Guild, user: APIUser): Member {
    const member = { user, roles: [] };
    guild.members.set(user.id, member);
    return member;
  }

  addChannel(guild: Guild, { name = 'general', type, topic }: NewChannel = {}): Channel {
    const kind = type ?? ChannelType.GuildText;
    const about = { name, type: kind, topic: topic ?? null };
    const place = { guildId: guild.id, parentId: null };
    return this.#add(Event.ChannelCreate, this.#channel({ ...about, ...place }));
  }

  addThread(parent: Channel, about: { name: string; ownerId: string; id?: string }): Channel {
    const isNews = parent.type === ChannelType.GuildAnnouncement;
    const type = isNews ? ChannelType.AnnouncementThread : ChannelType.PublicThread;
    const { name, id = this.ids.next(), ownerId } = about;
    const changedAt = new Date(this.now()).toISOString();
    const state = { archived: false, locked: false, autoArchiveMinutes: 1440, changedAt };
    const place = { guildId: parent.guildId, parentId: parent.id, thread: { ownerId, ...state } };
    return this.#add(Event.ThreadCreate, this.#channel({ id, name, type, ...place }));
  }

  /** The direct messages of the bot with a person; the same each time. */
  openDm(user: APIUser): Channel {
    const open = [...this.channels.values()].find((each) => each.recipient?.id === user.id);
    if (open) return open;
    const dm = this.#channel({ name: '', type: ChannelType.DM, recipient: user });
    this.channels.set(dm.id, dm);
    return dm;
  }

  /** Tells that a channel or thread has changed. */
  announceChange(channel: Channel): void {
    const name = channel.thread ? Event.ThreadUpdate : Event.ChannelUpdate;
    this.#tell(name, Intent.Guilds, channelView(channel));
  }

  removeChannel(channel: Channel): void {
    for (const each of this.channels.values()) {
      if (each.parentId === channel.id) this.channels.delete(each.id);
    }
    this.channels.delete(channel.id);
    const name = channel.thread ? Event.ThreadDelete : Event.ChannelDelete;
    this.#tell(name, Intent.Guilds, channelView(channel));
  }

  /** The bot is thrown out: the server and its channels are gone for it. */
  kickBot(guild: Guild): void {
    guild.members.delete(this.bot.id);
    this.#tell(Event.GuildDelete, Intent.Guilds, { id: guild.id });
  }

  /** The bot is let in again. */
  inviteBot(guild: Guild): void {
    const own = [...guild.roles.values()].filter(({ name }) => name === this.bot.username);
    guild.members.set(this.bot.id, { user: this.bot, roles: own.map(({ id }) => id) });
    this.#tell(Event.GuildCreate, Intent.Guilds, guildView(this, guild));
  }

  /** Gives a member a role of its own with these permissions. */
  grant(guild: Guild, user: APIUser, permissions: bigint): void {
    const role: Role = {
      id: this.ids.next(),
      name: `of ${user.username}`,
      permissions,
      mentionable: true,
    };
    guild.roles.set(role.id, role);
    guild.members.get(user.id)?.roles.push(role.id);
    this.#tell(Event.GuildRoleCreate, Intent.Guilds, { guild_id: guild.id, role: roleView(role) });
  }

  /** Takes permissions from one person in one channel. */
  deny(channel: Channel, user: APIUser, permissions: bigint): void {
    const type = OverwriteType.Member;
    channel.overwrites.push({ id: user.id, type, allow: 0n, deny: permissions });
    this.announceChange(channel);
  }

  guildOf(channel: Channel): Guild | undefined {
    return channel.guildId === null ? undefined : this.guilds.get(channel.guildId);
  }

  #channel(fields: Partial<Channel> & Pick<Channel, 'name' | 'type'>): Channel {
    const nothing = { guildId: null, topic: null, parentId: null, recipient: null, thread: null };
    return { id: this.ids.next(), ...nothing, overwrites: [], appliedTags: [], ...fields };
  }

  #add(name: Event, channel: Channel): Channel {
    this.channels.set(channel.id, channel);
    const extra = channel.thread ? { newly_created: true } : {};
    this.#tell(name, Intent.Guilds, { ...channelView(channel), ...extra });
    return channel;
  }

  #tell(name: Event, intent: number, data: object): void {
    this.emit({ name, intent, data: () => data });
  }
}
