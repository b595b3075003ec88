import { termsOf } from '../lib/terms.ts';
import { stepIn } from './days.ts';

/** Ways to ask for more of what was shown. What is "more expensive" is nothing more. */
const MORE: readonly RegExp[] = [
  /\b(?:what|who|where|anything|anyone|anybody|something|someone|somebody|nothing) else\b|\belse\s*[?.!]*\s*$/iu,
  /^\W*(?:(?:and|any|some|what|tell me|show me|give me|is there|are there|got|say|anything)\s+)*more(?!\s+\p{L}+\s+than\b)(?:\s*[?.!]*\s*$|\s+(?:on|about|of|from|by|posts?|tweets?|details?|please)\b)/iu,
  /\b(?:any|what|which|all the|the) others?\b|^\W*(?:go on|continue|keep going)\b/iu,
  /还有(?!多|几)|还(?:说|提|讲|聊|发|写|谈|做|推荐)|别的|其[他它]|更多|^\s*(?:继续|接着|再来|再说)|除此之外|除了(?:这|那|上)/u,
];

/** Whether a question asks for more than it was told before. */
export function asksForMore(question: string): boolean {
  return MORE.some((way) => way.test(question));
}

/** Ways to ask whose words were just told, with nothing in them of what is looked for. */
const WHO_SAID: readonly RegExp[] = [
  /^\W*(?:(?:and|so|but|wait|ok|okay)\W+)*(?:who(?:'s| is| was| has| exactly)?|which (?:person|people|one)) (?:it )?(?:that )?(?:sa(?:id|ys|ying)|wrote|written|posted|tweeted|mentioned|claimed|told (?:you|us|me)|reported)(?: (?:that|this|it|so|those|these|all (?:that|this)|such a thing))?(?: (?:exactly|again|then|first))?\W*$/iu,
  /^\W*(?:whose (?:words|post|posts|tweet|tweets|claim) (?:is|are|was|were) (?:that|this|it|those|these|they)|according to who(?:m)?|by whom|who (?:is|was) (?:that|this|it) (?:by|from))\W*$/iu,
  /^[\s\p{P}]*(?:那|所以|请问)?(?:这|那|上面|刚才)?(?:句|些|个|条)?(?:话|内容|消息|观点|帖子|都|些)?(?:都)?(?:是|有)?(?:哪些人|哪些|哪位|哪个|哪几个|谁|谁谁)(?:人)?(?:说|讲|提|写|发|爆料|透露|声称)(?:到|过|出|出来|起)?(?:的|了|过)*(?:这|那)?(?:句|些|个|条|件)?(?:话|事|点|内容|帖子|消息)?(?:的|啊|呀|呢|来着)*[\s\p{P}]*$/u,
  /^[\s\p{P}]*(?:这|那)?(?:句|些|个|条)?(?:话|观点|消息)?(?:出自|来自)(?:谁|哪位|何人)[\s\p{P}]*$/u,
];

/** Whether a question asks who said what was just told. */
export function asksWhoSaidIt(question: string): boolean {
  return WHO_SAID.some((way) => way.test(question));
}

/** What stands in quotation marks; shorter it may be a name. */
const QUOTED = /["“”「『«](?<claim>[^"“”「」『』«»]{8,300})["“”」』»]/u;

/** The words of others that a question puts in quotation marks to ask whose they are; `null` where it does not. */
export function quotedClaimIn(question: string): string | null {
  if (!/\bwho(?:se|m)?\b|谁|哪位|哪个人/iu.test(question)) return null;
  return QUOTED.exec(question)?.groups?.['claim'] ?? null;
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];
const FIGURES_HAN = '一二三四五六七八九十';
const THINGS = 'one|point|line|item|post|source|fact';

/** Ways to ask for what stands under a number in what was shown, and for nothing else. */
const NUMBERED: readonly RegExp[] = [
  new RegExp(
    `^\\W*(?:(?:and|so|what(?:'s|\u2019s)?|is|was|does|say|about|tell me|show|me|more|explain|open|on)\\s+)*(?:the\\s+)?(?:(?<nth>\\d{1,2})(?:st|nd|rd|th)\\s+(?:${THINGS})|(?<word>${ORDINALS.join('|')})\\s+(?:${THINGS})|(?:${THINGS}|number|no\\.?)\\s*[#\\[]?(?<number>\\d{1,2})\\]?|\\[(?<mark>\\d{1,2})\\])(?:\\s+(?:is|say|says|mean|means|about|please))*\\W*$`,
    'iu',
  ),
  new RegExp(
    `^[\\s\\p{P}]*(?:那|那么|请|麻烦)?(?:看看|看一下|看|展开|说说|讲讲|解释一下|解释|显示)?第\\s*(?:(?<number>\\d{1,2})|(?<han>[${FIGURES_HAN}]))\\s*(?:条|点|个|项|篇)(?:的)?(?:内容|帖子|消息)?(?:是|讲|说)?(?:的是|的|了)?(?:关于)?(?:什么|啥|谁说的|谁)?(?:意思|内容)?(?:的)?(?:呢)?[\\s\\p{P}]*$`,
    'u',
  ),
];

/** The number under which what a question asks for was shown: "the 3rd one", 第 3 条是什么. */
export function numberIn(question: string): number | null {
  for (const way of NUMBERED) {
    const groups = way.exec(question.normalize('NFKC'))?.groups;
    if (groups === undefined) continue;
    const { nth, number, mark, word, han } = groups;
    if (word !== undefined) return ORDINALS.indexOf(word.toLowerCase()) + 1;
    if (han !== undefined) return FIGURES_HAN.indexOf(han) + 1;
    return Number(nth ?? number ?? mark);
  }
  return null;
}

/** Whether a question says something else each time it is asked in a conversation. */
export function movesOn(question: string): boolean {
  const goesOn = asksForMore(question) || asksWhoSaidIt(question) || numberIn(question) !== null;
  return goesOn || stepIn(question) !== null;
}

/** Words that mean what was said before, and ways to begin that go on from it. */
const LEANS = new RegExp(
  [
    /\b(?:he|she|it|they|him|her|them|his|hers|its|their|this|that|these|those|there|then)\b/,
    /\b(?:else|more|same|other|another|also|too|again|former|latter)\b/,
    /^(?:and|but|or|so|why|how about|what about|really)\b/,
    /[他她它那这其该此]|还有|另外|别的|其他|其它|同样|为什么|为何|呢[？?]?$|^[和跟与]/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'iu',
);

/** What questions ask with, which says nothing of what they are about. */
const ASKING =
  /\b(?:who|whom|whose|what|when|where|which|how|much|many|long|far|big|since|until|said|says|say|so|sure|exactly|do|does|did|is|was|are|were|cost|price|date)\b|什么时候|何时|多少钱?|谁说的?|是谁|谁|哪里|哪儿|哪个|几|什么|怎么样?|为啥|具体|真的|吗|价格/giu;
/** A question that names less goes on from something. */
const FEWEST_TERMS = 2;

/** Whether a question says the same whatever was said before it; `false` where that is not sure. */
export function standsAlone(question: string): boolean {
  const named = new Set(termsOf(question.replace(ASKING, ' ')));
  return named.size >= FEWEST_TERMS && !LEANS.test(question);
}

/**
 * Whether a question says nothing but that it goes on from another: "and the price?", 还有呢. Without
 * another, nobody can tell what is meant.
 */
export function saysOnlyThatItGoesOn(question: string): boolean {
  const leans = LEANS.test(question) || asksForMore(question) || asksWhoSaidIt(question);
  const named = question.replace(ASKING, ' ').replace(LEANING, ' ');
  return leans && termsOf(named).length === 0;
}

/** Every word that leans, to be taken out. */
const LEANING = new RegExp(
  `${LEANS.source}|\\b(?:about|anything|anyone|anybody|something|any|some|tell|show|give|me|what's|who's)\\b|[还就都又再有呢啊呀吧么的]`,
  'giu',
);
