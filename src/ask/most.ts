import type { Query } from '../model/asking.ts';
import type { Loudness } from '../model/post.ts';

const WAYS: readonly (readonly [Loudness, RegExp])[] = [
  [
    'likes',
    /\b(?:most|best)[- ]liked\b|\b(?:the )?most likes\b|点赞(?:数|量)?最(?:多|高)(?:的)?|最多(?:人)?(?:点赞|赞)(?:的)?/iu,
  ],
  [
    'reposts',
    /\bmost[- ](?:reposted|retweeted|shared|reposts|retweets)\b|转发(?:数|量)?最(?:多|高)(?:的)?/iu,
  ],
  [
    'replies',
    /\bmost[- ](?:replied|commented|discussed|replies|comments)(?:[- ](?:to|on))?\b|(?:回复|评论)(?:数|量)?最(?:多|高)(?:的)?/iu,
  ],
  [
    'views',
    /\bmost[- ](?:viewed|seen|read|views)\b|(?:浏览|阅读|观看|播放)(?:数|量)?最(?:多|高)(?:的)?/iu,
  ],
  [
    'echo',
    /\bmost[- ](?:echoed|popular|viral)\b|最(?:火|热|热门|受欢迎)的?(?=推|帖|一条|消息|内容|$)/iu,
  ],
];

/** Reads whether the posts are asked for that were liked, shared, answered or seen most, and what else is asked. */
export function mostIn(question: string): { readonly most: Query['most']; readonly rest: string } {
  for (const [most, way] of WAYS) {
    if (way.test(question)) return { most, rest: question.replace(way, ' ') };
  }
  return { most: null, rest: question };
}
