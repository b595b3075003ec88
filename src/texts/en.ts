import type { AdSign } from '../model/advertising.ts';
import type { FallbackReason } from '../model/report.ts';
import { counted, roughly } from '../lib/numbers.ts';
import { innerQuotes } from '../lib/text.ts';
import type { Texts } from './type.ts';

/** A key that an older version kept with a post has no words; it stands for itself. */
const AD_SIGNS: Readonly<Partial<Record<AdSign, string>>> = {
  'accounts-for-sale': 'sells accounts',
  'asks-to-follow': 'asks to follow or share',
  'token-promotion': 'promotes a token',
  'trading-signal': 'a trading signal',
  'ticker-stuffing': 'stuffed with tickers',
  'hashtag-stuffing': 'stuffed with hashtags',
  'income-promise': 'promises income',
  giveaway: 'a giveaway',
  'addresses-customers': 'speaks to customers',
  'sells-goods': 'sells a course, book or the like',
  'sells-services': 'sells services',
  discount: 'a discount or price',
  'free-offer': 'lures with free things',
  'price-list': 'a list of prices',
  'contact-to-buy': 'asks to get in touch',
  'affiliate-link': 'an affiliate link',
  'crypto-talk': 'talk of coins',
  ticker: 'names a ticker',
  urgency: 'presses for time',
  'praises-product': 'praises a product',
  'promises-benefit': 'promises the reader a benefit',
  'presents-product': 'presents a product',
  'for-your-business': 'speaks of your business',
  'call-to-act': 'asks to sign up or buy',
  'invites-to-click': 'invites to click',
  slogan: 'slogans',
  'many-hashtags': 'many hashtags',
  loud: 'loud',
  'same-text-by-many': 'posted by many accounts',
} satisfies Record<AdSign, string>;

const REASONS: Readonly<Record<FallbackReason, string>> = {
  'over-budget': 'the day’s budget for the model is spent',
  'no-time': 'the model would have answered too late',
  unreachable: 'the model could not be reached',
  overloaded: 'the model’s provider is overloaded',
  'bad-key': 'the model’s key is not accepted',
  'no-credit': 'the model’s account has no credit left',
  rejected: 'the model’s provider refused the question',
  refused: 'the model declined to answer',
  'too-large': 'the posts do not fit the model',
  'cut-off': 'the model’s answer was too long',
  unreadable: 'the model’s answer could not be read',
  'nothing-held': 'none of the model’s lines stood up to the check',
};

const PROBLEMS: Texts['problems'] = {
  'no-citation': () => 'it named no post',
  'unknown-citation': (what) => `it named a post that is not there: ${what}`,
  number: (what) => `its posts do not have the figure ${what}`,
  name: (what) => `its posts do not speak of, or are not by, ${what}`,
  quotation: (what) => `nobody wrote “${what}”`,
  unlike: () => 'its posts are about something else',
  overstated: (what) => `its posts are less certain than “${what}”`,
  language: () => 'it was in another language',
  markup: (what) => `it held a link, a mention or markup: ${what}`,
  length: () => 'it was far too long',
  repeated: (what) => `it stands elsewhere already: ${what}`,
  judged: (what) => `a second reader: ${what}`,
};

export const en: Texts = {
  days: (from, to) => (from === to ? from : `${from} to ${to}`),
  enumeration: (things) => things.join(', '),

  reportTitle: (title, from, to) => `${title} report (${from} to ${to})`,
  writtenByNobody:
    'No model wrote this report: every line quotes a post word for word, chosen by weight and variety. Impact and advice are left out, because no post says them.',
  writtenBy: (model) =>
    `Written by a model (${model}) from the posts; every line was checked against the posts that it cites.`,
  takenOver: (reason) => `A model was to write this report, but ${REASONS[reason]}.`,
  partsTakenOver: (parts) =>
    `Quotations instead of the model’s lines: ${parts.map(({ part, reason }) => `${part} (${REASONS[reason]})`).join('; ')}.`,
  noAdvice: (reason) => `There is no advice, because ${REASONS[reason]}.`,
  inferred: (impact) => `Inference: ${impact}`,
  update: 'Update: ',
  seeEarlier: (day, address) => `see ${day} ${address}`,
  basedOn: (addresses) => ` (after ${addresses.join(', ')})`,
  linesNote: ({ written, cited, repaired, dropped }) =>
    `The model wrote ${counted(written, 'line')}; ${cited} stand here with their sources, ${repaired} of them rewritten after the check; ${dropped} were dropped.`,
  problems: PROBLEMS,
  quietWindow: (posts) => `A quiet window: ${counted(posts, 'post')} in all.`,
  brief: 'Ⅰ Brief',
  briefHint: 'the first screen: what mattered',
  facts: (count) => `Ⅱ Key information (${counted(count, 'fact')}, one sentence each)`,
  fact: 'Key information',
  impact: 'What it may mean',
  echo: 'Echo',
  details: 'Ⅲ Detailed analysis',
  conclusions: 'Ⅳ Conclusions and advice',
  sourcesWithoutLink: 'Sources without a link',
  closing: (counts) =>
    `${counted(counts.collected, 'post')} collected: ${counts.advertising.toLocaleString('en')} left out as advertising, ${counts.copies.toLocaleString('en')} as copies, ${counts.empty.toLocaleString('en')} without words. What remained: ${counted(counts.kept, 'post')} by ${counted(counts.authors, 'author')}, about ${counted(counts.stories, 'event')}; ${counts.cited} of them are cited here.`,
  missingSources: (sources) => `Missing, because they could not be read: ${sources.join(', ')}.`,
  pictures: {
    cloud: { title: 'Word cloud', alternative: 'Word cloud' },
    week: { title: 'The week', alternative: 'Themes of the last seven days' },
  },
  weekTitle: (title) => `${title}: the week`,
  weekCaption: 'The larger a circle, the more posts told of the theme on that day. –: no digest',
  courses: { new: 'new', 'going-on': '', faded: 'faded' },
  cloudCaption: (counts) =>
    `${counted(counts.kept, 'post')} · ${counted(counts.authors, 'author')}`,
  echoNumbers: ({ likes, reposts }) =>
    [
      likes === null ? null : roughly(likes, 'like'),
      reposts === null ? null : roughly(reposts, 'repost'),
    ]
      .filter((part) => part !== null)
      .join(', ') || 'not known',
  quotation: (who, text) => `${who}: “${innerQuotes(text)}”`,
  alsoToldBy: (who) => ` Also ${who.join(', ')}.`,

  isLate: 'This digest is late.',
  askButton: 'Ask',
  welcome: (title) => `This is the chat about ${title}.`,
  today: (day) => `Today is ${day}.`,
  usage: (written) => written,
  commandsAre: 'Commands',
  quits: 'End this chat',
  askFreely:
    'Anything else that you write to me is a question about the digest; in a group, reply to me or mention me.',
  unknownCommand: (name, meant) =>
    `There is no command /${name}.${meant === null ? '' : ` Did you mean /${meant}?`} /help shows what there is.`,
  noReports: 'There is no digest yet. /status shows when the next one comes.',
  noReportOn: (day, nearest) =>
    `There is no digest of ${day}.${nearest.length > 0 ? ` Nearest: ${nearest.join(', ')}.` : ''}`,
  futureDay: (day) => `${day} is still to come. Try /digest yesterday.`,
  unreadableDays: (words) =>
    `I cannot read "${words}" as days. Write them like yesterday, last Friday, last 3 days or 2026-01-26..2026-01-29.`,
  reversedDays: (from, to) =>
    `${from} is after ${to}. Write the earlier day first, like ${to}..${from}.`,
  tooManyDays: (most) =>
    `That is more than ${most} days at once. Ask for fewer, like last week or last 3 days.`,
  noSection: (letter, known) =>
    known.length === 0
      ? 'This digest has no sections.'
      : letter === ''
        ? `Which section? There are ${known.join(', ')}.`
        : `There is no section ${letter}; there are ${known.join(', ')}.`,
  noConclusions: (reason, known) => {
    const why =
      reason === null ? 'only a model writes them, and none wrote this one' : REASONS[reason];
    return `This digest has no conclusions and advice (IV): ${why}.${known.length > 0 ? ` There are ${known.join(', ')}.` : ''}`;
  },
  sectionsAre: 'Sections',
  sectionHint: ({ hasAdvice, hasSections }) =>
    `More: /section II for the table${hasSections ? ', /section A for a section' : ''}${hasAdvice ? ', /section IV for the advice' : ''}; or just ask.`,
  howToBegin: '/digest yesterday, /section C, a question, /help; /quit ends.',
  pictureFile: (title, path) => `${title}: ${path}`,
  jekyllPost: (path) => `Jekyll post: ${path}`,
  demoTitle: 'Demo AI (invented)',
  demoIsInvented:
    'Every post, person, company and product of this demo is invented, and in it today is always 14 October 2026.',
  noTerminal: 'No terminal to talk in: `npm run demo` in one opens the chat.',
  emptyQuestion: 'What would you like to know? For example: what was said about prices?',
  longQuestion: (most) =>
    `That is more than I can look for. Ask in at most ${most.toLocaleString('en')} characters.`,
  isForgotten: 'Forgotten. What you ask next stands by itself.',
  answeredBefore: (time) => `This was asked before: the answer of ${time}.`,
  brokenOff: {
    stopped: 'Stopped here.',
    lost: 'The model was lost here. Ask again for the rest.',
  },
  answerIsExtract: 'These are the passages that fit best, word for word.',
  modelIsLost: 'The model gave no answer. These are the passages that fit best, word for word.',
  lineOfReport: (days, address) => `Report of ${days}, ${address}`,
  sourceNumbers: ({ likes, reposts, replies, views }) =>
    [
      likes === null ? null : roughly(likes, 'like'),
      reposts === null ? null : roughly(reposts, 'repost'),
      replies === null ? null : roughly(replies, 'reply', 'replies'),
      views === null ? null : roughly(views, 'view'),
    ]
      .filter((part) => part !== null)
      .join(', '),
  noAnswer: 'Neither the digest nor its posts say anything about that.',
  unsearched: {
    talk: 'Ask me anything about the digest and its posts: what somebody said, what there was yesterday, what is known of a product. /help shows the rest.',
    count:
      'Counting posts by author, or more than 10,000 of them, is more than I do without a model. Name days, an author or words, and I count the posts.',
    summary:
      'Summing up in other words needs a model, and none is set up: whoever runs me sets ANTHROPIC_API_KEY in .env.',
    translation:
      'Translating needs a model, and none is set up: whoever runs me sets ANTHROPIC_API_KEY in .env. /section C and /sources C show the words as they were written.',
  },
  counted: ({ posts, copies, authors, advertising, by, words }) =>
    [
      `${counted(posts, 'post')}${by.length === 0 ? '' : ` by ${by.map((handle) => `@${handle}`).join(', ')}`}${words.length === 0 ? '' : ` with ${words.length === 1 ? 'the word' : 'all of the words'} ${words.join(', ')}`}`,
      ...(posts > 0 && by.length === 0 ? [`, by ${counted(authors, 'author')}`] : []),
      ...(copies > 0
        ? [
            `; ${copies.toLocaleString('en')} of them ${copies === 1 ? 'repeats' : 'repeat'} another`,
          ]
        : []),
      '.',
      ...(advertising > 0
        ? [` Left out as advertising: ${advertising.toLocaleString('en')}.`]
        : []),
    ].join(''),
  newestOfThem: 'The newest of them:',
  linesToSumUp: 'What there is to sum up:',
  noMore: 'There is nothing more about that than what was shown.',
  aboutDays: (days) => `About ${days}.`,
  beyondView: (days) => `From the posts of all days, not only from the digest of ${days}.`,
  besideDays: (days, more) =>
    `Nothing ${more ? 'more ' : ''}of ${days} answers that; this is of the days beside.`,
  nothingThere: ({ days, authors, sections }) => {
    const limits = [
      ...(days === null ? [] : [`of ${days}`]),
      ...(authors.length === 0 ? [] : [`by ${authors.join(' or ')}`]),
      ...(sections.length === 0 ? [] : [`in ${sections.join(', ')}`]),
    ];
    return `I looked for posts ${limits.join(', ')}, and none says anything about that.`;
  },
  nearestThings: 'The nearest that is there:',
  sources: 'Sources',
  failed: (reference) => `That did not work. In the log it is under ${reference}.`,
  forOwnersOnly: (command) => `/${command} is for owners only.`,
  forAdminsOnly: (command) => `/${command} is for administrators of this chat.`,
  notUnderstood: (words, usage) => `I cannot do anything with "${words}" here. It takes: ${usage}.`,
  noTopic: (word, known) =>
    word === ''
      ? `Which topic? There are ${known.join(', ')}.`
      : `There is no topic "${word}"; there are ${known.join(', ')}.`,
  noHour: (word) => `"${word}" is no hour. Write it like 10:00.`,
  tooEarly: (hour, title, first, command) =>
    `${title} is not there at ${hour} yet, only from ${first}: ${command} has it come then.`,
  noLanguage: (word) => `"${word}" is no language that I know. Write a tag like en, zh or ja.`,
  sourceOfAnswer: (number, question) =>
    `${number === null ? 'Sources' : `[${number}]`} of the answer to “${innerQuotes(question)}”`,
  noSourceOfAnswer: (number, sources, question) =>
    `The answer to “${innerQuotes(question)}” has no [${number}], only ${sources === 1 ? '[1]' : `[1] to [${sources}]`}. Lines of the digest are named like I.${Math.max(1, number)}: /sources I.${Math.max(1, number)}.`,
  noLine: (word, example) =>
    `This digest has no line ${word}. Lines are named like ${example}: /sources ${example}.`,
  noReportsIn: (from, to, nearest) =>
    `There is no digest from ${from} to ${to}.${nearest.length > 0 ? ` Nearest: ${nearest.join(', ')}.` : ''}`,
  digestOfDay: (command) => `Whole: ${command}`,
  makeIt: (command) => `${command} makes it.`,
  nothingToDraw: 'This digest has no pictures: there was nothing to draw.',
  readBefore: (posts, dollars) =>
    `The sources were read before: ${counted(posts, 'new post')}${dollars === null ? '' : `, for ${dollars} of X`}.`,
  nothingToTell: (from, to, posts) =>
    `${from === to ? from : `${from} to ${to}`} has nothing to tell: ${counted(posts, 'post')} collected.`,
  whenExamples: ['yesterday', '2 days ago', 'last Friday', 'last week'],
  topicsAre: 'Topics',
  everyDay: (hour, timeZone) => `every day at ${hour} (${timeZone})`,
  noHourSet: 'nothing is posted by itself',
  nextAt: (time) => `next ${time}`,
  subscribedHere: 'comes here',
  subscribeHint: '/subscribe TOPIC has it posted here.',
  subscribedTo: (title, hour, timeZone) =>
    `${title} comes here at ${hour} (${timeZone}) from now on. /unsubscribe ends that.`,
  subscribedWithoutHour: (title) =>
    `${title} will come here, but no hour is set for it yet: that is for the owner to do.`,
  unsubscribedFrom: (title) => `${title} does not come here any more.`,
  wasNotSubscribed: (title) => `${title} did not come here anyway.`,
  nothingSubscribed: 'Nothing is posted here. /topics shows what there is.',
  topicIsGone: 'does not exist any more',
  scheduleIs: 'What comes here',
  noPostsInTerminal:
    'Nothing is posted in a terminal: say it in a chat on Telegram or Discord. /digest shows the digest here.',
  notInTerminal:
    'That is not kept for a terminal. Say it in a chat on Telegram or Discord; for a language, start with chorus chat --language en.',
  languageIs: (tag) => `I speak ${tag} here. /language zh changes that.`,
  languageIsNow: (tag) => `From now on I speak ${tag} here.`,
  isAllowed: (channel) => `${channel} may use the bot from now on. /subscribe has a topic posted.`,
  isDenied: (channel) => `${channel} gets nothing from now on.`,
  noChannel: (written) =>
    written === ''
      ? 'Which chat? Write its id, like telegram:-100123.'
      : `"${written}" is no id of a chat. Write the one that the chat was told, like telegram:-100123.`,
  spentToday: (dollars) => `The model cost ${dollars} today.`,
  nothingAsked: 'Nothing was asked in the last week.',
  spentOnX: (dollars) => `Reading X cost ${dollars} in the last week.`,
  topicUsage:
    'Say /topic, /topic add NAME SOURCE or /topic remove NAME SOURCE. A source looks like x_user=karpathy, feed=https://…, bluesky=@alice.bsky.social or mastodon=#ai@mastodon.social.',
  topicChanged: (topic, { added, known, gone }) =>
    [
      `Done. I begin anew with "${topic}" so changed, within a minute.`,
      ...(added.length > 0 ? [`New: ${added.join(', ')}.`] : []),
      ...(known.length > 0 ? [`Already there: ${known.join(', ')}.`] : []),
      ...(gone === null
        ? []
        : [
            `"${gone}", which there is only as long as no topic is named, is no more; its posts and digests stay, and /topic add ${gone} keeps it too.`,
          ]),
    ].join(' '),
  noSourcesNamed: 'It names no sources: its posts are imported.',
  sourceIs(state) {
    switch (state.kind) {
      case 'failing': {
        const next = state.isLeft
          ? `was to be tried again ${state.nextAt}, and nobody did`
          : `the next try is at ${state.nextAt}`;
        return `fails since ${state.since}: ${state.reason}; ${next}`;
      }
      case 'resting':
        return `rests until ${state.until}: the budget for X is used up`;
      case 'read': {
        const last = state.lastPost === null ? '' : `, the last new post came ${state.lastPost}`;
        const but = state.trouble === null ? '' : `, with trouble: ${state.trouble}`;
        return `read ${state.at}${last}${but}`;
      }
      default:
        return 'not read yet';
    }
  },
  sourcesAre: (well, failing) =>
    failing === 0
      ? `${counted(well, 'source is', 'sources are')} well.`
      : `${counted(well, 'source is', 'sources are')} well, ${failing} cannot be read.`,
  budgetUsedUp: (sources, until) =>
    `The budget for X is used up: ${counted(sources, 'source rests', 'sources rest')} until ${until}.`,
  lastDigest: (day, madeAt) => `last digest ${day}, made ${madeAt}`,
  noReportsYet: 'no digest yet',
  sentLately: ({ sent = 0, failed = 0, unknown = 0, waiting = 0, sending = 0, ...rest }) =>
    `last day: ${sent} sent, ${waiting + sending} waiting, ${failed} to be tried again, ${unknown} not known to have arrived, ${rest['given-up'] ?? 0} given up`,
  platformIs: (name, trouble) => `${name}: ${trouble ?? 'well'}`,
  stranger: (channel) =>
    `Hello. I only work in chats that my owner has let in. The id of this one is ${channel}.`,
  notAllowedYet: 'This chat is not let in yet. /allow lets it in.',
  usedUp: 'That was as much as one person, or one chat, may ask in a day. I answer again tomorrow.',
  questionsUsedUp:
    'That was as much as one person, or one chat, may ask in a day. I answer questions again tomorrow; /digest, /section and /sources go on.',
  oldButton: 'That is not there any more. /digest shows the newest.',
  stopButton: 'Stop',
  isStopped: 'Stopped.',
  nothingToStop: 'That answer is finished already.',
  notYoursToStop: 'Only whoever asked, and administrators, can stop this answer.',
  askHow: 'Write /ask and your question, or reply to this message with it.',
  channelGone: (channel, reason) =>
    `Nothing is sent to ${channel} any more: ${reason}. /allow ${channel} begins again.`,
  deliveryGivenUp: (channel, reason) => `The digest for ${channel} was given up: ${reason}.`,
  deliveryUnknown: (channel, reason) =>
    `Nobody knows whether the digest for ${channel} arrived: ${reason}. It is not sent twice; /digest shows it there.`,
  badToken: (platform, reason) =>
    `The token of ${platform} is not accepted: ${reason}. Set a new one and start again.`,
  readingStopped: (topic, reason) =>
    `X is not read any more for "${topic}": ${reason}. Raise x_budget in chorus.yaml, or let it be.`,
  sourceFails: (source, topic, since, reason) =>
    `The source ${source} of "${topic}" has failed since ${since}: ${reason}. Its posts are missing in the digests until it is mended.`,
  sourceIsSilent: (source, topic, since) =>
    `The source ${source} of "${topic}" has given nothing new since ${since}. See whether it still has posts.`,
  emptyDay: (title, day) => `${title}: nothing was posted for ${day}.`,
  working: 'A moment …',
  droppedFrom: (days, posts) =>
    `The digest of ${days} left ${counted(posts, 'post')} out as advertising`,
  nothingDropped: (days) => `The digest of ${days} left nothing out as advertising.`,
  times: (count) => (count > 1 ? ` (${count} posts)` : ''),
  moreDropped: (posts, page) => `… and ${posts} more: /dropped ${page}`,
  noPage: (page) => `There is no page "${page}". /dropped shows the first.`,
  takeBackHint: 'One of them is no advertising? /takeback ID takes it back.',
  notDropped: (words) =>
    words === ''
      ? 'Which post? /dropped lists them with their ids.'
      : `This digest left no post "${words}" out as advertising. /dropped lists those that it did.`,
  takenBack: (id, author) =>
    `Post ${id} by @${author} is taken back. It counts from the next time the digest is made.`,
  isTakenBack: 'taken back',
  adSign: (key) => AD_SIGNS[key] ?? key,
  commands: {
    digest: 'Show a digest: the newest, or of a day',
    section: 'Show a section in full: Ⅱ, A to I, Ⅳ',
    sources: 'Show the posts that a line rests on',
    cloud: 'Show the word cloud and the week',
    ask: 'Ask about the digest shown last',
    new: 'Forget what you asked here, and begin anew',
    topics: 'Show what topics there are',
    subscribe: 'Have a topic posted here',
    unsubscribe: 'End what is posted here',
    schedule: 'Show what comes here, and when',
    language: 'Show or change what I speak here',
    status: 'Show how it is going',
    help: 'Show what I can do',
    allow: 'Let a chat in',
    deny: 'Shut a chat out',
    run: 'Read the sources, and make a digest now',
    usage: 'Show what the model and X cost',
    topic: 'Show or change the topics and their sources',
    dropped: 'Show what the digest left out as advertising',
    takeback: 'Take a post back that is no advertising',
  },
};
