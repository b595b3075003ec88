import { defineCommand, type Reply } from '../src/chat/command.ts';
import type { ReadOn } from '../src/chat/bureau.ts';
import { topic, when } from '../src/chat/options.ts';
import { plainLine } from '../src/lib/text.ts';
import { emphasis, paragraph, root } from '../src/lib/tree.ts';
import { UserError } from '../src/model/errors.ts';
import { dayOf } from '../src/model/window.ts';
import { type Texts, textsIn } from '../src/texts/texts.ts';
import { inDollars } from './dollars.ts';
import { showDigest } from './shown.ts';

/**
 * `/run [TOPIC] [DAY]`: makes a digest now, anew where there is one; before, as for one that is posted by
 * itself, it reads on what may have posts of it, and says what came of that.
 */
export const run = defineCommand({
  name: 'run',
  for: 'owner',
  options: { asked: when('DAY'), topic: topic('TOPIC') },
  async run({ asked, topic: about }, { db, now, bureau, language, live }) {
    const today = dayOf(now(), about.timeZone);
    const { from, to } = asked ?? { from: today, to: today };
    const window = bureau.windowOf(about, from, to);
    const read = await bureau.readOn(about, window, live.signal);
    const made = await bureau.make(about, window, language, read?.missing);
    const texts = textsIn(language);
    if (made.kind === 'made') return withReading(await showDigest(db, made.report), read, texts);
    const words = [texts.nothingToTell(from, to, made.collected), ...readingInWords(read, texts)];
    throw new UserError('not-found', words.join(' '));
  },
});

/** What is missing in it the digest says itself. */
function withReading(reply: Reply, read: ReadOn | null, texts: Texts): Reply {
  const told = read && { ...read, missing: [] };
  const words = readingInWords(told, texts).map((one) => paragraph([emphasis(one)]));
  return { ...reply, tree: root([...reply.tree.children, ...words]) };
}

/** What was read before, and what it cost: money is not spent in silence. */
function readingInWords(read: ReadOn | null, texts: Texts): string[] {
  if (read === null) return [];
  const { added, price, missing, overBudget } = read;
  return [
    texts.readBefore(added, price > 0 ? inDollars(price) : null),
    ...(overBudget === null ? [] : [plainLine(`${overBudget}.`)]),
    ...(missing.length > 0 ? [texts.missingSources(missing.map(plainLine))] : []),
  ];
}
