import { defineCommand } from '../src/chat/command.ts';
import { hour, languageAmong, namedTopic } from '../src/chat/options.ts';
import { paragraph, root, text } from '../src/lib/tree.ts';
import { UserError } from '../src/model/errors.ts';
import { subscribe as noteWish } from '../src/store/subscriptions.ts';
import { textsIn } from '../src/texts/texts.ts';

/** `/subscribe TOPIC [HOUR] [LANGUAGE]`: this chat gets a topic's digest. */
export const subscribe = defineCommand({
  name: 'subscribe',
  for: 'admin',
  options: { topic: namedTopic('TOPIC'), at: hour('HOUR'), wished: languageAmong('LANGUAGE') },
  async run({ at, wished, topic }, { db, now, bureau, channel, language }) {
    const texts = textsIn(language);
    if (channel.platform === 'terminal') throw new UserError('usage', texts.noPostsInTerminal);
    const { postAt, timeZone } = bureau.timetableOf(topic, now());
    if (at !== null && postAt !== null && at < postAt) {
      const command = `/subscribe ${topic.key} ${postAt}`;
      throw new UserError('usage', texts.tooEarly(at, topic.title, postAt, command));
    }
    await noteWish(db, { channel, topic: topic.key, at, language: wished }, now());
    const words =
      postAt === null
        ? texts.subscribedWithoutHour(topic.title)
        : texts.subscribedTo(topic.title, at ?? postAt, timeZone);
    return { tree: root([paragraph([text(words)])]) };
  },
});
