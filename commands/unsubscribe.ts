import { type Context, defineCommand } from '../src/chat/command.ts';
import { someWords, topicNamed } from '../src/chat/options.ts';
import { paragraph, root, text } from '../src/lib/tree.ts';
import { UserError } from '../src/model/errors.ts';
import { subscriptionsOf, unsubscribe as takeWishBack } from '../src/store/subscriptions.ts';
import { textsIn } from '../src/texts/texts.ts';

/** `/unsubscribe [TOPIC]`: this chat does not get a topic's digest any more. */
export const unsubscribe = defineCommand({
  name: 'unsubscribe',
  for: 'admin',
  options: {
    written: { ...someWords('TOPIC'), suggest: async (typed, context) => wishesOf(typed, context) },
  },
  async run({ written }, context) {
    const words = await endWish(written, context);
    return { tree: root([paragraph([text(words)])]) };
  },
});

async function wishesOf(typed: string, { db, channel }: Context): Promise<string[]> {
  const wishes = await subscriptionsOf(db, channel);
  return wishes.map(({ topic }) => topic).filter((key) => key.includes(typed.toLowerCase()));
}

/** Ends one of the chat's wishes, also for a topic that does not exist any more. */
async function endWish(written: string, context: Context): Promise<string> {
  const { db, channel, language } = context;
  const texts = textsIn(language);
  const wishes = await wishesOf('', context);
  if (written === '' && wishes.length === 0) return texts.nothingSubscribed;
  const [only] = wishes;
  const isClear = written === '' && wishes.length === 1 && only !== undefined;
  const named = isClear ? only : written;
  const topic = topicNamed(named, context);
  const key = topic?.key ?? named;
  if (await takeWishBack(db, channel, key)) return texts.unsubscribedFrom(topic?.title ?? key);
  if (topic) return texts.wasNotSubscribed(topic.title);
  throw new UserError(
    'usage',
    wishes.length > 0 ? texts.noTopic(written, wishes) : texts.nothingSubscribed,
  );
}
