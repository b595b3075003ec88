import type { Answer, Unsearched } from '../model/asking.ts';

/** What people say to be polite, or to try whether somebody is there; and what may stand beside it. */
const GREETINGS = new Set(
  `hi hello hey yo hiya greetings morning evening afternoon night thank thanks thx ty cheers ok okay k
  cool great nice good perfect awesome wow lol yes yep yeah no nope sure bye goodbye sorry ping`.split(
    /\s+/,
  ),
);
const BESIDE = new Set(
  'you u a lot so very much again there bot all everyone man mate please to and'.split(' '),
);
const PHRASE =
  /^(?:how are you(?: doing)?(?: today)?|hows it going|whats up|sup|who are you|what are you|what can you do|are you (?:there|a bot|human|real)|got it|i see|see you|(?:please )?tell me (?:a|another|some)(?: good| funny)? (?:jokes?|story|something funny))$/;
const HAN_TALK =
  /^(?:谢|多谢|感谢|你|您|大家|好|嗨|哈喽|哈啰|嘿|早|早安|早上|下午|晚上|晚安|再见|拜拜|行|嗯|哦|哈|收到|明白|知道|懂|不错|辛苦|对不起|抱歉|在吗|啊|呀|啦|吧|了|呢|的|(?:你|您)是谁|你会什么|你能做什么|给?我?[讲说来]个笑话)+$/;
const HAN_PARTICLES = /^[你您的了呢啊呀吧啦大家]+$/;
/** Longer messages want something: words, Chinese characters. */
const MOST_WORDS = 8;
const MOST_CHARACTERS = 12;

/** How people ask for a number of posts, or of who wrote them. */
const COUNT: readonly RegExp[] = [
  /\bhow many (?:\p{L}{1,20} )?(?:posts|tweets)\b|\b(?:number|count) of (?:posts|tweets|authors)\b|\bcount (?:the |all )?(?:posts|tweets|authors)\b/iu,
  /\bhow many (?:different |distinct |other )?(?:people|persons|authors|accounts|users|folks)\s+(?:have |had )?(?:also )?(?:wrote|written|write|posted|post|tweeted|tweet|talked|talk|spoke|mentioned|mention|discussed|said)\b/iu,
  /\bwho (?:has )?(?:posted|posts|wrote|writes|tweeted|tweets|written) (?:the )?most(?: (?:posts|tweets|often))?\s*(?:$|[?.!,]|(?:on|in|about|this|last|yesterday|today|of)\b)/iu,
  /(?:多少|几)条?(?:帖子|帖|推文|推特|推)(?!.*(?:点赞|转发))|(?:帖子|推文)(?:数量|总数|一共|有多少(?=条|$|[?？。]))|(?:帖子|推文)的?数量/iu,
  /(?:多少|几)条(?!.{0,40}(?:点赞|转发|回复)).{1,40}(?:帖子|推文|推特)/iu,
  /(?:多少|几)个?(?:人|位作者|个?作者|个?账号)(?:.{0,12}?)(?:发帖|发推|发过|写过|提到|提过|聊过|聊到|讨论|谈到|谈过|说过)|谁(?:发帖|发推|发的?帖子?|发的?推文?|写)(?:得|的)?最多|谁发(?:得|的)?最多/iu,
];

/** Whether a message is no question about a digest, but a greeting, thanks, or the like. */
export function isSmallTalk(message: string): boolean {
  const plain = message.normalize('NFKC').toLowerCase().replace(/['’]/g, '');
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0 || words.length > MOST_WORDS) return false;
  if (PHRASE.test(words.join(' '))) return true;
  const joined = words.join('');
  if (/^\p{Script=Han}+$/u.test(joined)) {
    return joined.length <= MOST_CHARACTERS && HAN_TALK.test(joined) && !HAN_PARTICLES.test(joined);
  }
  const isPolite = words.some((word) => GREETINGS.has(word));
  return isPolite && words.every((word) => GREETINGS.has(word) || BESIDE.has(word));
}

/** Whether a question asks for a number of posts or of authors: no passage tells it. */
function asksToCount(question: string): boolean {
  return COUNT.some((way) => way.test(question.normalize('NFKC')));
}

/** Why a message is not searched for; `null` where it is. */
export function unsearchedIn(message: string, hasModel: boolean): Unsearched | null {
  if (isSmallTalk(message)) return 'talk';
  return !hasModel && asksToCount(message) ? 'count' : null;
}

/** The answer to what is not searched for. */
export function notSearched(unsearched: Unsearched): Answer {
  return {
    kind: 'declined',
    statements: [],
    sources: [],
    brokenOff: null,
    keptSince: null,
    unsearched,
  };
}
