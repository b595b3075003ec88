import type { Superlative } from '../model/asking.ts';

const WAYS: readonly (Superlative & { readonly way: RegExp })[] = [
  {
    by: 'likes',
    end: 'most',
    way: /\b(?:most|best)[- ]liked\b|\b(?:the )?most likes\b|点赞(?:数|量)?最(?:多|高)(?:的)?|最多(?:人)?(?:点赞|赞)(?:的)?/iu,
  },
  {
    by: 'reposts',
    end: 'most',
    way: /\bmost[- ](?:reposted|retweeted|shared|reposts|retweets)\b|转发(?:数|量)?最(?:多|高)(?:的)?/iu,
  },
  {
    by: 'replies',
    end: 'most',
    way: /\bmost[- ](?:replied|commented|discussed|replies|comments)(?:[- ](?:to|on))?\b|(?:回复|评论)(?:数|量)?最(?:多|高)(?:的)?/iu,
  },
  {
    by: 'views',
    end: 'most',
    way: /\bmost[- ](?:viewed|seen|read|views)\b|(?:浏览|阅读|观看|播放)(?:数|量)?最(?:多|高)(?:的)?/iu,
  },
  {
    by: 'echo',
    end: 'most',
    way: /\bmost[- ](?:echoed|popular|viral)\b|最(?:火|热|热门|受欢迎)的?(?=推|帖|一条|消息|内容|$)/iu,
  },
  {
    by: 'likes',
    end: 'least',
    way: /\bleast[- ]liked\b|\b(?:the )?(?:fewest|least|lowest(?: number of)?) likes\b|点赞(?:数|量)?最(?:少|低)(?:的)?|最少(?:人)?(?:点赞|赞)(?:的)?/iu,
  },
  {
    by: 'reposts',
    end: 'least',
    way: /\b(?:least|fewest|lowest)[- ](?:number of )?(?:reposted|retweeted|shared|reposts|retweets|shares)\b|转发(?:数|量)?最(?:少|低)(?:的)?/iu,
  },
  {
    by: 'replies',
    end: 'least',
    way: /\b(?:least|fewest|lowest)[- ](?:number of )?(?:replied|commented|discussed|replies|comments)(?:[- ](?:to|on))?\b|(?:回复|评论)(?:数|量)?最(?:少|低)(?:的)?/iu,
  },
  {
    by: 'views',
    end: 'least',
    way: /\b(?:least|fewest|lowest)[- ](?:number of )?(?:viewed|seen|read|views)\b|(?:浏览|阅读|观看|播放)(?:数|量)?最(?:少|低)(?:的)?/iu,
  },
  {
    by: 'echo',
    end: 'least',
    way: /\bleast[- ](?:echoed|popular|viral)\b|最(?:冷门|不受欢迎)的?(?=推|帖|一条|消息|内容|$)/iu,
  },
];

/**
 * Reads whether the posts are asked for that were liked, shared, answered or seen most or least, and what
 * else is asked.
 */
export function mostIn(question: string): {
  readonly most: Superlative | null;
  readonly rest: string;
} {
  for (const { by, end, way } of WAYS) {
    if (way.test(question)) return { most: { by, end }, rest: question.replace(way, ' ') };
  }
  return { most: null, rest: question };
}
