import { brieflyTold, LOOKED_AT, type ToldDays } from '../curate/trends.ts';
import type { Picture } from '../model/picture.ts';
import type { Report } from '../model/report.ts';
import type { Curation } from '../model/story.ts';
import type { Day } from '../model/window.ts';
import { addDays, daysOf, timeToMinute } from '../model/window.ts';
import { drawApart } from '../pictures/apart.ts';
import type { Order } from '../pictures/draw.ts';
import type { Database } from '../store/database.ts';
import { storiesBetween } from '../store/reports.ts';
import { textsIn } from '../texts/texts.ts';

/** What pictures are drawn with. */
type Drawing = {
  readonly db: Database;
  /** @default in a process of its own */
  readonly draw?: typeof drawApart;
  readonly signal?: AbortSignal;
};

/** Draws what belongs to a report: its word cloud and, from the third day on, the week. */
export async function illustrate(
  { db, draw = drawApart, signal }: Drawing,
  report: Report,
  curation: Curation,
): Promise<Picture[]> {
  const week = await weekOf(db, report, curation);
  return draw(
    { cloud: cloudOrder(report, curation), week: week && weekOrder(report, week) },
    signal,
  );
}

/** The days of a week, and what each told. */
type Told = { readonly days: readonly Day[]; readonly told: ToldDays };

const DAYS = 7;
/** Days with a report, the last among them, from which on there is something to compare. */
const LEAST_DAYS = 3;

/**
 * What was talked about in the seven days that end with a one-day report, or in those since the first
 * one; `null` for too few of them.
 */
async function weekOf(
  db: Database,
  { topic, window }: Report,
  { stories }: Curation,
): Promise<Told | null> {
  if (window.from !== window.to) return null;
  const earliest = addDays(window.to, 1 - DAYS);
  const before = addDays(window.to, -1);
  const told = await storiesBetween(db, topic, earliest, before, LOOKED_AT.stories);
  if (told.size + 1 < LEAST_DAYS) return null;
  const [from = earliest] = told.keys();
  const days = daysOf({ from, to: window.to });
  return {
    days,
    told: days.map((day) => {
      const own = day === window.to ? stories.slice(0, LOOKED_AT.stories) : told.get(day);
      return own?.map(brieflyTold) ?? null;
    }),
  };
}

function cloudOrder(report: Report, { kept, themes }: Curation): Order['cloud'] {
  const themeOf = new Map(
    themes.flatMap((theme, index) =>
      theme.stories.flatMap((story) => story.posts.map((post) => [post.id, index] as const)),
    ),
  );
  const { window, counts, createdAt, topicTitle, language } = report;
  return {
    posts: kept.map(({ id, text, words }) => ({ text, words, theme: themeOf.get(id) ?? null })),
    labels: {
      title: topicTitle,
      date: spanOf(window.from, window.to),
      caption: `${textsIn(language).cloudCaption(counts)} · ${timeToMinute(createdAt, window.timeZone)}`,
    },
  };
}

function weekOrder({ topicTitle, language, window }: Report, week: Told): Order['week'] {
  const texts = textsIn(language);
  return {
    ...week,
    labels: {
      title: texts.weekTitle(topicTitle),
      date: spanOf(week.days[0] ?? window.from, window.to),
      caption: texts.weekCaption,
      courses: texts.courses,
    },
  };
}

function spanOf(from: string, to: string): string {
  return from === to ? from : `${from} – ${to}`;
}
