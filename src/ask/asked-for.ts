import type { AskedFor, Wanted } from '../model/asking.ts';

/** How people ask for one thing of a kind, the narrower kinds first. */
const WAYS: readonly (readonly [AskedFor, RegExp])[] = [
  [
    'money',
    /\bhow much (?:money|cash|funding|(?:does|do|did|will|would|is|are|was|can)\b.*\b(?:cost|pay|paid|raise|charge|make|making|earn|sell|spend|worth|price|get|got|give|gave|offer|buy|bought|owe)|(?:is|are|was|were) (?!.*(?:er|more|less|of|left|used)\b))|\b(?:what(?:'s|s| is| was| are| does| did| do)?|how much)\b[^?.!]{0,40}\b(?:price|pricing|cost|costs|valuation|salary|revenue|arr|fee|budget)\b|\b(?:price|pricing|cost|valuation|revenue|arr)\s*\?+\s*$|多少钱|啥价|什么价|几块钱|多少美[元金]|多少刀|融了多少|(?:价格|估值|定价|收费|花费|售价|工资|年薪)(?:呢|是?多少|几何)/iu,
  ],
  [
    'share',
    /\bwhat (?:percent|percentage|share)\b|\bhow many percent|百分之几|百分之多少|占比|比例|准确率|涨了多少/iu,
  ],
  [
    'time',
    /^when\b|\b(?:say|said|know|about|tell) when\b|\bwhen (?:is|are|was|were|will|did|does|do|can)\b|\bwhat (?:day|date|time|year|month)\b|\bhow (?:long|soon|old)\b|啥时候|什么时候|何时|多久|哪天|哪一天|哪年|哪一年|几号|几点|什么时间|多长时间|几天|几年|几个月/iu,
  ],
  [
    'amount',
    /\bhow (?:many|much|big|large|fast|far|often|small)\b|\bwhat(?:'s|s| is| was)? (?:the )?(?:score|size|number|length|context|limit|rate)\b|\b(?:context (?:length|window|size)|score)\b|多少|几个|几次|几倍|多大|多快|多高|几百|几千|第几|多长|多分|得分|跑分|分数|上下文/iu,
  ],
  ['person', /\bwho(?:'s|s|se|m)?\b|谁|哪位|哪个人|哪家公司|是哪个/iu],
];

/** What kind of thing would answer a question. */
export function askedForIn(question: string): AskedFor {
  return WAYS.find(([, way]) => way.test(question))?.[0] ?? null;
}

/** Words for what things cost, which an amount of money tells without them. */
const COST =
  /^(?:prices?|priced|pricing|costs?|costing|charges?|fees?|多少钱|价格|价钱|定价|售价|收费|费用)$/iu;

/** What is wanted, without need of the words that what is asked for goes without: "$189" tells a price. */
export function withoutWordsFor(asked: AskedFor, wanted: readonly Wanted[]): readonly Wanted[] {
  if (asked !== 'money') return wanted;
  const isOther = wanted.some(({ word, needed }) => needed > 0 && !COST.test(word));
  if (!isOther) return wanted;
  return wanted.map((one) => (COST.test(one.word) ? { ...one, needed: 0 } : one));
}

/** How people ask for the numbers that every post is shown with. */
const OF_POSTS =
  /\b(?:how many|(?:number|count) of) (?:likes|reposts|retweets|replies|quotes)\b|(?:多少|几)(?:个|次|条)?(?:点赞|赞|转发|转推|回复)|(?:点赞|赞|转发|转推|回复)(?:数|量)?(?:是|有|了)?(?:多少|几)(?:个|次|条)?/giu;
/** The same, of numbers that talks and videos have as well: asked of posts only where one is named. */
const OF_ANYTHING =
  /\b(?:how many|(?:number|count) of) (?:views|shares|comments|impressions)\b|(?:多少|几)(?:个|次|条)?(?:浏览|阅读|播放|观看|评论)量?|(?:浏览|阅读|播放|观看|评论)(?:数|量)?(?:是|有|了)?(?:多少|几)(?:个|次|条)?/giu;
const POST = /\b(?:posts?|tweets?|tweeted|posted|threads?)\b|推文|推特|帖|那条|这条/iu;

/** Reads whether those numbers are asked for, which no text has to tell, and what else is asked. */
export function shownNumbersIn(question: string): {
  readonly isAsked: boolean;
  readonly rest: string;
} {
  const ways = POST.test(question) ? [OF_POSTS, OF_ANYTHING] : [OF_POSTS];
  const rest = ways.reduce((left, way) => left.replace(way, ' '), question);
  return { isAsked: rest !== question, rest };
}

/** Where people name what an amount is of: how many NOTES, what SCORE, 多少人, 上下文有多长. */
const COUNTED: readonly RegExp[] = [
  /\bhow many (?<what>(?:[\p{L}'-]+\s?){1,2})/iu,
  /\bwhat(?:'s|s| is| was| are)?(?: the| his| her| their| its)? (?<what>(?:(?!(?:of|on|for|in|did|does|do|is|was|are|will|would|the|about|with|at|by|to)\b)[\p{L}'-]+\s?){1,3})/iu,
  /(?:多少|几)(?:个|位|名|次|页|条|款|家|种|项|篇)?(?<what>\p{Script=Han}{1,2})/u,
];

/** What an amount is asked of, in the question's words; empty where it does not say. */
export function countedIn(question: string): string {
  for (const way of COUNTED) {
    const what = way.exec(question)?.groups?.['what'];
    if (what !== undefined) return what;
  }
  return '';
}

const MONEY =
  /[$€£¥]\s?\d|\d\s?(?:dollars?|bucks|usd)|[\d一二两三四五六七八九十百千万亿]\s?(?:美元|美金|人民币|元|块|刀)|(?<!\d)\d{1,15}(?:\.\d{1,15})?\s?(?:k|m|b|bn)?\s?(?:arr|mrr)\b|\bfree\b|\d\s?% off|\bcredits?\b|免费|不要钱|打折/iu;
const SHARE = /\d\s?%|percent|百分之/iu;
const AMOUNT =
  /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?|billions?|half|twice|double)\b|[一二三四五六七八九十百千万亿两]/iu;
const TIME =
  /\b(?:today|tomorrow|tonight|yesterday|soon|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|20\d\d|weeks?|months?|days?|hours?|years?|minutes?|q[1-4])\b|[年月日周号天]|小时|分钟/iu;
/** Links, numbers of versions and of lists: no amounts. */
const NO_AMOUNT =
  /https?:\S+|(?<![\p{L}\d])\p{Lu}\p{L}*(?:-\d+(?:\.\d+)*| \d+\.\d+)|^[^\S\n]{0,20}\d{1,4}[.)/]/gmu;

/** Whether a text holds something of the kind that is asked for, which the question does not say itself. */
export function holds(text: string, asked: AskedFor, question: string): boolean {
  if (asked === 'money') return MONEY.test(text);
  if (asked === 'share') return SHARE.test(text);
  if (asked === 'time') return TIME.test(text);
  if (asked !== 'amount') return false;
  const said = new Set(question.match(/\d+(?:\.\d+)*/g));
  const told = text
    .replace(NO_AMOUNT, ' ')
    .replace(/\d+(?:\.\d+)*/g, (number) => (said.has(number) ? ' ' : number));
  return AMOUNT.test(told);
}

const FIGURE = /\d+(?:[.,]\d+)*/g;
const PRICE =
  /[$€£¥]\s?(\d{1,15}(?:[.,]\d{1,15}){0,5})|(?<![\d.,])(\d{1,15}(?:[.,]\d{1,15}){0,5})\s?(?:k|m|b|bn)?\s?(?:dollars?|bucks|usd|美元|美金|人民币|元|块|刀)/giu;

/** The figures of a text of the kind that is asked for, as they are written; no numbers of versions. */
export function figuresOf(text: string, asked: AskedFor): readonly string[] {
  const plain = text.replace(NO_AMOUNT, ' ');
  if (asked !== 'money') return plain.match(FIGURE) ?? [];
  return [...plain.matchAll(PRICE)].map(([, before, behind]) => before ?? behind ?? '');
}
