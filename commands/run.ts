import { defineCommand } from '../src/chat/command.ts';
import { topic, when } from '../src/chat/options.ts';
import { UserError } from '../src/model/errors.ts';
import { dayOf } from '../src/model/window.ts';
import { textsIn } from '../src/texts/texts.ts';
import { showDigest } from './shown.ts';

/** `/run [TOPIC] [DAY]`: makes a digest now, anew where there is one. */
export const run = defineCommand({
  name: 'run',
  for: 'owner',
  options: { asked: when('DAY'), topic: topic('TOPIC') },
  async run({ asked, topic: about }, { db, now, bureau, language }) {
    const today = dayOf(now(), about.timeZone);
    const { from, to } = asked ?? { from: today, to: today };
    const made = await bureau.make(about, bureau.windowOf(about, from, to), language);
    if (made.kind === 'made') return showDigest(db, made.report);
    throw new UserError('not-found', textsIn(language).nothingToTell(from, to, made.collected));
  },
});
