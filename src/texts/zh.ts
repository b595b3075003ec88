import type { AdSign } from '../model/advertising.ts';
import type { FallbackReason } from '../model/report.ts';
import { compactNumber } from '../lib/numbers.ts';
import { innerQuotes } from '../lib/text.ts';
import type { Texts } from './type.ts';

/** A key that an older version kept with a post has no words; it stands for itself. */
const AD_SIGNS: Readonly<Partial<Record<AdSign, string>>> = {
  'accounts-for-sale': '卖账号',
  'asks-to-follow': '要求关注或转发',
  'token-promotion': '推销代币',
  'trading-signal': '交易喊单',
  'ticker-stuffing': '堆砌代币代码',
  'hashtag-stuffing': '堆砌话题标签',
  'income-promise': '许诺赚钱',
  giveaway: '抽奖或空投',
  'addresses-customers': '招揽顾客的口吻',
  'sells-goods': '推销课程、书刊等',
  'sells-services': '推销服务',
  discount: '报价或优惠',
  'free-offer': '以免费为诱饵',
  'price-list': '价目表',
  'contact-to-buy': '留联系方式',
  'affiliate-link': '返利链接',
  'crypto-talk': '谈币',
  ticker: '带代币代码',
  urgency: '催促',
  'praises-product': '吹捧产品',
  'promises-benefit': '许诺好处',
  'presents-product': '介绍产品',
  'for-your-business': '面向商家',
  'call-to-act': '引导注册或购买',
  'invites-to-click': '引导点击',
  slogan: '口号',
  'many-hashtags': '话题标签多',
  loud: '语气夸张',
  'same-text-by-many': '多个账号发同文',
} satisfies Record<AdSign, string>;

const REASONS: Readonly<Record<FallbackReason, string>> = {
  'over-budget': '今天的模型预算已用完',
  'no-time': '等不及模型的回答',
  unreachable: '连不上模型',
  overloaded: '模型服务过载',
  'bad-key': '模型密钥无效',
  'no-credit': '模型账户余额不足',
  rejected: '模型服务不接受请求',
  refused: '模型拒绝回答',
  'too-large': '帖子太多，模型放不下',
  'cut-off': '模型的回答过长',
  unreadable: '模型的回答无法读取',
  'nothing-held': '模型写的内容都没有通过核对',
};

const PROBLEMS: Texts['problems'] = {
  'no-citation': () => '没有注明出处',
  'unknown-citation': (what) => `引用了不存在的帖子：${what}`,
  number: (what) => `所引帖子里没有这个数字：${what}`,
  name: (what) => `所引帖子没有提到、也不是出自：${what}`,
  quotation: (what) => `没有人写过“${what}”`,
  unlike: () => '所引帖子说的是别的事',
  overstated: (what) => `所引帖子没有这么肯定：“${what}”`,
  language: () => '语言不对',
  markup: (what) => `含有链接、提及或标记：${what}`,
  length: () => '太长',
  repeated: (what) => `与别处重复：${what}`,
  judged: (what) => `复核意见：${what}`,
};

/** What stands in the help for what is to be written. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  DAY: '日期',
  TOPIC: '主题',
  LINE: '条目',
  QUESTION: '问题',
  HOUR: '时间',
  LANGUAGE: '语言',
  CHAT: '聊天',
  PAGE: '页码',
  ID: '编号',
  NAME: '名称',
  SOURCE: '来源',
};

export const zh: Texts = {
  days: (from, to) => (from === to ? from : `${from} 至 ${to}`),
  enumeration: (things) => things.join('、'),

  reportTitle: (title, from, to) => `${title} 报告 (${from} 至 ${to})`,
  writtenByNobody:
    '本报告未经模型撰写：每一行都逐字引自帖子，按分量与多样性选出。帖子没有说的影响与建议，一律不写。',
  writtenBy: (model) => `本报告由模型（${model}）根据帖子撰写，每一行都与所引帖子核对过。`,
  takenOver: (reason) => `本应由模型撰写，但${REASONS[reason]}。`,
  partsTakenOver: (parts) =>
    `以下部分改用原文摘录：${parts.map(({ part, reason }) => `${part}（${REASONS[reason]}）`).join('、')}。`,
  noAdvice: (reason) => `没有建议部分，因为${REASONS[reason]}。`,
  inferred: (impact) => `推断：${impact}`,
  update: '【更新】',
  seeEarlier: (day, address) => `见 ${day} ${address}`,
  basedOn: (addresses) => `（依据 ${addresses.join('、')}）`,
  linesNote: ({ written, cited, repaired, dropped }) =>
    `模型共写 ${written} 行：注明出处后保留 ${cited} 行，其中 ${repaired} 行经核对改写；删去 ${dropped} 行。`,
  problems: PROBLEMS,
  quietWindow: (posts) => `这段时间很安静，一共只有 ${posts} 条帖子。`,
  brief: 'Ⅰ 简明概要',
  briefHint: '首屏阅读，重点聚焦热点',
  facts: (count) => `Ⅱ 核心信息（${count} 条‑一句话概括）`,
  fact: '关键信息',
  impact: '对行业的潜在冲击',
  echo: '反响',
  details: 'Ⅲ 详细分析',
  conclusions: 'Ⅳ 总结与建议',
  sourcesWithoutLink: '没有链接的来源',
  closing: (counts) =>
    `共收集 ${counts.collected} 条帖子：剔除广告 ${counts.advertising} 条、重复 ${counts.copies} 条、无文字 ${counts.empty} 条；其余 ${counts.kept} 条来自 ${counts.authors} 位作者，归为 ${counts.stories} 个事件，本报告引用了其中 ${counts.cited} 条。`,
  missingSources: (sources) => `以下来源无法读取，本报告缺少其内容：${sources.join('、')}。`,
  pictures: {
    cloud: { title: '词云分析', alternative: '词云图' },
    week: { title: '七日主题', alternative: '近七日的主题' },
  },
  weekTitle: (title) => `${title} 七日主题`,
  weekCaption: '圆越大，当天谈到该主题的帖子越多；“–”表示当天没有日报',
  courses: { new: '新', 'going-on': '', faded: '淡出' },
  cloudCaption: (counts) => `${counts.kept} 条帖子 · ${counts.authors} 位作者`,
  echoNumbers: ({ likes, reposts }) =>
    [
      likes === null ? null : `${compactNumber(likes, 'zh')} 赞`,
      reposts === null ? null : `${compactNumber(reposts, 'zh')} 转`,
    ]
      .filter((part) => part !== null)
      .join('，') || '未知',
  quotation: (who, text) => `${who}：“${innerQuotes(text)}”`,
  alsoToldBy: (who) => ` 另有 ${who.join('、')} 谈及。`,

  isLate: '这份日报晚到了。',
  askButton: '提问',
  welcome: (title) => `这里可以聊 ${title}。`,
  today: (day) => `今天是 ${day}。`,
  usage: (written) => written.replace(/[A-Z]{2,}/g, (word) => PLACEHOLDERS[word] ?? word),
  commandsAre: '命令',
  quits: '结束对话',
  askFreely: '其他任何对我说的话，都当作对日报的提问；在群里请回复我或提到我。',
  unknownCommand: (name, meant) =>
    meant === null
      ? `没有 /${name} 这个命令，输入 /help 查看全部。`
      : `没有 /${name} 这个命令，是不是想输入 /${meant}？输入 /help 查看全部。`,
  noReports: '还没有日报，输入 /status 可查看下一期的时间。',
  noReportOn: (day, nearest) =>
    `${day} 没有日报。${nearest.length > 0 ? `最近的有：${nearest.join('、')}。` : ''}`,
  futureDay: (day) => `${day} 还没到。可以试试 /digest 昨天。`,
  unreadableDays: (words) =>
    `看不懂“${words}”是哪几天，可以写成：昨天、上周五、最近三天、2026-01-26..2026-01-29。`,
  reversedDays: (from, to) =>
    `${from} 在 ${to} 之后，请把较早的一天写在前面，例如：${to}..${from}。`,
  tooManyDays: (most) => `一次最多 ${most} 天，请缩短一些，例如：上周、最近三天。`,
  noSection: (letter, known) =>
    known.length === 0
      ? '这份日报没有分节。'
      : letter === ''
        ? `要看哪一部分？有 ${known.join('、')}。`
        : `没有 ${letter} 部分，有 ${known.join('、')}。`,
  noConclusions: (reason, known) => {
    const why = reason === null ? '它未经模型撰写，只引用帖子原文' : REASONS[reason];
    return `这份日报没有第 IV 部分（结论与建议）：${why}。${known.length > 0 ? `有的是 ${known.join('、')}。` : ''}`;
  },
  sectionsAre: '各部分',
  sectionHint: ({ hasAdvice, hasSections }) =>
    `继续看：/section II 看表格${hasSections ? '，/section A 看某一部分' : ''}${hasAdvice ? '，/section IV 看建议' : ''}；也可以直接提问。`,
  howToBegin: '试试 /digest 昨天、/section C、直接提问、/help；输入 /quit 结束。',
  pictureFile: (title, path) => `${title}：${path}`,
  jekyllPost: (path) => `Jekyll 文章：${path}`,
  demoTitle: '示例 AI（虚构）',
  demoIsInvented:
    '演示中的帖子、人物、公司与产品全部是虚构的，演示里的“今天”永远是 2026 年 10 月 14 日。',
  noTerminal: '这里不是终端，无法对话：在终端里运行 `npm run demo` 即可开始聊天。',
  emptyQuestion: '想问什么？例如：价格方面有什么说法？',
  longQuestion: (most) => `问题太长了，请控制在 ${most} 个字符以内。`,
  isForgotten: '之前的对话已忘记，接下来的提问将重新开始。',
  answeredBefore: (time) => `这个问题之前有人问过，以下是 ${time} 的回答。`,
  brokenOff: {
    stopped: '回答已停止。',
    lost: '模型在此中断，可以再问一次。',
  },
  answerIsExtract: '以下是最相关的原文摘录。',
  modelIsLost: '模型没有给出回答，以下是最相关的原文摘录。',
  lineOfReport: (days, address) => `${days} 报告 ${address}`,
  sourceNumbers: ({ likes, reposts, replies, views }) =>
    [
      likes === null ? null : `${compactNumber(likes, 'zh')} 赞`,
      reposts === null ? null : `${compactNumber(reposts, 'zh')} 转`,
      replies === null ? null : `${compactNumber(replies, 'zh')} 回复`,
      views === null ? null : `${compactNumber(views, 'zh')} 阅读`,
    ]
      .filter((part) => part !== null)
      .join('，'),
  noAnswer: '日报和帖子中都没有提到。',
  unsearched: {
    talk: '可以问我日报和帖子里的任何内容：谁说了什么、昨天有什么消息、某个产品怎么样。输入 /help 可查看其他功能。',
    count: '没有语言模型时，我只能按日期、作者或词语统计一万条以内的帖子，不能统计作者。',
    summary:
      '用新的话来总结需要语言模型，而这里没有配置（由部署者在 .env 中设置 ANTHROPIC_API_KEY）。',
    translation:
      '翻译需要语言模型，而这里没有配置（由部署者在 .env 中设置 ANTHROPIC_API_KEY）。/section C 和 /sources C 可查看原文。',
  },
  counted: ({ posts, copies, authors, advertising, by, words }) =>
    [
      `${by.length === 0 ? '' : `${by.map((handle) => `@${handle}`).join('、')} 的帖子中，`}${words.length === 0 ? '共有' : `含有“${words.join('”“')}”的共有`} ${posts} 条帖子`,
      ...(posts > 0 && by.length === 0 ? [`，来自 ${authors} 位作者`] : []),
      ...(copies > 0 ? [`，其中 ${copies} 条是转发或重复`] : []),
      '。',
      ...(advertising > 0 ? [`另有 ${advertising} 条作为广告剔除。`] : []),
    ].join(''),
  newestOfThem: '其中最新的：',
  linesToSumUp: '可供总结的原文条目：',
  noMore: '除了已经给出的，没有更多相关内容。',
  aboutDays: (days) => `所问日期：${days}。`,
  beyondView: (days) => `以下来自所有日期的帖子，不限于 ${days} 的日报。`,
  besideDays: (days, more) => `${days} 没有${more ? '更多' : ''}相符的内容，以下来自前后一天。`,
  nothingThere: ({ days, authors, sections }) => {
    const limits = [
      ...(days === null ? [] : [days]),
      ...(authors.length === 0 ? [] : [`${authors.join(' 或 ')} 发布`]),
      ...(sections.length === 0 ? [] : [`${sections.join('、')} 部分`]),
    ];
    return `查找范围：${limits.join('，')}。其中没有提到这个问题。`;
  },
  nearestThings: '最接近的内容：',
  sources: '来源',
  failed: (reference) => `这次没有成功，日志编号 ${reference}。`,
  forOwnersOnly: (command) => `/${command} 只有机器人的主人可以使用。`,
  forAdminsOnly: (command) => `/${command} 只有本群管理员可以使用。`,
  notUnderstood: (words, usage) => `这里用不上“${words}”，可以写：${usage}。`,
  noTopic: (word, known) =>
    word === ''
      ? `要哪个主题？有 ${known.join('、')}。`
      : `没有“${word}”这个主题，有 ${known.join('、')}。`,
  noHour: (word) => `“${word}”不是一个时间，可以写成 10:00。`,
  tooEarly: (hour, title, first, command) =>
    `${hour} 时 ${title} 还没有生成，最早 ${first}：输入 ${command} 即可按时收到。`,
  noLanguage: (word) => `不认识“${word}”这种语言，可以写成 zh、en、ja 这样的代码。`,
  sourceOfAnswer: (number, question) =>
    `对“${question}”的回答${number === null ? '的来源' : `中的 [${number}]`}`,
  noSourceOfAnswer: (number, sources, question) =>
    `对“${question}”的回答没有 [${number}]，只有 ${sources === 1 ? '[1]' : `[1] 至 [${sources}]`}。日报的条目这样写：/sources I.${Math.max(1, number)}。`,
  noLine: (word, example) =>
    `这份日报没有 ${word} 这一条。编号写成 ${example} 这样：/sources ${example}。`,
  noReportsIn: (from, to, nearest) =>
    `${from} 至 ${to} 没有日报。${nearest.length > 0 ? `最近的有：${nearest.join('、')}。` : ''}`,
  digestOfDay: (command) => `查看全文：${command}`,
  makeIt: (command) => `输入 ${command} 可以生成。`,
  nothingToDraw: '这份日报没有图：没有可画的内容。',
  readBefore: (posts, dollars) =>
    `生成前已读取来源：新增 ${posts} 条帖子${dollars === null ? '' : `，X 花费 ${dollars}`}。`,
  nothingToTell: (from, to, posts) =>
    `${from === to ? from : `${from} 至 ${to}`} 没有可写的内容：共收集 ${posts} 条帖子。`,
  whenExamples: ['昨天', '前天', '上周五', '上周'],
  topicsAre: '主题',
  everyDay: (hour, timeZone) => `每天 ${hour}（${timeZone}）`,
  noHourSet: '不会自动发送',
  nextAt: (time) => `下一次 ${time}`,
  subscribedHere: '本聊天已订阅',
  subscribeHint: '输入 /subscribe 主题 即可在这里订阅。',
  subscribedTo: (title, hour, timeZone) =>
    `已订阅 ${title}，每天 ${hour}（${timeZone}）发送到这里。输入 /unsubscribe 可取消。`,
  subscribedWithoutHour: (title) => `已订阅 ${title}，但主人还没有设定发送时间。`,
  unsubscribedFrom: (title) => `已取消订阅 ${title}。`,
  wasNotSubscribed: (title) => `这里本来就没有订阅 ${title}。`,
  nothingSubscribed: '这里没有订阅任何主题，输入 /topics 查看有哪些。',
  topicIsGone: '已不存在',
  scheduleIs: '这里的订阅',
  noPostsInTerminal:
    '终端里不会自动发送日报，请在 Telegram 或 Discord 的聊天里订阅；输入 /digest 可在这里查看。',
  notInTerminal:
    '终端里不保存这项设置，请在 Telegram 或 Discord 的聊天里使用；要换语言，可用 chorus chat --language en 启动。',
  languageIs: (tag) => `这里使用的语言是 ${tag}，输入 /language en 可以更改。`,
  languageIsNow: (tag) => `从现在起，这里使用 ${tag}。`,
  isAllowed: (channel) => `${channel} 现在可以使用了，输入 /subscribe 订阅主题。`,
  isDenied: (channel) => `${channel} 从现在起不再收到任何内容。`,
  noChannel: (written) =>
    written === ''
      ? '要哪个聊天？请写编号，例如 telegram:-100123。'
      : `“${written}”不是聊天的编号。编号就是它被告知的那个，例如 telegram:-100123。`,
  spentToday: (dollars) => `今天模型花费 ${dollars}。`,
  nothingAsked: '最近一周没有调用模型。',
  spentOnX: (dollars) => `最近一周读取 X 花费 ${dollars}。`,
  topicUsage:
    '请写 /topic、/topic add 名称 来源 或 /topic remove 名称 来源。来源形如 x_user=karpathy、feed=https://…、bluesky=@alice.bsky.social 或 mastodon=#ai@mastodon.social。',
  topicChanged: (topic, { added, known, gone }) =>
    [
      `好的，“${topic}”已更改，我会在一分钟内按新设置重新开始。`,
      ...(added.length > 0 ? [`新增：${added.join('、')}。`] : []),
      ...(known.length > 0 ? [`原已有：${known.join('、')}。`] : []),
      ...(gone === null
        ? []
        : [
            `“${gone}”只在没有命名任何主题时才有，现在不再有了；它的帖子和日报仍在，/topic add ${gone} 可以把它留下。`,
          ]),
    ].join(''),
  noSourcesNamed: '没有设置来源：帖子靠导入。',
  sourceIs(state) {
    switch (state.kind) {
      case 'failing': {
        const next = state.isLeft
          ? `本应在 ${state.nextAt} 重试，但没有`
          : `下次尝试 ${state.nextAt}`;
        return `自 ${state.since} 起无法读取：${state.reason}；${next}`;
      }
      case 'resting':
        return `X 的预算已用完，暂停到 ${state.until}`;
      case 'read': {
        const last = state.lastPost === null ? '' : `，最近的新帖子来自 ${state.lastPost}`;
        const but = state.trouble === null ? '' : `，但有问题：${state.trouble}`;
        return `已读到 ${state.at}${last}${but}`;
      }
      default:
        return '尚未读取';
    }
  },
  sourcesAre: (well, failing) =>
    failing === 0 ? `${well} 个来源正常。` : `${well} 个来源正常，${failing} 个无法读取。`,
  budgetUsedUp: (sources, until) => `X 的预算已用完：${sources} 个来源暂停到 ${until}。`,
  lastDigest: (day, madeAt) => `最近一期 ${day}，生成于 ${madeAt}`,
  noReportsYet: '还没有日报',
  sentLately: ({ sent = 0, failed = 0, unknown = 0, waiting = 0, sending = 0, ...rest }) =>
    `最近一天：已发送 ${sent}，等待 ${waiting + sending}，待重试 ${failed}，是否送达不明 ${unknown}，已放弃 ${rest['given-up'] ?? 0}`,
  platformIs: (name, trouble) => `${name}：${trouble ?? '正常'}`,
  stranger: (channel) => `你好。我只在主人允许的聊天里工作，这里的编号是 ${channel}。`,
  notAllowedYet: '这个聊天还没有被允许，输入 /allow 即可允许。',
  usedUp: '每个人、每个聊天每天可以提问的次数有限，今天已经用完，明天再回答。',
  questionsUsedUp:
    '每个人、每个聊天每天可以提问的次数有限，今天已经用完，明天再回答；/digest、/section、/sources 仍可使用。',
  oldButton: '这个已经不在了，输入 /digest 查看最新一期。',
  stopButton: '停止',
  isStopped: '已停止。',
  nothingToStop: '这个回答已经结束。',
  notYoursToStop: '只有提问的人和管理员可以停止这个回答。',
  askHow: '输入 /ask 加上问题，或者直接回复这条消息提问。',
  channelGone: (channel, reason) =>
    `${channel} 已停止发送：${reason}。输入 /allow ${channel} 可恢复。`,
  deliveryGivenUp: (channel, reason) => `发往 ${channel} 的日报已放弃：${reason}。`,
  deliveryUnknown: (channel, reason) =>
    `发往 ${channel} 的日报是否送达不明：${reason}。不会重复发送，可在那里输入 /digest 查看。`,
  badToken: (platform, reason) => `${platform} 的令牌不被接受：${reason}。请更换后重新启动。`,
  readingStopped: (topic, reason) =>
    `“${topic}”已停止读取 X：${reason}。可在 chorus.yaml 里提高 x_budget，或保持不变。`,
  sourceFails: (source, topic, since, reason) =>
    `“${topic}”的来源 ${source} 自 ${since} 起无法读取：${reason}。修好之前，日报会缺少它的帖子。`,
  sourceIsSilent: (source, topic, since) =>
    `“${topic}”的来源 ${source} 自 ${since} 起没有新帖子，请看看它是否还在更新。`,
  emptyDay: (title, day) => `${title}：${day} 没有可写的内容。`,
  working: '稍等……',
  droppedFrom: (days, posts) => `${days} 的日报剔除了 ${posts} 条广告`,
  nothingDropped: (days) => `${days} 的日报没有剔除任何广告。`,
  times: (count) => (count > 1 ? `（共 ${count} 条）` : ''),
  moreDropped: (posts, page) => `……还有 ${posts} 条：/dropped ${page}`,
  noPage: (page) => `没有“${page}”这一页，输入 /dropped 查看第一页。`,
  takeBackHint: '如有误判，可用 /takeback ID 恢复那条帖子。',
  notDropped: (words) =>
    words === ''
      ? '要恢复哪一条？输入 /dropped 可查看各条的编号。'
      : `这份日报没有把“${words}”当作广告剔除，输入 /dropped 可查看剔除了哪些。`,
  takenBack: (id, author) => `已恢复 @${author} 的帖子 ${id}，下次生成日报时生效。`,
  isTakenBack: '已恢复',
  adSign: (key) => AD_SIGNS[key] ?? key,
  commands: {
    digest: '查看日报：最新一期，或某一天的',
    section: '查看某一部分全文：Ⅱ、A 至 I、Ⅳ',
    sources: '查看某一条所依据的帖子',
    cloud: '查看词云图与七日主题',
    ask: '就刚才那份日报提问',
    new: '忘记你在这里的提问，重新开始',
    topics: '查看有哪些主题',
    subscribe: '在这里订阅一个主题',
    unsubscribe: '取消这里的订阅',
    schedule: '查看这里订阅了什么、何时发送',
    language: '查看或更改这里使用的语言',
    status: '查看运行情况',
    help: '我能做什么',
    allow: '允许一个聊天使用',
    deny: '不再允许一个聊天使用',
    run: '读取来源并立即生成日报',
    usage: '查看模型和 X 的花费',
    topic: '查看或更改主题及其来源',
    dropped: '查看日报剔除了哪些广告',
    takeback: '恢复一条被误当作广告的帖子',
  },
};
