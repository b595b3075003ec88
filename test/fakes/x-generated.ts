import { pick, type Random, randomFrom } from '../support/random.ts';
import { type Metrics, World } from './x-world.ts';

/** The list that all authors of a generated world are members of. */
export const EVERYBODY = '84839422';

export type Shape = {
  readonly posts: number;
  readonly authors: number;
  readonly days: number;
  readonly seed: number;
  /** The moment after the newest post. @default 2026-11-20T12:00:00Z */
  readonly until?: Date;
};

const NOON = new Date('2026-11-20T12:00:00Z');
const DAY_MS = 24 * 60 * 60_000;
const SUBJECTS = ['The new model', 'Our agent', 'This benchmark', 'The compiler', 'A small team'];
const VERBS = ['answers', 'beats', 'rewrites', 'measures', 'breaks', 'explains'];
const OBJECTS = ['long documents', 'the old record', 'a whole repository', 'its own tests'];
const TAILS = ['in a day', 'for a tenth of the price', 'without a human', '& nobody noticed', '🚀'];
const CHINESE = ['新模型上线了，上下文更长', '开源社区又有新项目', '这个基准测试值得一看'];

/** A world of posts, the same one for the same seed: replies, quotes, reposts, links, long posts. */
export function makeWorld({ posts, authors, days, seed, until = NOON }: Shape): World {
  const random = randomFrom(seed);
  const world = new World(() => until);
  const names = Array.from({ length: authors }, (_, index) => `author${index}`);
  for (const name of names) addAuthor(world, name, random);
  world.addList(EVERYBODY, names);
  const start = until.getTime() - days * DAY_MS;
  const step = (days * DAY_MS) / Math.max(1, posts);
  for (let index = 0; index < posts; index += 1) {
    addOne(world, pick(names, random), new Date(start + index * step + random() * step), random);
  }
  return world;
}

function addAuthor(world: World, username: string, random: Random): void {
  const description = `Writes about ${pick(OBJECTS, random)} & more`;
  const followers = Math.floor(10 ** (1 + random() * 5));
  world.addUser(username, { name: `Author of ${username}`, description, followers });
}

function addOne(world: World, by: string, at: Date, random: Random): void {
  const kind = random();
  const earlier = world.posts[Math.floor(random() * world.posts.length)];
  if (earlier && kind < 0.15) {
    world.repost(earlier.repostOf ?? earlier.id, { by, at });
    return;
  }
  const isChinese = random() < 0.2;
  world.addPost({
    by,
    at,
    text: textOf(isChinese, random),
    lang: isChinese ? 'zh' : 'en',
    metrics: metricsOf(random),
    ...(earlier && kind < 0.25 && { quotes: earlier.id }),
    ...(earlier && kind >= 0.25 && kind < 0.45 && { repliesTo: earlier.id }),
    ...(kind > 0.9 && { photos: 1 }),
  });
}

function textOf(isChinese: boolean, random: Random): string {
  const words = isChinese
    ? pick(CHINESE, random)
    : [SUBJECTS, VERBS, OBJECTS, TAILS].map((list) => pick(list, random)).join(' ');
  const number = Math.floor(random() * 1e6);
  const link = random() < 0.3 ? ` https://example.com/story/${number}` : '';
  const isLong = random() < 0.05;
  return `${isLong ? `${words}. `.repeat(12) : words} ${number}${link}`;
}

function metricsOf(random: Random): Metrics {
  const likes = Math.floor(10 ** (random() * 4)) - 1;
  return {
    likes,
    reposts: likes >> 3,
    replies: likes >> 4,
    quotes: likes >> 5,
    views: likes * 40 + 7,
    bookmarks: likes >> 4,
  };
}
