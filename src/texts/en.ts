import { compactNumber } from '../lib/numbers.ts';
import type { Texts } from './type.ts';

export const en: Texts = {
  reportTitle: (title, from, to) => `${title} report (${from} to ${to})`,
  writtenByNobody:
    'No model wrote this report: every line quotes a post word for word, chosen by weight and variety. Impact and advice are left out, because no post says them.',
  quietWindow: (posts) => `A quiet window: ${posts === 1 ? 'one post' : `${posts} posts`} in all.`,
  brief: 'Ⅰ Brief',
  briefHint: 'the first screen: what mattered',
  facts: (count) =>
    `Ⅱ Key information (${count} ${count === 1 ? 'fact' : 'facts'}, one sentence each)`,
  fact: 'Key information',
  impact: 'What it may mean',
  echo: 'Echo',
  details: 'Ⅲ Detailed analysis',
  conclusions: 'Ⅳ Conclusions and advice',
  sourcesWithoutLink: 'Sources without a link',
  closing: (counts) =>
    `${counts.collected} posts collected: ${counts.advertising} left out as advertising, ${counts.copies} as copies, ${counts.empty} without words. The remaining ${counts.kept} posts by ${counts.authors} authors made ${counts.stories} stories; ${counts.cited} posts are cited here.`,
  cloud: 'Word cloud',
  cloudAlt: 'Word cloud',
  cloudCaption: (counts) => `${counts.kept} posts · ${counts.authors} authors`,
  echoNumbers: ({ likes, reposts }) =>
    [
      likes === null ? null : `${compactNumber(likes, 'en')} likes`,
      reposts === null ? null : `${compactNumber(reposts, 'en')} reposts`,
    ]
      .filter((part) => part !== null)
      .join(', ') || 'not known',
  quotation: (who, text) => `${who}: “${text}”`,
  alsoToldBy: (who) => ` Also ${who.join(', ')}.`,

  welcome: (title) => `This is the chat about ${title}.`,
  today: (day) => `Today is ${day}.`,
  commandsAre: 'Commands',
  askFreely: 'Anything else that you write is a question about the digest.',
  unknownCommand: (name) => `There is no command /${name}. /help shows what there is.`,
  noReports: 'There is no digest yet. Make one: chorus digest --date 2026-01-29',
  noReportOn: (day, nearest) =>
    `There is no digest of ${day}.${nearest.length > 0 ? ` Nearest: ${nearest.join(', ')}.` : ''}`,
  futureDay: (day) => `${day} is still to come. Try /digest yesterday.`,
  unreadableDay: (words) =>
    `I cannot read "${words}" as a day. Write it like yesterday, 3 days ago or 2026-01-29.`,
  noSection: (letter, known) =>
    known.length > 0
      ? `There is no section ${letter}; there are ${known.join(', ')}.`
      : 'This digest has no sections.',
  sectionsAre: 'Sections',
  sectionHint: 'More: /section II for the table, /section A for a section; or just ask.',
  howToBegin: '/digest yesterday, /section C, a question, /help; /quit ends.',
  picture: (path) => `Word cloud: ${path}`,
  jekyllPost: (path) => `Jekyll post: ${path}`,
  demoTitle: 'Demo AI (invented)',
  demoIsInvented:
    'Every post, person, company and product of this demo is invented, and in it today is always 14 October 2026.',
  emptyQuestion: 'What would you like to know? For example: what was said about prices?',
  answerIsExtract: 'No model is set up: these are the passages that fit best, word for word.',
  noAnswer: 'Neither the digest nor its posts say anything about that.',
  nearestThings: 'The nearest that is there:',
  sources: 'Sources',
  failed: (reference) => `That did not work. In the log it is under ${reference}.`,
  commands: {
    digest: 'Show a digest: the newest, or of a day',
    section: 'Show a section in full: Ⅱ, A to I',
    ask: 'Ask about the digest shown last',
    help: 'Show what I can do',
  },
};
