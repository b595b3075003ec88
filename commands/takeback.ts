import { defineCommand } from '../src/chat/command.ts';
import { words } from '../src/chat/options.ts';
import { oneLine } from '../src/lib/text.ts';
import { paragraph, root, text } from '../src/lib/tree.ts';
import { UserError } from '../src/model/errors.ts';
import { advertisingOf } from '../src/store/drops.ts';
import { takeBack } from '../src/store/take-backs.ts';
import { textsIn } from '../src/texts/texts.ts';
import { shownReport } from './shown.ts';

/** `/takeback ID`: a post that the digest in view left out is no advertising, from now on. */
export const takeback = defineCommand({
  name: 'takeback',
  for: 'owner',
  options: { id: words('ID') },
  async run({ id }, context) {
    const texts = textsIn(context.language);
    const report = await shownReport(context);
    const drops = await advertisingOf(context.db, report);
    const post = drops.map((drop) => drop.post).find((candidate) => candidate.id === id);
    if (!post) throw new UserError('not-found', texts.notDropped(id));
    await takeBack(context.db, report.topic, [id], context.now());
    return {
      tree: root([paragraph([text(texts.takenBack(oneLine(id), oneLine(post.author)))])]),
      shown: report,
    };
  },
});
