import { readRange, saidBack } from '../chat/when.ts';
import { UserError } from '../model/errors.ts';
import { type Day, dayOf } from '../model/window.ts';

/**
 * The one day that is meant by the words behind an option (`--since`), read as chats read days: 2026-01-29,
 * yesterday, 3 days ago, 昨天. Throws `UserError('usage')` when they name no day, several, or one that is
 * still to come.
 */
export function readDay(option: string, words: string, now: Date, timeZone: string): Day {
  const today = dayOf(now, timeZone);
  const range = readRange(words, today);
  const said = saidBack(words);
  if (!range) {
    throw new UserError(
      'usage',
      `I cannot read ${option} "${said}" as a day. Write it like yesterday, 3 days ago or 2026-01-29.`,
    );
  }
  const { from, to } = range;
  if (from !== to) {
    throw new UserError(
      'usage',
      `${option} "${said}" is several days. Name one, like yesterday or 2026-01-29.`,
    );
  }
  if (from <= today) return from;
  throw new UserError(
    'usage',
    `${option} ${from} is still to come. Name a day up to today, which is ${today} (${timeZone}).`,
  );
}
