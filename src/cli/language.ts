import { InvalidArgumentError, Option } from 'commander';

import { type Language, NO_LANGUAGE, readLanguage } from '../model/topic.ts';

/** The option `--language`; `remark` says what holds when it is not given. */
export function languageOption(remark = ''): Option {
  const description = `language, as a tag like zh, en, ja or pt-BR${remark && `; ${remark}`}`;
  return new Option('--language <tag>', description).argParser(read);
}

function read(tag: string): Language {
  const language = readLanguage(tag);
  if (language === null) throw new InvalidArgumentError(`It ${NO_LANGUAGE}.`);
  return language;
}
