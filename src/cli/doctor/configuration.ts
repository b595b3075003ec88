import { type Config, loadConfig } from '../../config.ts';
import { UserError } from '../../model/errors.ts';
import { bad, type Finding, good } from './finding.ts';

const NAME = 'configuration';

/** Reads the configuration; `config` is `null` where it is wrong. */
export function lookAtConfiguration(
  environment: NodeJS.ProcessEnv,
  folder: string,
): { readonly config: Config | null; readonly findings: Finding[] } {
  try {
    const config = loadConfig(environment, folder);
    return { config, findings: judgeConfiguration(config) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const says = error.message.replaceAll(/\s*\n\s*/g, ' ');
    const finding = bad(NAME, says, 'Correct chorus.yaml and .env, or run `chorus init`.');
    return { config: null, findings: [finding] };
  }
}

/** Says what is set, and what is missing for a bot that people can use. */
export function judgeConfiguration({ topics, plans, chats, ...config }: Config): Finding[] {
  const hours = topics.map(({ key }) => {
    const plan = plans.get(key);
    return `${key} ${plan ? `at ${plan.postAt}` : 'at no hour'}`;
  });
  const platforms = (['telegram', 'discord'] as const).filter((name) => config[name]);
  const ownerless = platforms.filter((name) => chats.owners[name].length === 0);
  return [
    good(NAME, hours.join(', ')),
    ...ownerless.map((name) =>
      bad(
        `owners on ${name}`,
        'there are none, so nobody can let the bot into a chat',
        `Write the id of your account to chats.owners.${name} in chorus.yaml.`,
      ),
    ),
  ];
}
