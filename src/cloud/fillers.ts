import { deu, eng, fra, ind, ita, jpn, nld, por, porBr, rus, spa, swe, tur, vie } from 'stopword';

/**
 * How much of a subject a word carries: none in any company (`glue`: "the", "don't", 我们), none alone
 * but some inside a name (`dull`: "new" in "New York"), or its own (`subject`).
 */
export type Bearing = 'glue' | 'dull' | 'subject';

/** A judge of the words of one text, which knows the language in which the text seems to be. */
export function bearingsIn(words: readonly string[]): (word: string) => Bearing {
  const foreign = languageOf(words);
  return (word) => {
    const small = smallLetters(word);
    if (foreign?.has(small)) return 'glue';
    return bearingOf(word, small);
  };
}

/** Whether a whole term says nothing by itself. */
export function isFiller(term: string): boolean {
  return bearingOf(term, smallLetters(term)) !== 'subject';
}

function bearingOf(word: string, small: string): Bearing {
  if (GLUE.has(small) || CONTRACTION.test(small)) return 'glue';
  if (DULL.has(small) || isNumberLike(small) || MEASURE.test(word) || HAN_ALONE.test(word)) {
    return 'dull';
  }
  return KANA_ONLY.test(word) || LONE_LETTER.test(word) ? 'glue' : 'subject';
}

/** don't, I've, you'll; c'est, j'ai, qu'il. */
const CONTRACTION = /n't$|^\p{L}{1,5}'(?:m|ve|d|ll|re)$|^(?:[cjmnst]|qu)'\p{L}{1,4}$/u;

/** 一个, 两天, 十几层. */
const MEASURE = /^[一二两三四五六七八九十几半]+[个条句天周月年次种位名款台份点代半栋层件张项]$/u;

/** One Chinese character; or some with a Japanese ending, which makes them a verb or adjective. */
const HAN_ALONE = /^\p{Script=Han}(?:\p{Script=Han}*\p{Script=Hiragana}+)?$/u;

/** Japanese endings and particles. */
const KANA_ONLY = /^(?:\p{Script=Hiragana}{1,4}|ー+)$/u;

const LONE_LETTER = /^\p{L}$/u;

/** Numbers, dates, amounts and their units: 2026, 10k, 3pm, 1st, 24小时. */
function isNumberLike(small: string): boolean {
  return /^[\d.,'’_-]*\d(?:st|nd|rd|th|am|pm|[kmbxsh%]|ms|mb|gb|tb|pts?|min|个?小时|分钟|[年月日天个万亿元]+)?\+?$/.test(
    small,
  );
}

/**
 * The small words of the language, other than English and Chinese, that a text seems to be in. They
 * count in such texts only, since many are subjects elsewhere ("war", "Kimi").
 */
function languageOf(words: readonly string[]): ReadonlySet<string> | undefined {
  const small = words.map(smallLetters);
  const hits = (list: ReadonlySet<string>) => small.filter((word) => list.has(word)).length;
  let best: ReadonlySet<string> | undefined;
  let most = Math.max(1, hits(GLUE));
  for (const list of LANGUAGES) {
    const count = hits(list);
    if (count > most) [best, most] = [list, count];
  }
  return best;
}

function smallLetters(word: string): string {
  return word.toLowerCase().replaceAll('’', "'");
}

/** What the Spanish list lacks. */
const SPANISH = [
  'es son fue era ser estar está están hay si ha han he esta este estos estas esa esos eso entre todo',
  'toda todos todas tan así ahora aquí puede pueden tiene tienen hacer hace desde cada otros otra otras',
  'solo sólo ver va van voy soy eres tu tus mis nos les lo le',
].flatMap((line) => line.split(' '));

const LANGUAGES: readonly ReadonlySet<string>[] = [
  deu,
  fra,
  ind,
  ita,
  nld,
  [...por, ...porBr],
  rus,
  [...spa, ...SPANISH],
  swe,
  tur,
  vie,
].map((list) => new Set(list));

function listed(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}

const GLUE = listed(
  ...eng,
  ...jpn,
  // remains of links, markup and retweets
  'amp nbsp quot http https htt www com html rt gt lt ft cc cont',
  // English
  'just so than when then there here where why who whom whose will would shall could should may',
  'might must cannot not no yes nor neither either whether us mine ours yours theirs its itself',
  'myself yourself himself herself themselves ourselves every each both until till during within',
  'without across among against toward towards onto upon per via versus vs though although however',
  'because therefore thus hence while whereas unless else ever never yet very too quite rather really',
  'actually basically literally simply maybe perhaps probably definitely especially etc also again',
  'going gonna wanna gotta gotten being been having doing done did does got gets getting goes went',
  "im ive id ill dont doesnt didnt cant wont isnt arent wasnt youre theyre thats whats lets it's i'm",
  "that's there's here's what's let's he's she's who's we're they're you're we've you've they've",
  'lol lmao omg haha hahaha yeah yep nope ok okay hey hi hello wow oh ah uh um pls plz btw imo imho',
  'fyi aka tbh idk afaik ie eg de',
  // Chinese
  '的 地 得 和 跟 与 及 向 并 等 更 已 含 我 你 他 她 它 们 某 该 各 每 这 那 哪 什 么 谁 年 月 日 号 时 分 秒 点 几',
  '在 就 又 很 呢 吧 吗 嘛 啊 嗯 哦 呀 是 都 不 说 也 看 把 还 个 有 到 一 为 中 于 对 会 之 此 共 按 请 被 让 给 从 以',
  '而 但 却 才 再 没 去 来 要 能 可 所 其 将 里 后 前 上 下 内 外 间 最 太 真 做 用 想 只 像 比 因 由 则 且 若 如 第 约 近',
  '名 位 例 次 种 条 些 款 件 张 套 当 使 令 往 至 自 同 随 便 另 均 拿 叫 跑 写 找 问 讲 出 好 多 大家',
  '我们 你们 他们 她们 它们 咱们 自己 大家 这个 那个 这些 那些 这种 那种 这样 那样 这么 那么 这里 那里',
  '这是 那是 就是 还是 只是 但是 可是 不是 也是 都是 而是 是否 不过 而且 并且 或者 以及 因为 所以 因此',
  '如果 虽然 然而 然后 于是 由于 为了 对于 关于 根据 通过 按照 随着 作为 之后 之前 之间 以后 以前 以上',
  '以下 其中 其他 其它 其实 一个 一种 一些 一样 一下 一直 一起 一次 一点 一定 一切 没有 什么 怎么 为什么',
  '怎样 如何 哪些 哪个 哪里 多少 几个 可以 可能 应该 能够 需要 必须 不能 不会 不要 不了 不到 不再 不用',
  '已经 正在 现在 还有 还要 只有 只要 只能 甚至 非常 特别 真的 比较 更加 越来越 的话 的时候 时候 起来 出来',
  '下来 过来 上去 出去 进行 成为 属于 是不是 有没有 各种 各个 任何 所有 每个 每天 不仅 无论 不管 即使',
  '并不 并未 尚未 尚 仍 仍然 依然 此外 另外 同时 与此同时 从而 以便 及其 等等 之一 本来 原来 终于 居然 竟然',
  '也许 大概 似乎 好像 如此 此次 本次 目前 了 着 过 或 哈哈 哈哈哈',
  // Chinese, traditional
  '我們 你們 他們 她們 它們 這個 那個 這些 那些 這種 那種 這樣 那樣 這麼 那麼 這裡 那裡 這是 還是 但是 不是 沒有 什麼 怎麼',
  '為什麼 可以 可能 應該 能夠 需要 必須 不會 已經 現在 還有 只要 真的 比較 時候 因為 所以 如果 雖然 然後 為了 關於 一個 一種',
  '這 個 們 麼 還 沒 說 對 會 來 讓 給 從 將 後 裡 時 過 為 與 並 嗎 啦 喔',
  // Japanese
  '自分 問題 今回 場合 時間 今日 私 僕 俺 人 方 事 物 何 今 時 中 的 自身 本当',
  'です ます した して する から まで より など さん ちゃん けど だけ って という ので のに ない ある いる なる れる',
  'られる これ それ あれ この その あの ここ そこ こと もの ため よう とか でも たら なら ください みたい',
);

const DULL = listed(
  'new old big small little good great best better bad worse worst nice cool awesome amazing crazy',
  'easy hard long short high low right left wrong true false real full whole own few several less least',
  'enough more most many much lot lots bit thing things something anything everything nothing someone',
  'anyone everyone somebody everybody nobody people guy guys man folks person way ways time times day',
  'days today tonight tomorrow yesterday week weeks weekend month months year years hour hours minute',
  'minutes second seconds morning night ago later soon now already still almost always often usually',
  'sometimes once twice one two three four five six seven eight nine ten hundred thousand million',
  'billion first third last next final previous early late part kind sort type end start begin stop',
  'started starting back around away together apart off down up above below between inside outside',
  'different same similar other another able sure clear super pretty extremely incredibly fully',
  'entire current currently recent recently finally exactly instead even only well far near close',
  'use uses used using want wants wanted need needs needed know knows knew known think thinks thought',
  'thinking feel feels felt feeling seem seems look looks looked looking see sees saw seen say says',
  'said saying tell tells told ask asks asked put puts take takes took taken taking give gives gave',
  'given giving keep keeps kept try tries tried trying find finds found show shows showed shown call',
  'called calls happen happens happened happening mean means meant help helps helped make makes made',
  'making let lets come comes came coming become becomes became turn turns turned move moves moved',
  'set sets add adds added get go run runs running work works worked working talk talks talking talked',
  'believe guess hope love loves loved like likes liked hate enjoy wish thank thanks please welcome',
  'sorry happy excited glad read reading watch watching check join joined follow click see link links',
  'post posts thread tweet tweets comment comments reply share shared sharing written wrote write',
  'point points case cases example examples fact reason reasons idea ideas place side level number',
  'numbers set list top half rest step steps story word words line lines page thoughts',
  'live bring brings brought left leave leaves order include includes including included based',
  'continue continues allow allows create creates created creating provide provides learn learned',
  'monday tuesday wednesday thursday friday saturday sunday january february march april june july',
  'august september october november december evening afternoon others ran lost worth promised expect',
  'expected changed attempt hear heard send sent hold hand eleven twelve twenty',
  'sense figure matter matters large huge single easily useful key main life moment actual fun',
  'further insane dope remain remains requires focus understand',
  'build builds built ready available possible important interesting simple quick quickly fast faster',
  // Chinese
  '今天 昨天 明天 今年 去年 明年 今晚 晚上 早上 上午 下午 中午 凌晨 今日 昨日 时间 日前 近日 最近 当前 未来',
  '知道 觉得 认为 表示 看到 看看 来看 发现 感觉 希望 喜欢 想要 使用 直接 完全 其次 首先 最后 最终 开始 结束',
  '继续 出现 发生 得到 成功 快速 简单 容易 很多 许多 大量 更多 最大 最好 最新 不同 相关 主要 重要 问题 情况',
  '方面 事情 东西 地方 方式 方法 人们 有人 别人 朋友 有点 有些 一般 之类 左右 超过 达到 包括 提供 介绍 分享',
  '推荐 文章 视频 链接 网页 原文 转发 评论 点赞 关注 详情 全文 展开全文 微博 微博视频 图片 查看 查看图片 网页链接 如下 大概 基本 整个 部分',
  '第一 第二 第三 一年 两个 三个 这次 上次 下次 本身 意味着 值得 确实 真正 特别是 尤其 尤其是 甚至于 看来',
  '这套 至少 几乎 比如 大部分 无法 比如说 上面 下面 之上 之内 一人 两人 万一 不光 下个 搞定 几乎 有关 时至 获悉 获得 关键',
  '做到 做出 想到 说明 告诉 变成 变得 带来 进入 来自 不少 不错 不知 不得不 不可 十分 极其',
);
