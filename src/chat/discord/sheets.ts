import { MessageFlags } from 'discord.js';
import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';

import type { Form } from '../../model/delivery.ts';
import type { Api } from './api.ts';
import type { Lane } from './pace.ts';
import { asEdit, type Payload, toOptions } from './payloads.ts';

/** Where the messages of one answer stand, one under the other. */
export type Sheet = {
  /** What posting and what editing shares a limit with. */
  readonly posts: Lane;
  readonly edits: Lane;
  /** Shows that something will stand here, if that is to be seen. Does not wait for it. */
  announce(): void;
  /** Whether Discord knows a message again that is posted in a place once more. */
  mayRepeat(index: number): boolean;
  /** Posts the message of a place, and answers its id. */
  post(index: number, payload: Payload, form: Form): Promise<string>;
  edit(id: string, payload: Payload): Promise<void>;
  remove(id: string): Promise<void>;
  /** Where the answer stands when nothing can be said here any more; `null`: nowhere. */
  readonly next: Sheet | null;
};

/** Where an answer is posted, and under which name it is posted once only. */
export type Spot = {
  readonly channelId: string;
  readonly nonce: string;
  readonly repliesTo?: string;
};

const CHANNEL_MS = 5200;
const INTERACTION_MS = 2200;

/** Messages of a channel, the first of which may be a reply. */
export function channelSheet(api: Api, { channelId, nonce, repliesTo }: Spot): Sheet {
  return {
    posts: { key: `post ${channelId}`, withinMs: CHANNEL_MS },
    edits: { key: `edit ${channelId}`, withinMs: CHANNEL_MS },
    announce: () => void api.showTyping(channelId).catch(() => undefined), // a courtesy
    mayRepeat: () => true,
    post(index, payload, form) {
      const answer = index === 0 && repliesTo !== undefined ? { ...payload, repliesTo } : payload;
      return api.post(channelId, answer, `${nonce}${form.charAt(0)}${index}`);
    },
    edit: (id, payload) => api.edit(channelId, id, payload),
    remove: (id) => api.remove(channelId, id),
    next: null,
  };
}

/** What can be answered as soon as it was acknowledged. */
export type Answerable =
  | ChatInputCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction;

/**
 * The place of "is thinking", and under it what does not fit. After fifteen minutes Discord takes no
 * answers to an interaction: what everybody may see then goes to the channel.
 *
 * @param isPrivate Whether only who asked is to see it; else as it was acknowledged. Where everybody would
 * have seen the place that was kept, it must have been taken away.
 */
export function interactionSheet(
  api: Api,
  interaction: Answerable,
  { isPrivate = interaction.ephemeral === true } = {},
): Sheet {
  const { id: nonce, channelId } = interaction;
  const isPlaceOpen = isPrivate === (interaction.ephemeral === true);
  const edits = { key: `interaction ${nonce}`, withinMs: INTERACTION_MS };
  const isAwaited = (index: number) => index === 0 && isPlaceOpen && !interaction.replied;
  return {
    posts: edits,
    edits,
    announce: () => undefined, // Discord shows "is thinking"
    mayRepeat: isAwaited,
    async post(index, payload) {
      const { id } = isAwaited(index)
        ? await interaction.editReply(asEdit(toOptions(payload)))
        : await followUp(interaction, payload, isPrivate);
      return id;
    },
    async edit(id, payload) {
      await interaction.editReply({ ...asEdit(toOptions(payload)), message: id });
    },
    remove: (id) => interaction.deleteReply(id),
    next: !isPrivate && channelId !== null ? channelSheet(api, { channelId, nonce }) : null,
  };
}

function followUp(interaction: Answerable, payload: Payload, isPrivate: boolean) {
  const { flags, ...rest } = toOptions(payload);
  const seenByOne = isPrivate ? ([MessageFlags.Ephemeral] as const) : [];
  return interaction.followUp({ ...rest, flags: [flags, ...seenByOne] });
}
