import { ChannelType, type GatewayGuildCreateDispatchData } from 'discord-api-types/v10';

import type { Channel, Guild, Member, Role, World } from './discord-world.ts';

const JOINED = '2024-02-01T00:00:00.000000+00:00';

// The world's things as Discord's JSON shows them.

export function roleView({ permissions, ...role }: Role): object {
  const looks = { color: 0, colors: { primary_color: 0 }, hoist: false, position: 0, flags: 0 };
  return { ...looks, ...role, managed: false, permissions: String(permissions) };
}

export function memberView({ user, roles }: Member): object {
  const nothing = { nick: null, avatar: null, banner: null, premium_since: null };
  const state = { deaf: false, mute: false, pending: false, flags: 0 };
  return { user, roles, joined_at: JOINED, ...nothing, ...state };
}

export function channelView(channel: Channel): object {
  const { id, type, name, guildId, parentId, topic, recipient } = channel;
  if (type === ChannelType.DM) return { id, type, recipients: [recipient], flags: 0 };
  const place = { id, type, name, guild_id: guildId, parent_id: parentId, flags: 0 };
  if (channel.thread) return { ...place, ...threadView(channel) };
  const permission_overwrites = channel.overwrites.map(({ allow, deny, ...each }) => ({
    ...each,
    allow: String(allow),
    deny: String(deny),
  }));
  const looks = { position: 0, nsfw: false, rate_limit_per_user: 0, last_message_id: null };
  const forum = type === ChannelType.GuildForum ? { available_tags: [] } : {};
  return { ...place, ...looks, ...forum, topic, permission_overwrites };
}

function threadView({ thread, appliedTags }: Channel): object {
  if (!thread) return {};
  const { archived, locked, autoArchiveMinutes, changedAt, ownerId } = thread;
  return {
    owner_id: ownerId,
    applied_tags: appliedTags,
    thread_metadata: {
      archived,
      locked,
      auto_archive_duration: autoArchiveMinutes,
      archive_timestamp: changedAt,
      create_timestamp: changedAt,
    },
    message_count: 0,
    total_message_sent: 0,
    member_count: 1,
    rate_limit_per_user: 0,
    last_message_id: null,
  };
}

/** A server as a route shows it. */
export function bareGuildView(guild: Guild): object {
  const { id, name, ownerId, locale } = guild;
  const pictures = { icon: null, splash: null, discovery_splash: null, banner: null };
  const places = { afk_channel_id: null, system_channel_id: null, rules_channel_id: null };
  const levels = {
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    system_channel_flags: 0,
  };
  const roles = [...guild.roles.values()].map(roleView);
  const lists = { features: [], emojis: [], stickers: [], roles };
  const own = { id, name, owner_id: ownerId, preferred_locale: locale };
  return { ...own, ...pictures, ...places, ...levels, ...lists };
}

/** A server as the gateway shows it when the bot comes in. */
export function guildView(world: World, guild: Guild): object {
  const ofGuild = [...world.channels.values()].filter(({ guildId }) => guildId === guild.id);
  const bot = guild.members.get(world.bot.id);
  const extra = {
    joined_at: JOINED,
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: bot ? [memberView(bot)] : [],
    channels: ofGuild.filter(({ thread }) => !thread).map(channelView),
    threads: ofGuild.filter(({ thread }) => thread && !thread.archived).map(channelView),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  } satisfies Partial<Record<keyof GatewayGuildCreateDispatchData, unknown>>;
  return { ...bareGuildView(guild), ...extra };
}
