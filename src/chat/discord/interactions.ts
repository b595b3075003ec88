import { randomBytes } from 'node:crypto';

import {
  type ChatInputCommandInteraction,
  type Interaction,
  PermissionFlagsBits,
} from 'discord.js';

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
import { hear } from './hearing.ts';
import { type Place, placeOfInteraction } from './places.ts';
import { namedOptions } from './registration.ts';
import { type Answerable, answerInteraction, answerPrivately } from './replies.ts';
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
  const { log } = desk;
  try {
    await acknowledge(interaction, said.kind === 'press');
  } catch (error) {
    log.warn({ ...noteOf(error), said: said.kind }, 'interaction not acknowledged');
    return;
  }
  try {
    const place = placeOfInteraction(interaction);
    if (place)
      await answer(desk, interaction, {
        ...place,
        said,
        repliesTo,
        messageId: null,
        isEdit: false,
      });
  } catch (error) {
    await apologise(desk, interaction, error);
  }
}

async function answer(desk: Desk, interaction: Answerable, heard: Heard): Promise<void> {
  const { reception, admins } = desk;
  const { memberPermissions: permissions } = interaction;
  if (permissions) {
    const isAdmin = permissions.has(PermissionFlagsBits.ManageGuild); // administrators have it too
    admins.note(heard.channel, heard.speaker, isAdmin);
  }
  const spoken = await hear(reception, heard);
  if (spoken) await answerInteraction(desk, interaction, spoken.message);
  else await answerPrivately(desk, interaction, await lineForSilence(desk, heard));
}

/**
 * Silence is no answer to an interaction: Discord would say that the bot failed. What only the one who
 * asked gets to see may be said every time: that the chat is not let in, or the day's quota used up.
 */
async function lineForSilence({ reception }: Desk, { channel }: Place): Promise<Message> {
  const chat = { ...channel, thread: null };
  const known = await findChannel(reception.db, chat);
  const language = known?.language ?? reception.bureau.topics[0].language;
  const { stranger, usedUp } = textsIn(language);
  const words = known?.access === 'allowed' ? usedUp : stranger(keyOfChannel(chat));
  return messageOf(say(words), language);
}

async function apologise(desk: Desk, interaction: Answerable, error: unknown): Promise<void> {
  const { log } = desk;
  const reference = randomBytes(4).toString('hex');
  log.error({ reference, ...noteOf(error) }, 'interaction not answered');
  const language: Language = interaction.locale.startsWith('zh') ? 'zh' : 'en';
  const message = messageOf(say(textsIn(language).failed(reference)), language);
  try {
    await answerInteraction(desk, interaction, message);
  } catch (again) {
    log.warn({ reference, ...noteOf(again) }, 'no apology either');
  }
}
