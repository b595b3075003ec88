import type { AutocompleteInteraction } from 'discord.js';

import { findChannel } from '../../store/channels.ts';
import { reportNumbered } from '../../store/reports.ts';
import { type Context, NOBODY_WATCHES } from '../command.ts';
import type { Desk } from './desk.ts';
import { noteOf } from './failures.ts';
import { type Place, placeOfInteraction } from './places.ts';
import { namedOptions } from './registration.ts';

/** Discord's limits: three seconds, of which some are on the way; 25 choices of 100 characters. */
const PATIENCE_MS = 2000;
const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;

/** Offers what may be written while somebody types; nothing where that fails or takes too long. */
export async function offer(desk: Desk, interaction: AutocompleteInteraction): Promise<void> {
  const { clock, log } = desk;
  const timer = new AbortController();
  const tooLate = clock.wait(PATIENCE_MS, timer.signal).then(
    () => [],
    () => [],
  );
  const choices = await Promise.race([suggestionsFor(desk, interaction), tooLate]);
  timer.abort();
  try {
    await interaction.respond(choices.map((choice) => ({ name: choice, value: choice })));
  } catch (error) {
    log.info(noteOf(error), 'choices not offered');
  }
}

/** Never throws. */
async function suggestionsFor(
  { reception, log }: Desk,
  interaction: AutocompleteInteraction,
): Promise<string[]> {
  const { name, value } = interaction.options.getFocused(true);
  const command = reception.commands.find((each) => each.name === interaction.commandName);
  const option = command && namedOptions(command).find((each) => each.name === name)?.option;
  const place = placeOfInteraction(interaction);
  if (!option?.suggest || !place) return [];
  try {
    const context = await contextFor(reception, place);
    const suggested = context ? await option.suggest(value, context) : [];
    const fit = suggested.filter(({ length }) => length > 0 && length <= LONGEST_CHOICE);
    return [...new Set(fit)].slice(0, MOST_CHOICES);
  } catch (error) {
    log.warn({ ...noteOf(error), option: name }, 'no suggestions');
    return [];
  }
}

/** What suggesting may know; `null` for strangers. */
async function contextFor(
  { db, now, bureau, commands, owners, log }: Desk['reception'],
  { channel, speaker }: Place,
): Promise<Context | null> {
  const isOwner = owners.has(speaker);
  const chat = await findChannel(db, { ...channel, thread: null });
  if (chat?.access !== 'allowed' && !isOwner) return null;
  const known = channel.thread === null ? chat : await findChannel(db, channel);
  const [topic] = bureau.topics;
  const shown = known?.shownReport ?? null;
  return {
    db,
    now,
    bureau,
    commands,
    channel,
    person: { id: speaker, role: isOwner ? 'owner' : 'reader' },
    topic,
    language: known?.language ?? chat?.language ?? topic.language,
    shown: shown === null ? null : await reportNumbered(db, shown),
    answered: null,
    messageId: null,
    live: NOBODY_WATCHES,
    log,
  };
}
