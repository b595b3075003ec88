import type { Log } from '../lib/log.ts';
import { type Channel, chatOf, keyOfChannel } from '../model/channel.ts';
import {
  changeAccess,
  changeChannel,
  findChannel,
  isFirstAsked,
  type KnownChannel,
  meetChannel,
} from '../store/channels.ts';
import type { Database } from '../store/database.ts';
import { reportOfMessage } from '../store/deliveries.ts';
import { aboutMessage, messagesOfTurn, noteMessages } from '../store/messages.ts';
import { reportNumbered } from '../store/reports.ts';
import { subscriptionsOf } from '../store/subscriptions.ts';
import { type EarlierTurn, turnOfMessage } from '../store/turns.ts';
import { type Texts, textsIn } from '../texts/texts.ts';
import type { Bureau } from './bureau.ts';
import { type Command, type Context, type Live, messageOf, type Role } from './command.ts';
import { dispatch, dispatchPress, questionIn, say } from './dispatch.ts';
import { GRANTED, takeFromQuotas } from './leave.ts';
import { insistOn } from './insisting.ts';
import { tidyQuestion } from './question.ts';
import type { Quotas } from './settings.ts';
import type { Stops } from './stops.ts';
import type { About, Message } from '../model/message.ts';

/** Something that was said or pressed in a channel. */
export type Heard = {
  readonly channel: Channel;
  /** The name of the chat, for people. */
  readonly title: string;
  /** Whether one person is alone with the bot there. */
  readonly isPrivate: boolean;
  /** The platform's id of who spoke. */
  readonly speaker: string;
  readonly said:
    | { readonly kind: 'words'; readonly words: string }
    | { readonly kind: 'press'; readonly carried: string };
  /** The platform's id of what was said; `null` of presses and commands that are no messages. */
  readonly messageId: string | null;
  /** Whether it was said before, in other words: what was answered to those is to be answered anew. */
  readonly isEdit: boolean;
  /** The platform's id of the message that it answers. */
  readonly repliesTo: string | null;
};

/** What is said to what was heard. Who sends it tells {@link noteSent} of the messages. */
export type Spoken = {
  readonly message: Message;
  readonly about: About | null;
  /** The platform's ids of the messages in whose place it is to stand: of the answer to an edited question. */
  readonly replaces: readonly string[];
};

/** What receiving works with. */
export type Reception = {
  readonly db: Database;
  readonly now: () => Date;
  readonly log: Log;
  readonly bureau: Bureau;
  readonly commands: readonly Command[];
  /** Ids of the owners' accounts on the platform. */
  readonly owners: ReadonlySet<string>;
  readonly quotas: Quotas;
  /** The answers that are being made, on every platform. */
  readonly stops: Stops;
  /** Whether the platform says that somebody administers a chat. */
  readonly isAdmin: (channel: Channel, person: string) => Promise<boolean>;
};

/**
 * Answers what was said, if the chat may be answered. Strangers get one line, once; then nothing. Where
 * as much was asked as may be in a day, that is said once; then nothing: else every further message
 * would be answered after all, which is what the quota is there against.
 *
 * @returns `null` for silence.
 */
export async function receive(
  reception: Reception,
  heard: Heard,
  live: Live,
): Promise<Spoken | null> {
  const edited = heard.isEdit ? await editedQuestion(reception, heard) : null;
  if (heard.isEdit && edited === null) return null;
  const isOwner = reception.owners.has(heard.speaker);
  const known = await enter(reception, heard, isOwner);
  const inWords = (sentence: (texts: Texts) => string) => tell(reception, heard, known, sentence);
  if (known.access !== 'allowed' && !(isOwner && isAboutAccess(heard))) {
    if (known.access === 'denied' || heard.said.kind === 'press') return null;
    if (isOwner) return inWords((texts) => texts.notAllowedYet);
    const chat = chatOf(heard.channel);
    const isFirst = await isFirstAsked(reception.db, chat, reception.now());
    return isFirst ? inWords((texts) => texts.stranger(keyOfChannel(chat))) : null;
  }
  if (known.access === 'allowed') await resume(reception, heard, known);
  const { grant, words } = isOwner ? GRANTED : await takeFromQuotas(reception, heard);
  if (grant === 'just-used-up') return inWords((texts) => texts[words]);
  if (grant === 'used-up') return null;
  const role = isOwner ? 'owner' : await roleOf(reception, heard);
  const spoken = await reception.stops.during(heard, live, async (stoppable) =>
    answer(reception, heard, await contextOf(reception, heard, known, role, stoppable), known),
  );
  if (!spoken || !edited) return spoken;
  return { ...spoken, replaces: await messagesBefore(reception, heard.channel, edited) };
}

/** The messages of an earlier answer; none where nobody can say: what is answered is not lost for that. */
async function messagesBefore(
  { db, log }: Reception,
  channel: Channel,
  { id }: EarlierTurn,
): Promise<string[]> {
  return messagesOfTurn(db, channel, id).catch((error: unknown) => {
    log.warn({ turn: id, err: error }, 'an earlier answer is not found');
    return [];
  });
}

/** Later than this nobody waits for another answer to a question that is edited. */
const EDITED_MS = 3_600_000;

/** The turn of a question that has other words now, of its speaker; `null` of all else that is edited. */
async function editedQuestion(
  { db, now }: Reception,
  { channel, messageId, said, speaker }: Heard,
): Promise<EarlierTurn | null> {
  const question = said.kind === 'words' ? questionIn(said.words) : null;
  if (messageId === null || question === null) return null;
  const turn = await turnOfMessage(db, channel, messageId);
  if (!turn || turn.speaker !== speaker || turn.question === tidyQuestion(question)) return null;
  return now().getTime() - turn.at.getTime() <= EDITED_MS ? turn : null;
}

/**
 * Stops an answer that is being made, as the button under it asks for: for whoever asked, and for those
 * who administer the chat.
 *
 * @returns What the one who pressed it is told, alone.
 */
export async function stopAnswer(
  reception: Reception,
  heard: Heard,
  turn: number,
): Promise<string> {
  const { db, bureau, owners, stops } = reception;
  const known = await findChannel(db, heard.channel);
  const texts = textsIn(known?.language ?? bureau.topics[0].language);
  const underWay = stops.find(turn);
  if (!underWay || keyOfChannel(underWay.channel) !== keyOfChannel(heard.channel)) {
    return texts.nothingToStop;
  }
  const isTheirs = underWay.speaker === heard.speaker || owners.has(heard.speaker);
  if (!isTheirs && (await roleOf(reception, heard)) === 'reader') return texts.notYoursToStop;
  underWay.stop.abort(new Error('somebody stopped it'));
  return texts.isStopped;
}

/** Notes what messages show that were sent, so that people can answer them. */
export async function noteSent(
  { db, now }: Pick<Reception, 'db' | 'now'>,
  channel: Channel,
  messageIds: readonly string[],
  about: About | null,
): Promise<void> {
  if (about !== null) await noteMessages(db, channel, messageIds, about, now());
}

/** Where somebody is heard, the bot is (again): what was paused there goes on. */
async function resume(
  { db }: Reception,
  { channel }: Heard,
  { paused }: KnownChannel,
): Promise<void> {
  if (paused !== null) await changeChannel(db, channel, { paused: null });
}

/** A sentence in the language of the chat. */
async function tell(
  reception: Reception,
  heard: Heard,
  known: KnownChannel,
  sentence: (texts: Texts) => string,
): Promise<Spoken> {
  const { language } = await topicAndLanguageIn(reception, heard, known);
  const message = messageOf(say(sentence(textsIn(language))), language);
  return { message, about: null, replaces: [] };
}

async function answer(
  { db, log }: Reception,
  { said, channel }: Heard,
  context: Context,
  { shownReport }: KnownChannel,
): Promise<Spoken | null> {
  const reply =
    said.kind === 'words'
      ? await dispatch(said.words, context, log)
      : await dispatchPress(said.carried, context, log);
  if (!reply) return null;
  if (reply.shown && reply.shown.id !== shownReport) {
    const seen = { shownReport: reply.shown.id };
    await insistOn(() => changeChannel(db, channel, seen), log, seen);
  }
  const whole = reply.shown ? { report: reply.shown.id, section: null, turn: null } : null;
  const message = messageOf(reply, context.language);
  return { message, about: reply.about ?? whole, replaces: [] };
}

/**
 * What is known of the channel. A topic of a chat is as the chat is, and speaks as it does until it is
 * told otherwise; an owner's own chat is let in by the owner being there.
 */
async function enter(
  { db, now }: Reception,
  { channel, title, isPrivate }: Heard,
  isOwner: boolean,
): Promise<KnownChannel> {
  const chat = await meetChannel(db, chatOf(channel), title, now());
  const isHome = isPrivate && isOwner && chat.access === 'unknown';
  if (isHome) await changeAccess(db, channel, 'allowed');
  const access = isHome ? 'allowed' : chat.access;
  if (channel.thread === null) return { ...chat, access };
  const own = await meetChannel(db, channel, title, now());
  if (own.access !== access) await changeChannel(db, channel, { access });
  return { ...own, access, language: own.language ?? chat.language };
}

/** Where the platform cannot say who administers a chat, nobody does for now. */
async function roleOf(
  { isAdmin, log }: Reception,
  { channel, isPrivate, speaker }: Heard,
): Promise<Role> {
  if (isPrivate) return 'admin';
  try {
    return (await isAdmin(channel, speaker)) ? 'admin' : 'reader';
  } catch (error) {
    log.warn({ channel: keyOfChannel(channel), err: error }, 'nobody knows who administers a chat');
    return 'reader';
  }
}

/** In a chat that is not let in, owners can only decide about it. */
function isAboutAccess({ said }: Heard): boolean {
  return (
    said.kind === 'words' &&
    /^[\s\u2060]*\/[\u2060]*(?:allow|deny)(?![\p{L}\d_-])/iu.test(said.words)
  );
}

/** What a channel is told of, and in what language. */
async function topicAndLanguageIn(
  { db, bureau }: Reception,
  { channel }: Heard,
  known: KnownChannel,
): Promise<Pick<Context, 'topic' | 'language'>> {
  const [wish] = await subscriptionsOf(db, channel);
  const topic = bureau.topics.find(({ key }) => key === wish?.topic) ?? bureau.topics[0];
  return { topic, language: known.language ?? wish?.language ?? topic.language };
}

async function contextOf(
  reception: Reception,
  heard: Heard,
  known: KnownChannel,
  role: Role,
  live: Live,
): Promise<Context> {
  const { db, now, bureau, commands, log } = reception;
  const answered = await answeredBy(db, heard);
  const inView = answered?.report ?? known.shownReport;
  return {
    db,
    now,
    bureau,
    commands,
    channel: heard.channel,
    person: { id: heard.speaker, role },
    ...(await topicAndLanguageIn(reception, heard, known)),
    shown: inView === null ? null : await reportNumbered(db, inView),
    answered,
    messageId: heard.messageId,
    live,
    log,
  };
}

/**
 * What the message shows that is answered: one of a digest, or one sent in answer to somebody. Who answers
 * a question means the answer that it got. What is said in a thread that was opened under a message, and
 * answers none, is about what that message shows.
 */
async function answeredBy(db: Database, { channel, repliesTo }: Heard): Promise<About | null> {
  if (repliesTo !== null) {
    const shown = await aboutOurs(db, channel, repliesTo);
    if (shown) return shown;
    const turn = await turnOfMessage(db, channel, repliesTo);
    return turn && { report: turn.report, section: turn.section, turn: turn.id };
  }
  if (channel.thread === null) return null;
  const opening = await aboutOurs(db, chatOf(channel), channel.thread);
  return opening && { ...opening, turn: null };
}

/** What a message of ours shows; `null` of others, and of what is not noted (any more). */
async function aboutOurs(db: Database, channel: Channel, messageId: string): Promise<About | null> {
  const noted = await aboutMessage(db, channel, messageId);
  if (noted) return noted;
  const report = await reportOfMessage(db, channel, messageId);
  return report === null ? null : { report, section: null, turn: null };
}
