import {
  type ChatInputCommandInteraction,
  type Interaction,
  PermissionFlagsBits,
} from 'discord.js';

import { readStop } from '../../model/address.ts';
import { keyOfChannel } from '../../model/channel.ts';
import type { Message } from '../../model/message.ts';
import type { Language } from '../../model/topic.ts';
import { findChannel } from '../../store/channels.ts';
import { textsIn } from '../../texts/texts.ts';
import { messageOf } from '../command.ts';
import { say } from '../dispatch.ts';
import type { Heard } from '../reception.ts';
import { acknowledge } from './acknowledging.ts';
import type { Desk } from './desk.ts';
import { noteOf } from './failures.ts';
import { GrowingReply } from './growing.ts';
import { insist } from './insisting.ts';
import { type Place, placeOfInteraction } from './places.ts';
import { namedOptions } from './registration.ts';
import { apologise, beginReply, respond, spokenIn } from './replies.ts';
import { type Answerable, interactionSheet } from './sheets.ts';
import { serveStop } from './stopping.ts';
import { offer } from './suggestions.ts';

/** Answers a command, a button, a menu, or somebody who types. Never throws. */
export async function serveInteraction(desk: Desk, interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) return offer(desk, interaction);
  if (interaction.isChatInputCommand()) {
    return serve(desk, interaction, { kind: 'words', words: wordsOf(desk, interaction) }, null);
  }
  if (interaction.isButton() || interaction.isStringSelectMenu()) {
    const carried = interaction.isButton() ? interaction.customId : (interaction.values[0] ?? '');
    return serve(desk, interaction, { kind: 'press', carried }, interaction.message.id);
  }
  return undefined;
}

/** A command as somebody would have written it: `/digest yesterday twitter_ai`. */
function wordsOf({ reception }: Desk, { commandName, options }: ChatInputCommandInteraction) {
  const command = reception.commands.find(({ name }) => name === commandName);
  const values = command ? namedOptions(command).map(({ name }) => options.getString(name)) : [];
  return [`/${commandName}`, ...values.filter((value) => value !== null)].join(' ');
}

/** Acknowledges at once, because Discord waits three seconds; then fifteen minutes for the answer. */
async function serve(
  desk: Desk,
  interaction: Answerable,
  said: Heard['said'],
  repliesTo: string | null,
): Promise<void> {
  const { log, api } = desk;
  try {
    await acknowledge(interaction, said.kind === 'press');
  } catch (error) {
    log.warn({ ...noteOf(error), said: said.kind }, 'interaction not acknowledged');
    return;
  }
  const place = placeOfInteraction(interaction);
  if (!place) return;
  const heard = { ...place, said, repliesTo, messageId: null, isEdit: false };
  const reply = beginReply(desk, heard, interactionSheet(api, interaction));
  try {
    noteAdmin(desk, interaction, heard);
    await answer(desk, interaction, reply, heard);
  } catch (error) {
    const language: Language = interaction.locale.startsWith('zh') ? 'zh' : 'en';
    await apologise(desk, reply, language, error);
  }
}

function noteAdmin({ admins }: Desk, { memberPermissions }: Answerable, heard: Heard): void {
  if (!memberPermissions) return;
  const isAdmin = memberPermissions.has(PermissionFlagsBits.ManageGuild); // administrators have it too
  admins.note(heard.channel, heard.speaker, isAdmin);
}

async function answer(
  desk: Desk,
  interaction: Answerable,
  reply: GrowingReply,
  heard: Heard,
): Promise<void> {
  const turn = heard.said.kind === 'press' ? readStop(heard.said.carried) : null;
  if (turn !== null) return serveStop(desk, interaction, reply, heard, turn);
  if (await respond(desk, reply, heard)) return undefined;
  return answerPrivately(desk, interaction, await lineForSilence(desk, heard));
}

/** Tells something to one person only, though what was acknowledged would have been for everybody. */
async function answerPrivately(
  desk: Desk,
  interaction: Answerable,
  message: Message,
): Promise<void> {
  const isPrivate = interaction.ephemeral === true;
  if (!isPrivate) await insist(desk, { mayRepeat: true }, () => interaction.deleteReply());
  const sheet = interactionSheet(desk.api, interaction, { isPrivate: true });
  await new GrowingReply(desk, sheet).finish(message);
}

/**
 * Silence is no answer to an interaction: Discord would say that the bot failed. What only the one who
 * asked gets to see may be said every time: that the chat is not let in, or the day's quota used up.
 */
async function lineForSilence({ reception }: Desk, { channel }: Place): Promise<Message> {
  const chat = { ...channel, thread: null };
  const known = await findChannel(reception.db, chat);
  const language = await spokenIn(reception, chat);
  const { stranger, usedUp } = textsIn(language);
  const words = known?.access === 'allowed' ? usedUp : stranger(keyOfChannel(chat));
  return messageOf(say(words), language);
}
