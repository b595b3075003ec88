import { defineCommand } from '../src/chat/command.ts';
import { bullets, paragraph, root, strong, text } from '../src/lib/tree.ts';
import { subscriptionsOf } from '../src/store/subscriptions.ts';
import { textsIn } from '../src/texts/texts.ts';

/** `/topics`: what there is, when it comes, and what this chat gets. */
export const topics = defineCommand({
  name: 'topics',
  options: {},
  async run(_, { db, now, bureau, channel, language }) {
    const texts = textsIn(language);
    const wishes = new Set((await subscriptionsOf(db, channel)).map(({ topic }) => topic));
    const items = bureau.topics.map((topic) => {
      const { postAt, timeZone } = bureau.timetableOf(topic, now());
      const hour = postAt === null ? texts.noHourSet : texts.everyDay(postAt, timeZone);
      const here = wishes.has(topic.key) ? ` · ${texts.subscribedHere}` : '';
      return [strong(topic.key), text(` ${topic.title} – ${hour}${here}`)];
    });
    return {
      tree: root([
        paragraph([strong(texts.topicsAre)]),
        bullets(items),
        paragraph([text(texts.subscribeHint)]),
      ]),
    };
  },
});
