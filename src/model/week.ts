import type { Day } from './window.ts';

/** How a theme does: told on the last day only, on that and before, or not in the last two days. */
export const COURSES = ['new', 'going-on', 'faded'] as const;
export type Course = (typeof COURSES)[number];

/** How much a theme was talked about, day by day. */
export type Trend = {
  /** Its most characteristic words: "Lumen 7 · agents · price". */
  readonly name: string;
  readonly course: Course;
  /** Its posts on each day of the week; `null` on a day without a report. */
  readonly posts: readonly (number | null)[];
};

/** What was talked about in seven days. */
export type Week = {
  /** Oldest first. */
  readonly days: readonly Day[];
  /** What is new, what goes on, what faded; inside each the most talked about first. */
  readonly trends: readonly Trend[];
};
