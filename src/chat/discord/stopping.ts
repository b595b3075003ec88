import { type APIMessageTopLevelComponent, ComponentType } from 'discord.js';

import { messageOf } from '../command.ts';
import { say } from '../dispatch.ts';
import { type Heard, stopAnswer } from '../reception.ts';
import type { Desk } from './desk.ts';
import { noteOf } from './failures.ts';
import type { GrowingReply } from './growing.ts';
import { spokenIn } from './replies.ts';
import type { Answerable } from './sheets.ts';

/** An answer whose message is older is not being made any more, nor will it be edited. */
const LONGEST_ANSWER_MS = 600_000;

/** Stops the answer of a turn, as the button under it asks for, and tells the one who pressed it. */
export async function serveStop(
  desk: Desk,
  interaction: Answerable,
  reply: GrowingReply,
  heard: Heard,
  turn: number,
): Promise<void> {
  const { reception, log } = desk;
  const isLeft = reception.stops.find(turn) === null;
  const words = await stopAnswer(reception, heard, turn);
  await reply.finish(messageOf(say(words), await spokenIn(reception, heard.channel)));
  if (!isLeft) return;
  await takeButtonAway(desk, interaction).catch((error: unknown) => {
    log.info(noteOf(error), 'button not taken away');
  });
}

/** Takes the button from under an answer that a process left behind. */
async function takeButtonAway({ api, clock }: Desk, interaction: Answerable): Promise<void> {
  if (!interaction.isButton()) return;
  const { message, customId } = interaction;
  if (clock.now().getTime() - message.createdTimestamp < LONGEST_ANSWER_MS) return;
  const components = message.components.map((each) => without(each.toJSON(), customId));
  await api.restyle(message.channelId, message.id, components);
}

/** What a message shows without the row of a button. */
function without(shown: APIMessageTopLevelComponent, button: string): APIMessageTopLevelComponent {
  if (shown.type !== ComponentType.Container) return shown;
  const isOther = (part: (typeof shown.components)[number]) =>
    part.type !== ComponentType.ActionRow ||
    part.components.every((each) => !('custom_id' in each) || each.custom_id !== button);
  return { ...shown, components: shown.components.filter(isOther) };
}
