import { type Context, defineCommand } from '../src/chat/command.ts';
import { someWords } from '../src/chat/options.ts';
import { stateOf, timed } from '../src/collect/health.ts';
import { splitTyped } from '../src/collect/typed.ts';
import { plainLine } from '../src/lib/text.ts';
import { bullets, paragraph, root, strong, text } from '../src/lib/tree.ts';
import { UserError } from '../src/model/errors.ts';
import type { TopicEdit } from '../src/model/topic.ts';
import { timeToMinute } from '../src/model/window.ts';
import { sourcesOf } from '../src/store/sources.ts';
import { textsIn } from '../src/texts/texts.ts';

/**
 * `/topic`: the topics with their sources, and how these are; `/topic add NAME [SOURCE…]` and
 * `/topic remove NAME [SOURCE…]` change them as `chorus topic` does.
 */
export const topic = defineCommand({
  name: 'topic',
  for: 'owner',
  options: { written: someWords('[add|remove] NAME SOURCE') },
  async run({ written }, context) {
    if (written === '') return { tree: root(await listed(context)) };
    const { bureau, language } = context;
    const edit = readEdit(written);
    if (edit === null) throw new UserError('usage', textsIn(language).topicUsage);
    const { added, known, gone } = await bureau.editTopics(edit);
    const shown = { added: added.map(plainLine), known: known.map(plainLine), gone };
    const words = textsIn(language).topicChanged(edit.key, shown);
    return { tree: root([paragraph([text(words)])]) };
  },
});

/** What is written after the command; `null` where it is none of what can be done. */
function readEdit(written: string): TopicEdit | null {
  const [, kind, key = '', rest = ''] = /^(add|remove)\s+(\S+)\s*(.*)$/su.exec(written) ?? [];
  const sources = splitTyped(rest);
  if (kind === 'add') return { kind, key, sources, settings: {} };
  return kind === 'remove' ? { kind, key, sources } : null;
}

async function listed({ db, now, bureau, language }: Context) {
  const texts = textsIn(language);
  const parts = await Promise.all(
    bureau.topics.map(async (one) => {
      const health = await sourcesOf(db, one.key);
      const items = bureau.sourcesOf(one).map((key) => {
        const state = stateOf(health.get(key), now());
        const words = texts.sourceIs(timed(state, (at) => timeToMinute(at, one.timeZone)));
        return [text(`${plainLine(key)}: ${plainLine(words)}`)];
      });
      return [
        paragraph([strong(`${one.key}: ${one.title}`)]),
        items.length > 0 ? bullets(items) : paragraph([text(texts.noSourcesNamed)]),
      ];
    }),
  );
  return parts.flat();
}
