import type { AnyPgColumn } from 'drizzle-orm/pg-core';

import type { PlatformName } from '../model/channel.ts';
import type { ChannelAccess, Form, PartState } from '../model/delivery.ts';
import type { KeptAnswer } from '../model/asking.ts';
import type { Picture, PictureKind } from '../model/picture.ts';
import type { Counts, EarlierLine, Part, SectionLetter, Writer, Writing } from '../model/report.ts';
import type { FailureKind, Place } from '../model/source.ts';
import type { DropReason } from '../model/story.ts';
import type { Language } from '../model/topic.ts';
import type { CallState, Purpose } from '../model/usage.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Day } from '../model/window.ts';
import {
  bigint,
  boolean,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  sql,
  text,
  timestamp,
  unique,
} from './drizzle.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const count = (name: string) => bigint(name, { mode: 'number' });
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** Every post ever read, once, under its newest numbers and its fullest text. */
export const posts = pgTable('posts', {
  id: text('id').primaryKey(),
  author: text('author').notNull(),
  authorName: text('author_name').notNull(),
  authorBio: text('author_bio'),
  authorFollowers: count('author_followers'),
  text: text('text').notNull(),
  truncated: boolean('truncated').notNull(),
  words: text('words'),
  createdAt: instant('created_at').notNull(),
  lang: text('lang'),
  likes: count('likes'),
  reposts: count('reposts'),
  replies: count('replies'),
  quotes: count('quotes'),
  views: count('views'),
  url: text('url'),
  urls: text('urls').array().$type<readonly string[]>().notNull(),
  conversationId: text('conversation_id'),
  replyToId: text('reply_to_id'),
  quotedId: text('quoted_id'),
  isQuote: boolean('is_quote').notNull(),
  repostOfId: text('repost_of_id'),
  isRepost: boolean('is_repost').notNull(),
  editIds: text('edit_ids').array().$type<readonly string[]>().notNull(),
  seenAt: instant('seen_at'),
});

/** Which post belongs to which topic: a post may be collected for several. */
export const topicPosts = pgTable(
  'topic_posts',
  {
    topic: text('topic').notNull(),
    postId: text('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    /** The post's own time again, so that a window is one range of the index. */
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.topic, table.postId] }),
    index('topic_posts_window').on(table.topic, table.createdAt),
    index('topic_posts_post').on(table.postId),
  ],
);

/** Which version of an edited post took the place of which: the older one is not told. */
export const postEdits = pgTable(
  'post_edits',
  { oldId: text('old_id').notNull(), newId: text('new_id').notNull() },
  (table) => [primaryKey({ columns: [table.oldId, table.newId] })],
);

/** One report a topic, window and language; making it again replaces its contents, not its id. */
export const reports = pgTable(
  'reports',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    topic: text('topic').notNull(),
    topicTitle: text('topic_title').notNull(),
    fromDay: text('from_day').notNull(),
    toDay: text('to_day').notNull(),
    timeZone: text('time_zone').notNull(),
    language: text('language').$type<Language>().notNull(),
    writer: text('writer').$type<Writer>().notNull(),
    writing: jsonb('writing').$type<Writing>(),
    createdAt: instant('created_at').notNull(),
    /** The instants between which its posts were written; null: the days from midnight to midnight. */
    windowStart: instant('window_start'),
    windowEnd: instant('window_end'),
    counts: jsonb('counts').$type<Counts>().notNull(),
    /** Sources that gave nothing when it was made. */
    missing: jsonb('missing').$type<readonly string[]>().notNull().default([]),
  },
  (table) => [
    unique('reports_window').on(table.topic, table.fromDay, table.toDay, table.language),
    index('reports_newest').on(table.topic, table.language, table.toDay.desc()),
  ],
);

const reportId = () =>
  integer('report_id')
    .notNull()
    .references(() => reports.id, { onDelete: 'cascade' });

/** The lettered sections of a report's part III. */
export const sections = pgTable(
  'sections',
  {
    reportId: reportId(),
    letter: text('letter').$type<SectionLetter>().notNull(),
    name: text('name').notNull(),
  },
  (table) => [primaryKey({ columns: [table.reportId, table.letter] })],
);

/** The sentences of a report, each with an address (`III.C.2`). */
export const lines = pgTable(
  'lines',
  {
    reportId: reportId(),
    address: text('address').notNull(),
    position: integer('position').notNull(),
    part: text('part').$type<Part>().notNull(),
    section: text('section').$type<SectionLetter>(),
    lead: text('lead'),
    text: text('text').notNull(),
    impact: text('impact'),
    bold: text('bold').array().$type<readonly string[]>().notNull().default([]),
    basis: text('basis').array().$type<readonly string[]>().notNull().default([]),
    continues: jsonb('continues').$type<EarlierLine>(),
    verdict: jsonb('verdict').$type<Verdict>().notNull().default({ kind: 'quoted' }),
  },
  (table) => [primaryKey({ columns: [table.reportId, table.address] })],
);

/** Which posts a line rests on, the strongest first. */
export const citations = pgTable(
  'citations',
  {
    reportId: integer('report_id').notNull(),
    address: text('address').notNull(),
    position: integer('position').notNull(),
    postId: text('post_id')
      .notNull()
      .references(() => posts.id),
  },
  (table) => [
    primaryKey({ columns: [table.reportId, table.address, table.position] }),
    foreignKey({
      columns: [table.reportId, table.address],
      foreignColumns: [lines.reportId, lines.address],
    }).onDelete('cascade'),
    index('citations_post').on(table.postId),
  ],
);

/** The stories that a report was made from, strongest first, with their posts (headline first). */
export const stories = pgTable(
  'stories',
  {
    reportId: reportId(),
    position: integer('position').notNull(),
    /** The section that tells it; null for a story that fits in none. */
    section: text('section').$type<SectionLetter>(),
    voices: integer('voices').notNull(),
    terms: text('terms').array().notNull(),
    postIds: text('post_ids').array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.reportId, table.position] })],
);

/** The posts that a report left out, and why. */
export const drops = pgTable(
  'drops',
  {
    reportId: reportId(),
    postId: text('post_id')
      .notNull()
      .references(() => posts.id),
    reason: jsonb('reason').$type<DropReason>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.reportId, table.postId] }),
    index('drops_post').on(table.postId),
  ],
);

/** Posts that an owner took back: they are no advertising, whatever they look like. */
export const takeBacks = pgTable(
  'take_backs',
  {
    topic: text('topic').notNull(),
    postId: text('post_id')
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    takenAt: instant('taken_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.topic, table.postId] })],
);

/** The pictures of a report, each in the formats that pages and chats want. */
export const pictures = pgTable(
  'pictures',
  {
    reportId: reportId(),
    kind: text('kind').$type<PictureKind>().notNull(),
    mime: text('mime').$type<Picture['mime']>().notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    /** What it shows, for readers who cannot see it. */
    alt: text('alt').array().$type<readonly string[]>().notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.reportId, table.kind, table.mime] })],
);

/** Every call of the model, from before it is made: what it may cost counts until it is known. */
export const calls = pgTable(
  'calls',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    startedAt: instant('started_at').notNull(),
    purpose: text('purpose').$type<Purpose>().notNull(),
    topic: text('topic').notNull(),
    /** What was asked for: `plan`, `I`, `III.C`, `repair` … */
    part: text('part').notNull(),
    model: text('model').notNull(),
    batched: boolean('batched').notNull(),
    state: text('state').$type<CallState>().notNull(),
    /** Why it failed; null unless it did. */
    failure: text('failure'),
    fresh: integer('fresh').notNull().default(0),
    cacheWritten: integer('cache_written').notNull().default(0),
    cacheRead: integer('cache_read').notNull().default(0),
    output: integer('output').notNull().default(0),
    /** Millionths of a dollar: the most that it can cost while it is asked, then what it did cost. */
    price: count('price').notNull(),
    requestId: text('request_id'),
    durationMs: integer('duration_ms'),
  },
  (table) => [index('calls_started').on(table.startedAt)],
);

/** Answers to a report that is being written: should it be begun again, they are not paid for again. */
export const drafts = pgTable(
  'drafts',
  {
    /** Of the whole question: the same question has the same answer. */
    hash: text('hash').primaryKey(),
    topic: text('topic').notNull(),
    fromDay: text('from_day').notNull(),
    toDay: text('to_day').notNull(),
    language: text('language').$type<Language>().notNull(),
    /** The answer; null while a batch is to bring it. */
    answer: text('answer'),
    batchId: text('batch_id'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('drafts_report').on(table.topic, table.fromDay, table.toDay, table.language)],
);

/** What an owner was told, so that it is told once. */
export const notices = pgTable('notices', {
  key: text('key').primaryKey(),
  toldAt: instant('told_at').notNull(),
});

/** Every channel that the bot was ever spoken to in. */
export const channels = pgTable('channels', {
  key: text('key').primaryKey(),
  platform: text('platform').$type<PlatformName>().notNull(),
  title: text('title').notNull(),
  access: text('access').$type<ChannelAccess>().notNull(),
  /** What it is spoken to in; null: the topic's. */
  language: text('language').$type<Language>(),
  /** How digests are sent; null: as well as the platform can. */
  form: text('form').$type<Form>(),
  /** Why nothing is sent there any more; null while things are. */
  paused: text('paused'),
  /** When a stranger was told how to get access. */
  toldAt: instant('told_at'),
  /** The report that was shown there last. */
  shownReport: integer('shown_report').references(() => reports.id, { onDelete: 'set null' }),
  createdAt: instant('created_at').notNull(),
});

const channelKey = () =>
  text('channel')
    .notNull()
    .references(() => channels.key, { onUpdate: 'cascade', onDelete: 'cascade' });

/** Which channel gets which topic's digest. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    channel: channelKey(),
    topic: text('topic').notNull(),
    /** The hour, `10:00`, in the topic's time zone; null: the topic's. */
    at: text('at'),
    /** null: the topic's. */
    language: text('language').$type<Language>(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.channel, table.topic] }),
    index('subscriptions_topic').on(table.topic),
  ],
);

/** Numbers of running processes: who holds the lock of a number is alive. */
export const sessions = pgSequence('sessions');

/** The digests that were due: what became of each. */
export const runs = pgTable(
  'runs',
  {
    topic: text('topic').notNull(),
    /** The posting day. */
    day: text('day').notNull(),
    language: text('language').$type<Language>().notNull(),
    state: text('state').$type<'making' | 'made' | 'empty' | 'failed'>().notNull(),
    reportId: integer('report_id').references(() => reports.id, { onDelete: 'set null' }),
    /** The process that makes it. */
    session: integer('session'),
    attempts: integer('attempts').notNull().default(0),
    /** Why it could not be made. */
    failure: text('failure'),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
  },
  (table) => [primaryKey({ columns: [table.topic, table.day, table.language] })],
);

/** What a channel is to get: one row a channel, topic and posting day. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    channel: channelKey(),
    topic: text('topic').notNull(),
    day: text('day').notNull(),
    /** null: the day had nothing to tell. */
    reportId: integer('report_id').references(() => reports.id, { onDelete: 'cascade' }),
    postAt: instant('post_at').notNull(),
    late: boolean('late').notNull(),
    /** The process that is at it. */
    session: integer('session'),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    unique('deliveries_once').on(table.channel, table.topic, table.day),
    index('deliveries_open')
      .on(table.postAt)
      .where(sql`finished_at is null`),
    index('deliveries_report').on(table.reportId),
  ],
);

/** The messages of a delivery, in order: each has its row before it is sent. */
export const parts = pgTable(
  'parts',
  {
    deliveryId: integer('delivery_id')
      .notNull()
      .references(() => deliveries.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    state: text('state').$type<PartState>().notNull(),
    form: text('form').$type<Form>().notNull(),
    /** The same for every attempt: platforms that can know a repeated message by it. */
    nonce: text('nonce').notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextTry: instant('next_try'),
    /** Since when it may have arrived without our knowing. */
    doubtSince: instant('doubt_since'),
    /** Why the last attempt failed. */
    failure: text('failure'),
    /** The platform's id of the message. */
    messageId: text('message_id'),
    /** When the report was made that the message shows: an older one is corrected. */
    shows: instant('shows'),
    sentAt: instant('sent_at'),
  },
  (table) => [
    primaryKey({ columns: [table.deliveryId, table.position] }),
    index('parts_message').on(table.messageId),
  ],
);

/** When the next message may go out, by what is limited: a channel, a platform. */
export const paces = pgTable('paces', {
  key: text('key').primaryKey(),
  freeAt: instant('free_at').notNull(),
  /** Until when the platform wants nothing; null: it said nothing of the kind. */
  heldUntil: instant('held_until'),
});

/** What people used up of what they may, by person or channel and day. */
export const quotas = pgTable(
  'quotas',
  {
    key: text('key').notNull(),
    day: text('day').notNull(),
    used: integer('used').notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.day] })],
);

/** What questions are answered from, posts and lines of reports alike; see postings.ts. */
export const passages = pgTable(
  'passages',
  {
    /** Its block and its place there. A passage that changes gets a new one. */
    no: bigint('no', { mode: 'number' }).primaryKey(),
    topic: text('topic').notNull(),
    kind: text('kind').$type<'post' | 'line'>().notNull(),
    /** The post's id; `7 III.C.2` of a line. */
    ref: text('ref').notNull(),
    /** When the post was written; of a line, an instant of its report. */
    at: instant('at').notNull(),
    /** How many terms it has, repeated ones counted. */
    length: integer('length').notNull(),
    /** Its terms, and how often each is there. */
    counts: bytea('counts').notNull(),
  },
  (table) => [
    unique('passages_once').on(table.kind, table.ref, table.topic),
    index('passages_window').on(table.topic, table.at),
  ],
);

/** Which passages of a block hold a term. */
export const postings = pgTable('postings', {
  /** Term and block. */
  key: bigint('key', { mode: 'number' }).primaryKey(),
  /** How many they are; a trigger on `passages` takes away those that are gone. */
  passages: integer('passages').notNull(),
  /** How many postings are of which part of the block, 14 bits each; null: not known. */
  parts: bigint('parts', { mode: 'bigint' }),
  /** Where they are, how often it is there, and how long they are; those that are gone too. */
  list: bytea('list').notNull(),
});

/** The passages of a topic in the order in which they came, so many a block. */
export const passageBlocks = pgTable('passage_blocks', {
  block: integer('block').primaryKey(),
  topic: text('topic').notNull(),
  /** How many numbers were given. */
  used: integer('used').notNull(),
  /** How many passages it has, and their length together; a trigger takes away those that are gone. */
  passages: integer('passages').notNull(),
  length: count('length').notNull(),
  /** Between which instants they lie. */
  first: instant('first').notNull(),
  last: instant('last').notNull(),
});

/** Between which instants each 256 passages of a block lie. */
export const passageSlices = pgTable('passage_slices', {
  slice: integer('slice').primaryKey(),
  first: instant('first').notNull(),
  last: instant('last').notNull(),
});

/** How far what was stored before is indexed, or indexed anew. */
export const passageFills = pgTable('passage_fills', {
  kind: text('kind').$type<'post' | 'line'>().primaryKey(),
  /** With which version of the terms. */
  version: integer('version').notNull(),
  /** Up to where; null: all of it. */
  upTo: text('up_to'),
});

/** Where the posts of a topic come from: how far each source is read, and how it is. */
export const sources = pgTable(
  'sources',
  {
    topic: text('topic').notNull(),
    /** `x-user:karpathy` */
    key: text('key').notNull(),
    /** Where reading goes on; null: at the beginning. */
    place: jsonb('place').$type<Place>(),
    /** From when on it was read, and where reading what is older goes on; null: nobody reads that. */
    reaches: instant('reaches').notNull(),
    olderPlace: jsonb('older_place').$type<Place>(),
    /** When it was read for the first time, or tried. */
    since: instant('since').notNull(),
    lastSuccess: instant('last_success'),
    /** When it last gave a post that was new. */
    lastPost: instant('last_post'),
    /** How often it failed in a row, and since when; why it did the last time. */
    failures: integer('failures').notNull().default(0),
    failingSince: instant('failing_since'),
    failureKind: text('failure_kind').$type<FailureKind>(),
    failure: text('failure'),
    /** Not before then it is read again. */
    nextAt: instant('next_at').notNull(),
    /** When the owners were told that it fails or is silent; null: they think it well. */
    toldAt: instant('told_at'),
    /** The process that reads it. */
    session: integer('session'),
  },
  (table) => [primaryKey({ columns: [table.topic, table.key] })],
);

/** What sources gave and cost, day by day. Days are those of UTC, as X counts them. */
export const sourceDays = pgTable(
  'source_days',
  {
    topic: text('topic').notNull(),
    source: text('source').notNull(),
    day: text('day').$type<Day>().notNull(),
    /** Posts that were new. */
    added: integer('added').notNull().default(0),
    requests: integer('requests').notNull().default(0),
    /** Posts and people that are charged for; of requests under way the most. */
    posts: integer('posts').notNull().default(0),
    users: integer('users').notNull().default(0),
    /** Millionths of a dollar. */
    price: count('price').notNull().default(0),
    /** How much of it is of a request under way, and which process makes that: it may end meanwhile. */
    openPosts: integer('open_posts').notNull().default(0),
    openUsers: integer('open_users').notNull().default(0),
    openSession: integer('open_session'),
  },
  (table) => [
    primaryKey({ columns: [table.topic, table.source, table.day] }),
    index('source_days_day').on(table.day),
  ],
);

/** What X charged for on a day of UTC, whatever source it came from: it takes each once a day. */
export const charged = pgTable(
  'charged',
  {
    day: text('day').$type<Day>().notNull(),
    kind: text('kind').$type<'post' | 'user'>().notNull(),
    /** X's own. */
    id: text('id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.kind, table.id] })],
);

/** Pages that were paid for and are not sorted in yet: noted at once, stored many together. */
export const inbox = pgTable('inbox', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  topic: text('topic').notNull(),
  source: text('source').notNull(),
  /** The posts as JSON. */
  posts: text('posts').notNull(),
  size: integer('size').notNull(),
});

/** What people asked, and what they were answered: seen in their own chat only. */
export const turns = pgTable(
  'turns',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    channel: channelKey(),
    /** The platform's id of who asked. */
    speaker: text('speaker').notNull(),
    /** The turn that it goes on from. */
    follows: integer('follows').references((): AnyPgColumn => turns.id, { onDelete: 'set null' }),
    topic: text('topic').notNull(),
    reportId: integer('report_id').references(() => reports.id, { onDelete: 'set null' }),
    section: text('section'),
    question: text('question').notNull(),
    language: text('language').$type<Language>().notNull(),
    /** null while it is being answered. */
    answer: jsonb('answer').$type<KeptAnswer>(),
    /** The platform's id of the message that asked: it is answered once. */
    askedMessage: text('asked_message'),
    at: instant('at').notNull(),
  },
  (table) => [
    unique('turns_once').on(table.channel, table.askedMessage),
    index('turns_speaker').on(table.channel, table.speaker, table.at.desc()),
    index('turns_follows').on(table.follows),
  ],
);

/** What messages show that were sent in answer to somebody: who answers them speaks of that. */
export const messages = pgTable(
  'messages',
  {
    channel: channelKey(),
    messageId: text('message_id').notNull(),
    reportId: integer('report_id').references(() => reports.id, { onDelete: 'cascade' }),
    /** What of the report: `II`, `III.B`; null: the whole. */
    section: text('section'),
    turn: integer('turn').references(() => turns.id, { onDelete: 'cascade' }),
    sentAt: instant('sent_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.channel, table.messageId] }),
    index('messages_turn').on(table.turn),
  ],
);

/** Whether the post with an id stands: it is not replaced by a later edit that is stored as well. */
export const isStanding = (id: AnyPgColumn) => sql`not exists (
  select 1 from ${postEdits} join ${posts} newer on newer.id = ${postEdits.newId}
  where ${postEdits.oldId} = ${id})`;

/** Posts that stand. */
export const notReplaced = isStanding(posts.id);
