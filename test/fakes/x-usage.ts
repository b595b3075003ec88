import type { Answer } from './x-answers.ts';
import type { Bill } from './x-bill.ts';
import type { Params, Rules } from './x-params.ts';

const DAY_MS = 24 * 60 * 60_000;
const PROJECT = '1369785403853424';
const USUAL = ['cap_reset_day', 'project_cap', 'project_id', 'project_usage'];
const RULES: Rules = { asked: 'Usage' };

/** How many posts were read, as the project is told. */
export const USAGE = {
  name: '/2/usage/tweets',
  path: /^\/2\/usage\/tweets$/,
  rules: RULES,
  limit: 50,
} as const;

export function usageOf(params: Params, bill: Bill, now: Date): Answer {
  const asked = params.list('usage.fields');
  const fields = asked.length > 0 ? asked : USUAL;
  const since = new Date(now.getTime() - (params.number('days') ?? 7) * DAY_MS);
  const days = bill.days.filter((day) => new Date(day) >= since);
  const usage = days.map((day) => ({
    date: `${day}T00:00:00.000Z`,
    usage: String(bill.charged(day).posts),
  }));
  const known = {
    cap_reset_day: 1,
    project_cap: '2000000',
    project_id: PROJECT,
    project_usage: String(bill.charged().posts),
    daily_project_usage: { project_id: PROJECT, usage },
    daily_client_app_usage: [{ client_app_id: '1', usage, usage_result_count: usage.length }],
  };
  const data = Object.fromEntries(Object.entries(known).filter(([name]) => fields.includes(name)));
  const nothing = { posts: [], users: [] };
  return { body: { data }, asked: nothing, along: nothing };
}
