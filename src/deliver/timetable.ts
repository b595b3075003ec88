import { addDays, dayOf } from '../model/window.ts';
import { type Plan, postingAt, postsOn } from './schedule.ts';

/** Longer than a week with a day that the place left out. */
const DAYS = 9;

/** The next instant at which a plan posts. */
export function nextPosting(plan: Plan, now: Date): Date | null {
  const today = dayOf(now, plan.timeZone);
  for (let ahead = 0; ahead <= DAYS; ahead += 1) {
    const day = addDays(today, ahead);
    if (!postsOn(plan, day)) continue;
    const at = postingAt(plan, day);
    if (at > now) return at;
  }
  return null;
}
