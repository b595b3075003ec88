import type { Command } from 'commander';

import type { App } from '../app.ts';
import type { Config } from '../config.ts';
import { windowNamed } from '../deliver/schedule.ts';
import { UserError } from '../model/errors.ts';
import type { Topic } from '../model/topic.ts';
import { dayOf, type Window, windowOf } from '../model/window.ts';
import { spanOfTopic } from '../store/posts.ts';
import { textsIn } from '../texts/texts.ts';
import { readDay } from './day.ts';

/** How a verb is told which posts it is about. */
export type WindowOptions = { topic?: string; date?: string; from?: string; to?: string };

/** Gives a verb the options that name a topic's window. */
export function withWindowOptions(verb: Command): Command {
  return verb
    .option('--topic <topic>', 'the topic; the first one when not given')
    .option('--date <day>', 'the day: 2026-01-29, yesterday, 昨天; yesterday when not given')
    .option('--from <day>', 'first day of a longer window')
    .option('--to <day>', 'last day of a longer window');
}

/** The window that the options name, yesterday by itself. Throws `UserError` when they clash. */
export function readWindow(
  { date, from, to }: WindowOptions,
  now: Date,
  topic: Topic,
  { plans }: Pick<Config, 'plans'>,
): Window {
  const read = (option: string, words: string) => readDay(option, words, now, topic.timeZone);
  if (date !== undefined && (from ?? to) !== undefined) {
    throw new UserError('usage', 'Give --date, or --from and --to, not both.');
  }
  if ((from === undefined) !== (to === undefined)) {
    throw new UserError('usage', 'Give --from and --to together.');
  }
  const first = read(from === undefined ? '--date' : '--from', from ?? date ?? 'yesterday');
  const days = windowOf(first, to === undefined ? first : read('--to', to), topic.timeZone);
  return windowNamed(plans.get(topic.key), days, topic.timeZone);
}

/** The options that name a window, as they are typed: for sentences that say what to do next. */
export function windowAsTyped(
  { topics }: Pick<Config, 'topics'>,
  topic: Topic,
  { from, to }: Window,
): string {
  const days = from === to ? `--date ${from}` : `--from ${from} --to ${to}`;
  return topic.key === topics[0].key ? days : `--topic ${topic.key} ${days}`;
}

/** "2026-01-29", "2026-01-29 to 2026-01-31" */
export function daysInWords({ from, to }: Window): string {
  return textsIn('en').days(from, to);
}

/** A window in a verb's JSON. */
export function windowJson({ from, to, timeZone }: Window): unknown {
  return { from, to, timeZone };
}

/** Says that a window has no posts, and which days have. */
export async function noPosts(app: App, topic: Topic, window: Window): Promise<UserError> {
  const span = await spanOfTopic(app.db, topic.key);
  const hint = span
    ? `Its posts run from ${dayOf(span.first, topic.timeZone)} to ${dayOf(span.last, topic.timeZone)} (${topic.timeZone}).`
    : 'It has no posts yet: chorus import FILE stores some.';
  return new UserError(
    'not-found',
    `"${topic.key}" has no posts on ${daysInWords(window)}. ${hint}`,
  );
}
