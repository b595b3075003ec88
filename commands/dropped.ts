import { defineCommand } from '../src/chat/command.ts';
import { page } from '../src/chat/options.ts';
import { bullets, paragraph, root, strong, text } from '../src/lib/tree.ts';
import { UserError } from '../src/model/errors.ts';
import { linkedPostItem, onceEach } from '../src/publish/post-item.ts';
import { advertisingOf } from '../src/store/drops.ts';
import { takenBackOf } from '../src/store/take-backs.ts';
import { textsIn } from '../src/texts/texts.ts';
import { shownReport } from './shown.ts';

const A_PAGE = 10;

/** `/dropped [PAGE]`: what the digest in view left out as advertising, and why. */
export const dropped = defineCommand({
  name: 'dropped',
  for: 'owner',
  options: { number: page('PAGE') },
  async run({ number }, context) {
    const texts = textsIn(context.language);
    const report = await shownReport(context);
    const days = texts.days(report.window.from, report.window.to);
    const all = await advertisingOf(context.db, report);
    const drops = onceEach(all);
    if (drops.length === 0) {
      return { tree: root([paragraph([text(texts.nothingDropped(days))])]), shown: report };
    }
    const end = number * A_PAGE;
    const shown = drops.slice(end - A_PAGE, end);
    if (shown.length === 0) throw new UserError('usage', texts.noPage(String(number)));
    const takenBack = await takenBackOf(context.db, report.topic);
    const items = shown.map(({ first: { post, because }, alike }) => {
      const signs = texts.enumeration(because.map(texts.adSign));
      const isBack = alike.some((one) => takenBack.has(one.post.id));
      const note = isBack ? texts.isTakenBack : signs;
      return linkedPostItem(post, note + texts.times(alike.length));
    });
    const more = drops.length - end;
    return {
      tree: root([
        paragraph([strong(texts.droppedFrom(days, all.length))]),
        bullets(items),
        ...(more > 0 ? [paragraph([text(texts.moreDropped(more, number + 1))])] : []),
        paragraph([text(texts.takeBackHint)]),
      ]),
      shown: report,
    };
  },
});
