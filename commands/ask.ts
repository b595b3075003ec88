import { daysIn } from '../src/ask/days.ts';
import { movesOn, saysOnlyThatItGoesOn, standsAlone } from '../src/ask/goes-on.ts';
import { answerMessage } from '../src/ask/message.ts';
import { type Context, defineCommand, type Reply } from '../src/chat/command.ts';
import { say } from '../src/chat/dispatch.ts';
import { insistOn } from '../src/chat/insisting.ts';
import { topicIn, words } from '../src/chat/options.ts';
import { languageOf, readQuestion } from '../src/chat/question.ts';
import { readSourcesWish } from '../src/chat/sources-wish.ts';
import type { Answer, Asked } from '../src/model/asking.ts';
import { UserError } from '../src/model/errors.ts';
import type { Language, Topic } from '../src/model/topic.ts';
import { dayOf, windowOf } from '../src/model/window.ts';
import { spanOfTopic } from '../src/store/posts.ts';
import {
  type BegunTurn,
  beginTurn,
  conversationOf,
  type EarlierTurn,
  findAnswer,
  finishTurn,
  lastTurnOf,
  NOTHING_ASKED,
  turnNumbered,
} from '../src/store/turns.ts';
import { textsIn } from '../src/texts/texts.ts';
import { CONVERSATION_MS, newestOf } from './shown.ts';
import { showSources, showSourcesOfAnswer } from './sources.ts';

/** `/ask QUESTION`, or just the question: answered from the reports and posts, its turn is kept. */
export const ask = defineCommand({
  name: 'ask',
  options: { question: words('QUESTION') },
  async run({ question: written }, context) {
    const question = questionOrRefusal(written, context.language);
    if (question instanceof UserError) return refuse(question, context);
    const shown = await sourcesWished(question, context);
    if (shown !== null) return shown;
    const earlier = await earlierTurn(context);
    if (earlier === null && aboutOf(context) === null && saysOnlyThatItGoesOn(question)) {
      return refuse(await askWhatIsMeant(question, context), context);
    }
    const topic = await topicOf(question, earlier, context);
    const language = await languageOf(question, context.language);
    const turn = await begin({ question, topic, language }, earlier, context);
    if (!turn) return null;
    const turns = await conversationOf(context.db, context.channel, turn.follows);
    const about = aboutOf(context);
    const asked: Asked = { question, turns, topic, language, about, now: context.now() };
    const answer =
      (await answerGiven(asked, turn, context)) ?? (await answerNow(asked, turn, context));
    const { db, log } = context;
    await insistOn(() => finishTurn(db, { id: turn.id, question }, answer), log, { turn: turn.id });
    return {
      tree: answerMessage(answer, language, topic.timeZone),
      language,
      about: { report: about?.report ?? null, section: about?.section ?? null, turn: turn.id },
      ...(about && context.shown && { shown: context.shown }),
    };
  },
});

function questionOrRefusal(written: string, language: Language): string | UserError {
  try {
    return readQuestion(written, language);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** What is said to a question that goes on from one which is not there. */
async function askWhatIsMeant(question: string, context: Context): Promise<UserError> {
  const { emptyQuestion } = textsIn(await languageOf(question, context.language));
  return new UserError('usage', emptyQuestion);
}

/** Says why a message asks nothing, and notes that it does not: edited, it may ask something. */
async function refuse(refusal: UserError, context: Context): Promise<Reply | null> {
  if (context.messageId === null) return say(refusal.message);
  const { topic, language } = context;
  const asked = { question: NOTHING_ASKED, topic, language };
  const turn = await begin(asked, await earlierTurn(context), context);
  return turn && { ...say(refusal.message), about: { report: null, section: null, turn: turn.id } };
}

/** The sources that are wished, of what the digest names or of what is answered; `null` where something else is asked. */
async function sourcesWished(question: string, context: Context): Promise<Reply | null> {
  const wish = readSourcesWish(question);
  if (!wish) return null;
  const { written } = wish;
  if (written !== null)
    return showSources(/^\d+$/.test(written) ? `I.${written}` : written, context);
  const { answered } = context;
  if (answered === null) return null;
  if (answered.turn !== null) return showSourcesOfAnswer(null, context);
  return answered.report === null ? null : showSources(answered.section ?? '', context);
}

/** The turn that is gone on from: that of the answer which is answered, else what the person asked last. */
async function earlierTurn({
  db,
  now,
  channel,
  person,
  topic,
  answered,
}: Context): Promise<EarlierTurn | null> {
  if (answered && answered.turn !== null) return turnNumbered(db, channel, answered.turn);
  const after = new Date(now().getTime() - CONVERSATION_MS);
  const last = await lastTurnOf(db, channel, person.id, after);
  // Who opens a terminal about a topic does not go on from what was asked there about another.
  const isOpenedAnew = channel.platform === 'terminal' && last?.topic !== topic.key;
  return isOpenedAnew ? null : last;
}

/**
 * What is asked about: the topic of the report that the answered message shows, else one that is named,
 * else that of the conversation, else the chat's.
 *
 * @throws {UserError} where the report, its topic or anything to answer from is not there (any more).
 */
async function topicOf(
  question: string,
  earlier: EarlierTurn | null,
  context: Context,
): Promise<Topic> {
  const { db, bureau, answered, shown } = context;
  const keyed = (key: string | undefined) => bureau.topics.find((topic) => topic.key === key);
  if (answered && answered.report !== null) {
    const topic = keyed(shown?.topic);
    if (topic) return topic;
    throw new UserError('not-found', textsIn(context.language).oldButton);
  }
  const isChoice = bureau.topics.length > 1;
  const named = isChoice ? topicIn(question, context) : undefined;
  const topic = named ?? keyed(earlier?.topic) ?? context.topic;
  if (!(await spanOfTopic(db, topic.key))) await newestOf(topic, context); // which says what to do
  return topic;
}

function aboutOf({ answered }: Context): Asked['about'] {
  if (!answered || answered.report === null) return null;
  return { report: answered.report, section: answered.section };
}

function begin(
  asked: Pick<Asked, 'question' | 'topic' | 'language'>,
  earlier: EarlierTurn | null,
  context: Context,
): Promise<BegunTurn | null> {
  const { db, now, channel, person, messageId } = context;
  return beginTurn(db, {
    channel,
    speaker: person.id,
    follows: earlier?.id ?? null,
    topic: asked.topic.key,
    about: aboutOf(context),
    question: asked.question,
    language: asked.language,
    askedMessage: messageId,
    at: now(),
  });
}

/** So long an answer is given again to the same question. */
const KEPT_MS = 86_400_000;

/** Since when an answer may have been given to be given again: what "yesterday" means changes at midnight. */
function keptSince({ question, topic: { timeZone }, now }: Asked): Date {
  const today = dayOf(now, timeZone);
  const midnight = windowOf(today, today, timeZone).start;
  const dayBefore = new Date(now.getTime() - KEPT_MS);
  return daysIn(question, today).days === null || midnight < dayBefore ? dayBefore : midnight;
}

async function answerGiven(
  asked: Asked,
  turn: BegunTurn,
  context: Context,
): Promise<Answer | null> {
  const { question, topic, language, about } = asked;
  if (movesOn(question)) return null;
  return findAnswer(context.db, {
    channel: context.channel,
    topic: topic.key,
    about,
    question,
    language,
    turn,
    standsAlone: standsAlone(question),
    after: keptSince(asked),
  });
}

/** Has it answered, which whoever asked sees grow. */
function answerNow(asked: Asked, turn: BegunTurn, { bureau, live }: Context): Promise<Answer> {
  live.begin(turn.id);
  const show = (sofar: Answer) =>
    live.show(answerMessage(sofar, asked.language, asked.topic.timeZone));
  return bureau.answer(asked, { show, signal: live.signal });
}
