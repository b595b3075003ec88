import { plainLine } from '../lib/text.ts';
import { lookAtConfiguration } from './doctor/configuration.ts';
import { checksFor, examine, networkInWords, openPatient } from './doctor/examine.ts';
import { type Finding, unknown } from './doctor/finding.ts';
import type { Beginning, Verb } from './verb.ts';

type Options = { offline?: boolean; json?: boolean };

/** `chorus doctor` */
export const doctor: Verb = (program, start) => {
  program
    .command('doctor')
    .description(
      'look whether all is well, asking the network too, and say what to do where it is not',
    )
    .option('--offline', 'ask nobody: look only at what is on this machine, and at the database')
    .option('--json', 'print the result as JSON')
    .action((options: Options) => start({ early: (beginning) => run(options, beginning) }));
};

async function run({ offline = false, json }: Options, beginning: Beginning): Promise<number> {
  const { environment, folder, now, signal, out } = beginning;
  const { config, findings } = lookAtConfiguration(environment, folder);
  const hide = hiding(SECRETS.map((name) => environment[name] ?? ''));
  const tell = (all: readonly Finding[]) => {
    const shown = all.map((finding) => cleaned(finding, hide));
    out.write(json ? `${JSON.stringify({ checks: shown })}\n` : linesOf(shown));
    return all.some(({ state }) => state === 'bad') ? 1 : 0;
  };
  if (!config) {
    return tell([...findings, unknown('all else', 'not looked at before that is put right')]);
  }
  const patient = openPatient(config, now, signal, offline);
  try {
    const found = await examine(patient, signal, checksFor(offline));
    return tell([networkInWords(offline), ...findings, ...found]);
  } finally {
    await patient.close();
  }
}

const SECRETS = [
  'TELEGRAM_TOKEN',
  'DISCORD_TOKEN',
  'TELEGRAM_WEBHOOK_SECRET',
  'ANTHROPIC_API_KEY',
  'X_BEARER_TOKEN',
] as const;

/** What a server says may hold what it was sent. */
function hiding(secrets: readonly string[]): (words: string) => string {
  const hidden = secrets.filter((secret) => secret.length > 3);
  return (words) => hidden.reduce((text, secret) => text.replaceAll(secret, '[secret]'), words);
}

function cleaned({ todo, ...finding }: Finding, hide: (words: string) => string): Finding {
  const clean = (words: string) => plainLine(hide(words));
  return {
    name: clean(finding.name),
    state: finding.state,
    says: clean(finding.says),
    ...(todo !== undefined && { todo: clean(todo) }),
  };
}

const SIGNS = { good: '✓', bad: '✗', unknown: '·' } as const;

/** A line for each finding; what is to be done stands under it. */
export function linesOf(findings: readonly Finding[]): string {
  return findings
    .map(({ name, state, says, todo }) => {
      const line = `${SIGNS[state]} ${name}: ${says}\n`;
      return todo === undefined ? line : `${line}  → ${todo}\n`;
    })
    .join('');
}
