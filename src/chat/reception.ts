import type { Log } from '../lib/log.ts';
import { type Channel, keyOfChannel } from '../model/channel.ts';
import { dayOf } from '../model/window.ts';
import {
  changeAccess,
  changeChannel,
  isFirstAsked,
  type KnownChannel,
  meetChannel,
} from '../store/channels.ts';
import type { Database } from '../store/database.ts';
import { reportOfMessage } from '../store/deliveries.ts';
import { type Grant, useQuota } from '../store/quotas.ts';
import { aboutMessage, noteMessages } from '../store/messages.ts';
import { reportNumbered } from '../store/reports.ts';
import { subscriptionsOf } from '../store/subscriptions.ts';
import { type Texts, textsIn } from '../texts/texts.ts';
import type { Bureau } from './bureau.ts';
import {
  type Command,
  type Context,
  type Live,
  messageOf,
  NOBODY_WATCHES,
  type Role,
} from './command.ts';
import { dispatch, dispatchPress, say } from './dispatch.ts';
import type { Quotas } from './settings.ts';
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
  /** The platform's id of the message in whose place it is to stand: of the answer to an edited question. */
  readonly replaces: string | null;
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
  const grant = isOwner ? 'granted' : await takeFromQuotas(reception, heard);
  if (grant === 'just-used-up') return inWords((texts) => texts.usedUp);
  if (grant === 'used-up') return null;
  const role = isOwner ? 'owner' : await roleOf(reception, heard);
  return answer(reception, heard, await contextOf(reception, heard, known, role, live), known);
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
  const { language } = await contextOf(reception, heard, known, 'reader', NOBODY_WATCHES);
  const message = messageOf(say(sentence(textsIn(language))), language);
  return { message, about: null, replaces: null };
}

async function answer(
  { db, log }: Reception,
  { said, channel }: Heard,
  context: Context,
  { shownReport }: KnownChannel,
): Promise<Spoken> {
  const reply =
    said.kind === 'words'
      ? await dispatch(withoutOurMarks(said.words), context, log)
      : await dispatchPress(said.carried, context, log);
  if (reply.shown && reply.shown.id !== shownReport) {
    await changeChannel(db, channel, { shownReport: reply.shown.id });
  }
  const whole = reply.shown ? { report: reply.shown.id, section: null, turn: null } : null;
  const message = messageOf(reply, context.language);
  return { message, about: reply.about ?? whole, replaces: null };
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

/** What people copy from our messages holds the marks that keep words from becoming links. */
function withoutOurMarks(words: string): string {
  return words.replaceAll('\u2060', '');
}

function chatOf(channel: Channel): Channel {
  return { ...channel, thread: null };
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

/** What is used up by a person counts for all their chats, what by a chat for all its people. */
async function takeFromQuotas(
  { db, now, bureau, quotas }: Reception,
  { channel, speaker }: Heard,
): Promise<Grant> {
  const day = dayOf(now(), bureau.topics[0].timeZone); // one day for all chats, whatever they get
  const person = `person:${channel.platform}:${speaker}`;
  const own = await useQuota(db, person, day, quotas.person);
  if (own !== 'granted') return own;
  return useQuota(db, `chat:${keyOfChannel(chatOf(channel))}`, day, quotas.chat);
}

async function contextOf(
  { db, now, bureau, commands }: Reception,
  heard: Heard,
  known: KnownChannel,
  role: Role,
  live: Live,
): Promise<Context> {
  const [wish] = await subscriptionsOf(db, heard.channel);
  const topic = bureau.topics.find(({ key }) => key === wish?.topic) ?? bureau.topics[0];
  const answered = await answeredBy(db, heard);
  const inView = answered?.report ?? known.shownReport;
  return {
    db,
    now,
    bureau,
    commands,
    channel: heard.channel,
    person: { id: heard.speaker, role },
    topic,
    language: known.language ?? wish?.language ?? topic.language,
    shown: inView === null ? null : await reportNumbered(db, inView),
    answered,
    messageId: heard.messageId,
    live,
  };
}

/** What the message shows that is answered: one of a digest, or one sent in answer to somebody. */
async function answeredBy(db: Database, { channel, repliesTo }: Heard): Promise<About | null> {
  if (repliesTo === null) return null;
  const noted = await aboutMessage(db, channel, repliesTo);
  if (noted) return noted;
  const report = await reportOfMessage(db, channel, repliesTo);
  return report === null ? null : { report, section: null, turn: null };
}
