import {
  ChannelType,
  PermissionFlagsBits as Permission,
  type RESTPatchAPIChannelJSONBody,
} from 'discord-api-types/v10';

import { checkLength } from './discord-complaints.ts';
import { postMessage } from './discord-routes-messages.ts';
import { checkMay } from './discord-permissions.ts';
import { refuse, throwComplaints } from './discord-refused.ts';
import {
  type Call,
  channelOf,
  checked,
  NOTHING,
  ok,
  type Routes,
  type Scene,
  shownMessage,
} from './discord-scene.ts';
import { channelView } from './discord-views.ts';
import type { Channel } from './discord-world.ts';

const WITH_THREADS: ReadonlySet<ChannelType> = new Set([
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
]);

export const CHANNEL_ROUTES: Routes = {
  'GET /channels/:channel': (scene, call) => ok(channelView(channelOf(scene, call))),
  'PATCH /channels/:channel': (scene, call) => {
    const channel = channelOf(scene, call);
    const body = checked(scene, call, 'RESTPatchAPIChannelJSONBody');
    throwComplaints(checkLength(['name'], body.name, [1, 100]));
    if (channel.thread) patchThread(scene, channel, body);
    else patchChannel(scene, channel, body);
    scene.world.announceChange(channel);
    return ok(channelView(channel));
  },
  'DELETE /channels/:channel': (scene, call) => {
    const needed = Permission.ManageChannels | Permission.ManageThreads;
    const channel = channelOf(scene, call, needed);
    scene.world.removeChannel(channel);
    return ok(channelView(channel));
  },
  'PUT /channels/:channel/thread-members/@me': (scene, call) => {
    if (!channelOf(scene, call).thread) throw refuse(50024);
    return NOTHING;
  },
  'POST /channels/:channel/messages/:message/threads': (scene, call) => {
    const channel = channelOf(scene, call, Permission.CreatePublicThreads);
    const message = scene.messages.get(channel, call.params['message'] ?? '');
    const body = checked(scene, call, 'RESTPostAPIChannelMessagesThreadsJSONBody');
    throwComplaints(checkLength(['name'], body.name, [1, 100]));
    if (!WITH_THREADS.has(channel.type)) throw refuse(50024);
    if (message.thread) throw refuse(160004);
    const about = { ...body, id: message.id };
    message.thread = startThread(scene, channel, about);
    scene.messages.announceChange(message);
    return { status: 201, body: channelView(message.thread) };
  },
  'POST /channels/:channel/threads': (scene, call) => {
    const channel = channelOf(scene, call);
    if (channel.type === ChannelType.GuildForum) return postInForum(scene, channel, call);
    const body = checked(scene, call, 'RESTPostAPIChannelThreadsJSONBody');
    throwComplaints(checkLength(['name'], body.name, [1, 100]));
    if (!WITH_THREADS.has(channel.type)) throw refuse(50024);
    const isPrivate = (body.type ?? ChannelType.PrivateThread) === ChannelType.PrivateThread;
    if (isPrivate) throw refuse(50013); // nobody here is given that right
    checkMay(scene.world, channel, scene.world.bot.id, Permission.CreatePublicThreads);
    return { status: 201, body: channelView(startThread(scene, channel, body)) };
  },
};

type Patch = RESTPatchAPIChannelJSONBody;
type NewThread = {
  readonly name: string;
  readonly id?: string;
  readonly auto_archive_duration?: number | undefined;
};

function startThread({ world }: Scene, parent: Channel, { name, id, ...rest }: NewThread): Channel {
  const own = id === undefined ? {} : { id };
  const thread = world.addThread(parent, { name, ownerId: world.bot.id, ...own });
  if (thread.thread && rest.auto_archive_duration) {
    thread.thread.autoArchiveMinutes = rest.auto_archive_duration;
  }
  return thread;
}

/** In a forum a thread begins with its message, whose id it has. */
function postInForum(scene: Scene, forum: Channel, call: Call) {
  const body = checked(scene, call, 'RESTPostAPIGuildForumThreadsJSONBody');
  throwComplaints(checkLength(['name'], body.name, [1, 100]));
  checkMay(scene.world, forum, scene.world.bot.id, Permission.SendMessages);
  const thread = startThread(scene, forum, body);
  thread.appliedTags = [...(body.applied_tags ?? [])];
  try {
    const message = postMessage(scene, thread, { ...call, body: body.message });
    return {
      status: 201,
      body: { ...channelView(thread), message: shownMessage(scene, message) },
    };
  } catch (error) {
    scene.world.removeChannel(thread);
    throw error;
  }
}

function patchThread({ world }: Scene, channel: Channel, body: Patch): void {
  const { thread } = channel;
  if (!thread) return;
  const isOwn = thread.ownerId === world.bot.id;
  const needed = isOwn && body.locked === undefined ? 0n : Permission.ManageThreads;
  checkMay(world, channel, world.bot.id, needed);
  const stays = thread.archived && body.archived !== false;
  if (stays && Object.keys(body).some((key) => key !== 'locked')) throw refuse(50083);
  channel.name = body.name ?? channel.name;
  thread.archived = body.archived ?? thread.archived;
  thread.locked = body.locked ?? thread.locked;
  thread.autoArchiveMinutes = body.auto_archive_duration ?? thread.autoArchiveMinutes;
  channel.appliedTags = [...(body.applied_tags ?? channel.appliedTags)];
}

function patchChannel({ world }: Scene, channel: Channel, body: Patch): void {
  checkMay(world, channel, world.bot.id, Permission.ManageChannels);
  channel.name = body.name ?? channel.name;
  if (body.topic !== undefined) channel.topic = body.topic;
}
