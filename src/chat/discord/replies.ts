import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import { MessageFlags } from 'discord.js';

import type { Message } from '../../model/message.ts';
import type { Desk } from './desk.ts';
import { isInteractionOver, troubleOf } from './failures.ts';
import { type Payload, toOptions } from './payloads.ts';

/** What can be answered as soon as it was acknowledged. */
export type Answerable =
  | ChatInputCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction;

/**
 * Shows a message as the answer to an interaction that was acknowledged: in the place of "is
 * thinking", and under it what does not fit. After fifteen minutes Discord takes no answers to it:
 * what everybody may see then goes to the channel.
 */
export async function answerInteraction(
  desk: Desk,
  interaction: Answerable,
  message: Message,
): Promise<void> {
  try {
    await inSomeForm(desk, message, (payloads) => fillIn(desk, interaction, payloads));
  } catch (error) {
    const { channelId, id } = interaction;
    if (!isInteractionOver(error) || interaction.ephemeral === true || channelId === null) {
      throw error;
    }
    await answerIn(desk, { channelId, nonce: id }, message);
  }
}

async function fillIn(
  desk: Desk,
  interaction: Answerable,
  [first, ...further]: readonly Payload[],
): Promise<void> {
  if (first) {
    await insist(desk, { mayRepeat: true }, () => interaction.editReply(toOptions(first)));
  }
  for (const payload of further) {
    await insist(desk, { mayRepeat: false }, () =>
      followUp(interaction, payload, interaction.ephemeral === true),
    );
  }
}

function followUp(interaction: Answerable, payload: Payload, isEphemeral: boolean) {
  const { flags, ...rest } = toOptions(payload);
  const seenByOne = isEphemeral ? ([MessageFlags.Ephemeral] as const) : [];
  return interaction.followUp({ ...rest, flags: [flags, ...seenByOne] });
}

/** Tells something to one person only, though what was acknowledged would have been for everybody. */
export async function answerPrivately(
  desk: Desk,
  interaction: Answerable,
  message: Message,
): Promise<void> {
  if (interaction.ephemeral === true) return answerInteraction(desk, interaction, message);
  await insist(desk, { mayRepeat: true }, () => interaction.deleteReply());
  await inSomeForm(desk, message, async (payloads) => {
    for (const payload of payloads) {
      await insist(desk, { mayRepeat: false }, () => followUp(interaction, payload, true));
    }
  });
  return undefined;
}

/** Where an answer is posted, and under which name it is posted once only. */
type Spot = {
  readonly channelId: string;
  readonly nonce: string;
  readonly repliesTo?: string;
};

/** Posts a message as one or more of a channel's. */
export async function answerIn(
  desk: Pick<Desk, 'api' | 'clock' | 'log' | 'wrap' | 'closing'>,
  { channelId, nonce, repliesTo }: Spot,
  message: Message,
): Promise<void> {
  await inSomeForm(desk, message, async (payloads, form) => {
    for (const [index, payload] of payloads.entries()) {
      const answer = index === 0 && repliesTo !== undefined ? { ...payload, repliesTo } : payload;
      await insist(desk, { mayRepeat: true }, () =>
        desk.api.post(channelId, answer, `${nonce}${form.charAt(0)}${index}`),
      );
    }
  });
}

/** As components, and where Discord does not take them as text. */
async function inSomeForm(
  { wrap, log }: Pick<Desk, 'wrap' | 'log'>,
  message: Message,
  show: (payloads: readonly Payload[], form: 'rich' | 'bare') => Promise<void>,
): Promise<void> {
  try {
    await show(wrap(message, 'rich'), 'rich');
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble.kind !== 'form-refused') throw error;
    log.warn({ trouble }, 'components refused');
    await show(wrap(message, 'bare'), 'bare');
  }
}

/** So often at most something is tried, with pauses of 1, 2 and 4 seconds. */
const MOST_ATTEMPTS = 4;

/** Nobody waits longer for an answer. */
const LONGEST_WAIT_SECONDS = 60;

/** Tries again what did not arrive; what may have arrived only where it may be repeated. */
async function insist<T>(
  { clock, log, closing }: Pick<Desk, 'clock' | 'log' | 'closing'>,
  { mayRepeat }: { readonly mayRepeat: boolean },
  attempt: () => Promise<T>,
): Promise<T> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      const trouble = troubleOf(error);
      const seconds = trouble.kind === 'slow-down' ? trouble.seconds : 2 ** (attempts - 1);
      const isPassing =
        trouble.kind === 'slow-down' ||
        trouble.kind === 'failed' ||
        (trouble.kind === 'unknown' && mayRepeat);
      if (!isPassing || attempts === MOST_ATTEMPTS || seconds > LONGEST_WAIT_SECONDS) throw error;
      log.info({ trouble, attempts }, 'answer tried again');
      await clock.wait(seconds * 1000, closing).catch(() => {
        throw error; // nobody waits any more
      });
    }
  }
}
