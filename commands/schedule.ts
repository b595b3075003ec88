import { defineCommand } from '../src/chat/command.ts';
import { bullets, paragraph, root, strong, text } from '../src/lib/tree.ts';
import { timeToMinute } from '../src/model/window.ts';
import { subscriptionsOf } from '../src/store/subscriptions.ts';
import { textsIn } from '../src/texts/texts.ts';

/** `/schedule`: what this chat gets, and when next. */
export const schedule = defineCommand({
  name: 'schedule',
  options: {},
  async run(_, { db, now, bureau, channel, language }) {
    const texts = textsIn(language);
    const wishes = await subscriptionsOf(db, channel);
    if (wishes.length === 0) return { tree: root([paragraph([text(texts.nothingSubscribed)])]) };
    const items = wishes.map(({ topic: key, at, language: wished }) => {
      const topic = bureau.topics.find((candidate) => candidate.key === key);
      if (!topic) return [strong(key), text(` – ${texts.topicIsGone}`)];
      const { postAt, timeZone, next } = bureau.timetableOf(topic, now(), at);
      const hour = postAt === null ? texts.noHourSet : texts.everyDay(postAt, timeZone);
      const soon = next === null ? '' : ` · ${texts.nextAt(timeToMinute(next, timeZone))}`;
      return [strong(key), text(` ${topic.title} – ${hour}${soon} · ${wished ?? topic.language}`)];
    });
    return { tree: root([paragraph([strong(texts.scheduleIs)]), bullets(items)]) };
  },
});
