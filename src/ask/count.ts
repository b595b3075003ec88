import { traditional } from '../lib/dictionary.ts';
import { termsOf } from '../lib/terms.ts';
import type { Answer, Asked, Query, Wanted } from '../model/asking.ts';
import type { Post } from '../model/post.ts';
import { plainText } from '../model/words.ts';
import type { Database } from '../store/database.ts';
import { newestPosts } from '../store/standing.ts';
import { namedAmong } from './authorship.ts';
import { withoutAdvertising } from './found.ts';
import { spanOf } from './of-days.ts';
import { foldName, isNameOf } from './spoken-names.ts';
import { daysInView, readQuestion } from './standalone.ts';

/** How people ask for a number of posts; one of authors is another. */
const POSTS =
  /\bhow many (?:\p{L}{1,20} )?(?:posts|tweets)\b|\b(?:the )?(?:number|count) of (?:posts|tweets)\b|\bcount (?:the |all )?(?:posts|tweets)\b|(?:多少|几)条?(?:帖子|帖|推文|推特|推)|(?:帖子|推文)的?(?:数量|总数|一共|有多少)|(?:多少|几)条/iu;

/** Behind such a word names are words of posts, and not whose they are. */
const LITERAL =
  /\b(?:mention(?:s|ed|ing)?|contain(?:s|ed|ing)?|includ(?:e|es|ed|ing)|with the (?:words?|names?)|about)\b|提到|提及|包含|含有|说到|說到|关于|關於/iu;
const LITERAL_WORDS =
  /\b(?:mention(?:s|ed|ing)?|contain(?:s|ed|ing)?|includ(?:e|es|ed|ing)|(?:the )?(?:words?|names?))\b|提到|提及|包含|含有|说到|說到|关于|關於/giu;

/** Days to come: nothing was written on them. */
const TO_COME =
  /\b(?:tomorrow|(?:this )?coming (?:week|month|year)|next (?:week|month|year))\b|明天|后天|後天|下周|下週|下星期|下个月|下個月|明年/giu;

/** More posts than these are not read for a number: none is told then. */
const MOST = 10_000;
/** So many of the counted posts are shown. */
const SHOWN = 3;

/**
 * The number of a topic's posts on the days, by the author and with all the words that a question names, exactly;
 * the newest of them. `null` where it asks for another number, or there are too many posts to read.
 */
export async function countPosts(db: Database, asked: Asked): Promise<Answer | null> {
  const { question, topic, now } = asked;
  if (!POSTS.test(question.normalize('NFKC'))) return null;
  const rest = question.normalize('NFKC').replace(POSTS, ' ');
  const read = (words: string) => readQuestion({ question: words, topic, now, turns: [] });
  const literal = LITERAL.exec(rest);
  const { authors } = read(literal === null ? rest : rest.slice(0, literal.index));
  const meant = read(rest.replaceAll(LITERAL_WORDS, ' ').replaceAll(TO_COME, ' '));
  const query = { ...meant, authors, days: meant.days ?? (await daysInView(db, asked)) };
  if (query.sections.length > 0) return null;
  const end = new Date(now.getTime() + 1);
  const span = spanOf(query.days, topic.timeZone, end);
  const isToCome = query.days === null && rest.search(TO_COME) >= 0;
  const posts = isToCome ? [] : await newestPosts(db, topic.key, { ...span, most: MOST + 1 });
  if (posts.length > MOST) return null;
  const found = postsFor(query, posts);
  const kept = await withoutAdvertising(db, topic.key, found.posts);
  return answerOf(query, found, kept);
}

type Found = {
  readonly posts: readonly Post[];
  readonly authors: readonly string[];
  readonly words: readonly string[];
};

/** The posts by who is named, if anybody who wrote some is, with every other word that is named. */
function postsFor(query: Query, posts: readonly Post[]): Found {
  const authors = [...namedAmong(posts, query.authors)].flatMap(([author, surely]) =>
    surely > AMBIGUOUS ? [author] : [],
  );
  const names = posts
    .filter(({ author }) => authors.includes(author))
    .flatMap(({ author, authorName }) => [author, ...authorName.split(/\s+/), authorName])
    .map(foldName);
  const things = query.wanted.filter((one) => one.needed > 0 && !isNameOf(names, one));
  const carrying = posts.filter(({ author, text }) => {
    if (authors.length > 0 && !authors.includes(author)) return false;
    const terms = new Set(termsOf(plainText(text)));
    return things.every((thing) => termsFor(thing).some((term) => terms.has(term)));
  });
  return { posts: carrying, authors, words: [...new Set(things.map(({ word }) => word))] };
}

/** A name that several authors have in part says not whose posts are counted. */
const AMBIGUOUS = 0.5;

/** What counts as the word itself: what a dictionary says that it may mean does not. */
function termsFor({ word, terms, isName }: Wanted): readonly string[] {
  if (!isName && HAN.test(word)) {
    return [word, traditional(word)].flatMap((form) => termsOf(form).slice(0, 1));
  }
  return [...terms].flatMap(([term, likelihood]) => (likelihood === 1 ? [term] : []));
}

const HAN = /\p{Script=Han}/u;

function answerOf({ days }: Query, found: Found, kept: readonly Post[]): Answer {
  const shown = kept.slice(0, SHOWN);
  return {
    kind: shown.length > 0 ? 'extract' : 'declined',
    statements: shown.map(({ text }, place) => ({ text, sources: [place] })),
    sources: shown.map((post) => ({ kind: 'post', post })),
    brokenOff: null,
    keptSince: null,
    meant: { days, more: false },
    counted: {
      posts: kept.length,
      copies: copiesAmong(kept),
      authors: new Set(kept.map(({ author }) => author)).size,
      advertising: found.posts.length - kept.length,
      by: found.authors,
      words: found.words,
    },
  };
}

/** How many only repeat another: reposts, and posts whose words an older one has. */
function copiesAmong(posts: readonly Post[]): number {
  const own = posts.filter(({ isRepost }) => !isRepost);
  const texts = new Set(own.map(({ text }) => foldName(plainText(text))));
  return posts.length - texts.size;
}
