import { defineCommand } from '../src/chat/command.ts';
import { bullets, paragraph, root, strong, text } from '../src/lib/tree.ts';
import { addDays, dayOf, windowOf } from '../src/model/window.ts';
import { spentToday, usageBetween } from '../src/store/calls.ts';
import { sourceDaysBetween } from '../src/store/source-days.ts';
import { textsIn } from '../src/texts/texts.ts';
import { inDollars } from './dollars.ts';

const DAYS = 7;

/** `/usage`: what the model cost today and in the last days, and what reading X did. */
export const usage = defineCommand({
  name: 'usage',
  for: 'owner',
  options: {},
  async run(_, { db, now, bureau, language }) {
    const texts = textsIn(language);
    const [{ timeZone }] = bureau.topics; // the cap counts in the days of the first topic
    const today = dayOf(now(), timeZone);
    const rows = await usageBetween(db, windowOf(addDays(today, 1 - DAYS), today, timeZone));
    const byDay = [...Map.groupBy(rows, ({ day }) => day)].toSorted(([a], [b]) => (a < b ? 1 : -1));
    const items = byDay.map(([day, own]) => [
      strong(day),
      text(` ${inDollars(own.reduce((sum, { price }) => sum + price, 0))}`),
    ]);
    const days = { from: addDays(dayOf(now(), 'UTC'), 1 - DAYS), to: dayOf(now(), 'UTC') };
    const reads = (await sourceDaysBetween(db, days)).reduce((sum, { price }) => sum + price, 0);
    const spent = texts.spentToday(inDollars(await spentToday(db, now(), timeZone)));
    return {
      tree: root([
        paragraph([text(spent)]),
        ...(reads > 0 ? [paragraph([text(texts.spentOnX(inDollars(reads)))])] : []),
        ...(items.length > 0 ? [bullets(items)] : [paragraph([text(texts.nothingAsked)])]),
      ]),
    };
  },
});
