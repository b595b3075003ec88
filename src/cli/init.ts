import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { exists, ignoreCode } from '../lib/files.ts';
import { type Accounts, askAccounts } from './init/accounts.ts';
import { envWith, type NewFile, placeFiles, yamlOf } from './init/files.ts';
import { nextSteps } from './init/next-steps.ts';
import { confirm, openPrompter } from './init/prompter.ts';
import { askTopic, type FirstTopic } from './init/topic.ts';
import type { Beginning, Verb } from './verb.ts';

/** `chorus init` */
export const init: Verb = (program, start) => {
  program
    .command('init')
    .description('ask for what is needed, and write chorus.yaml and .env; Ctrl-C writes nothing')
    .action(() => start({ early: run }));
};

async function run(beginning: Beginning): Promise<number> {
  const { environment, folder } = beginning;
  const name = environment['CHORUS_CONFIG'] || 'chorus.yaml';
  const file = path.resolve(folder, name);
  const prompter = openPrompter(beginning);
  try {
    const isNew =
      !(await exists(file)) ||
      (await confirm(prompter, `${name} is there already. Write another in its place?`));
    if (!isNew) prompter.say(`${name} stays as it is; the tokens can be changed.`);
    const accounts = await askAccounts(prompter, environment);
    const topic = isNew ? await askTopic(prompter) : null;
    prompter.signal.throwIfAborted();
    const files = [
      ...(await changedEnvironment(path.resolve(folder, '.env'), accounts)),
      ...(topic ? [{ file, text: textOf(topic, accounts), mode: 0o644 }] : []),
    ];
    await placeFiles(files);
    const written = files.map((each) => path.relative(folder, each.file)).join(' and ');
    prompter.say(written === '' ? 'Nothing was changed.' : `Written: ${written}.`);
    for (const step of nextSteps(accounts, topic?.key ?? null)) beginning.out.write(`${step}\n`);
    return 0;
  } finally {
    prompter.close();
  }
}

function textOf(topic: FirstTopic, { telegram, discord }: Accounts): string {
  const listed = (owner: string | null) => (owner === null ? [] : [owner]);
  return yamlOf(topic, { telegram: listed(telegram.owner), discord: listed(discord.owner) });
}

/** `.env` with the tokens that were given, readable by its owner only; nothing where none was. */
async function changedEnvironment(
  file: string,
  { telegram, discord }: Accounts,
): Promise<NewFile[]> {
  const variables = new Map<string, string>();
  if (telegram.token !== null) variables.set('TELEGRAM_TOKEN', telegram.token);
  if (discord.token !== null) variables.set('DISCORD_TOKEN', discord.token);
  if (variables.size === 0) return [];
  const text = await readFile(file, 'utf8').catch(ignoreCode('ENOENT'));
  return [{ file, text: envWith(text ?? '', variables), mode: 0o600 }];
}
