import { type BaseInteraction, ChannelType, type Message } from 'discord.js';

import type { Channel } from '../../model/channel.ts';
import type { Heard } from '../reception.ts';

/** Where something was said, by whom. */
export type Place = Pick<Heard, 'channel' | 'title' | 'isPrivate' | 'speaker'>;

type Spot = Message['channel'];

/** Where a message stands. */
export function placeOfMessage({ channel, author }: Message): Place {
  return placeIn(channel, author);
}

/** Where a command was given or something pressed; `null` where Discord does not say. */
export function placeOfInteraction({ channel, channelId, user }: BaseInteraction): Place | null {
  if (channel) return placeIn(channel, user);
  if (channelId === null) return null;
  const only: Channel = { platform: 'discord', chat: channelId, thread: null };
  return { channel: only, title: channelId, isPrivate: false, speaker: user.id };
}

function placeIn(
  spot: Spot | NonNullable<BaseInteraction['channel']>,
  { id, username }: { readonly id: string; readonly username: string },
): Place {
  const isPrivate = spot.type === ChannelType.DM;
  const title =
    'guild' in spot ? `${spot.guild.name} #${spot.name}` : isPrivate ? username : spot.id;
  return { channel: channelOfSpot(spot), title, isPrivate, speaker: id };
}

/** A thread is a part of the channel that it was opened in. */
function channelOfSpot(spot: Spot | NonNullable<BaseInteraction['channel']>): Channel {
  const isThread = spot.isThread();
  const parent = isThread ? spot.parentId : null;
  return parent === null
    ? { platform: 'discord', chat: spot.id, thread: null }
    : { platform: 'discord', chat: parent, thread: spot.id };
}
