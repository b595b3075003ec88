import { TOPIC_KEY } from '../../config/file.ts';
import { plainLine } from '../../lib/text.ts';
import { NO_LANGUAGE, readLanguage, type Topic } from '../../model/topic.ts';
import { isTimeZone, timeOnDay } from '../../model/window.ts';
import { askUntil, type Prompter, type Read, refused, taken } from './prompter.ts';

/** A topic and the hour of its digest, `null` for never. */
export type FirstTopic = Topic & { readonly postAt: string | null };

/** Longer titles are refused by the configuration. Characters. */
const LONGEST_TITLE = 80;

/** Asks what is to be told. */
export async function askTopic(prompter: Prompter): Promise<FirstTopic> {
  const question = <T>(words: string, usual: string, read: (answer: string) => Read<T>) =>
    askUntil(
      prompter,
      () => prompter.ask(`${words} (Enter: ${usual}): `),
      (answer) => read(answer === '' ? usual : answer),
    );
  const key = await question('Short name of the first topic', 'twitter_ai', readKey);
  const title = await question('Its title', titleFrom(key), readTitle);
  const language = await question('Language of its reports', 'zh', readTag);
  const timeZone = await question('Its time zone', ownTimeZone(), readTimeZone);
  const postAt = await question('Hour of its digest, or - for never', '10:00', readHour);
  return { key, title, language, timeZone, postAt };
}

function readKey(answer: string): Read<string> {
  return TOPIC_KEY.test(answer)
    ? taken(answer)
    : refused('It is made of small letters, digits and _, begins with a letter, and is not long.');
}

/** "chip_news" is "Chip News". */
function titleFrom(key: string): string {
  const words = key.split('_').filter((word) => word !== '');
  return words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join(' ');
}

function readTitle(answer: string): Read<string> {
  const title = plainLine(answer);
  return title !== '' && title.length <= LONGEST_TITLE
    ? taken(title)
    : refused(`A title has up to ${LONGEST_TITLE} characters.`);
}

function readTag(answer: string): Read<string> {
  const language = readLanguage(answer);
  return language === null ? refused(`"${plainLine(answer)}" ${NO_LANGUAGE}.`) : taken(language);
}

function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function readTimeZone(answer: string): Read<string> {
  return isTimeZone(answer)
    ? taken(answer)
    : refused(`"${plainLine(answer)}" is no known time zone; write it like Asia/Shanghai.`);
}

function readHour(answer: string): Read<string | null> {
  if (answer === '-') return taken(null);
  return timeOnDay('2026-01-01', answer, 'UTC') === null
    ? refused('An hour looks like 10:00.')
    : taken(answer.padStart(5, '0'));
}
