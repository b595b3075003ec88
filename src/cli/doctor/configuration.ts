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
    return { config: null, findings: findingsIn(error) };
  }
}

/** A finding for each thing that is wrong; what is to be done stands under the last one. */
function findingsIn({ message }: UserError): Finding[] {
  const [head = '', ...lines] = message.split('\n').map((line) => line.trim());
  const [last = head, ...others] = lines.toReversed();
  return [
    ...others.toReversed().map((says): Finding => ({ name: NAME, state: 'bad', says })),
    bad(NAME, last, 'Correct chorus.yaml and .env, or run `chorus init`.'),
  ];
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
