import pLimit from 'p-limit';

import { NO_SOURCES } from '../../collect/settings.ts';
import { type Tried, trySource, tryX } from '../../collect/try.ts';
import type { Config } from '../../config.ts';
import { counted } from '../../lib/numbers.ts';
import { isCharged, sourceKey, type SourceSpec } from '../../model/source.ts';
import { bad, type Check, type Finding, good, type Patient, unknown } from './finding.ts';

/** So long all of it may take, milliseconds: somebody waits. */
const LONGEST_MS = 6000;
/** So many are asked side by side. */
const AT_ONCE = 8;

const NAME = 'sources now';

/** Whether X accepts the token and the sources that cost nothing answer, now. Nothing is stored. */
export const trials: Check = { name: NAME, look: (patient, signal) => tryAll(patient, signal) };

/** The same within so many milliseconds. */
export async function tryAll(
  { config, now }: Pick<Patient, 'config' | 'now'>,
  signal: AbortSignal,
  ms = LONGEST_MS,
): Promise<Finding[]> {
  const late = AbortSignal.timeout(ms);
  const asking = { now, signal: AbortSignal.any([signal, late]) };
  const specs = specsOf(config);
  const free = specs.filter((spec) => !isCharged(spec));
  const limit = pLimit(AT_ONCE);
  const [token, ...found] = await Promise.all([
    config.x === null ? null : inTime(() => tryX(config, asking), signal),
    ...free.map((spec) =>
      limit(async () => ({
        key: sourceKey(spec),
        came: await inTime(() => trySource(spec, config, asking), signal),
      })),
    ),
  ]);
  const paid = specs.length - free.length;
  return [...judgeToken(token), ...judgeTrials(found), ...judgePaid(paid)];
}

/** What came of a trial; `late`: it had not ended when there was no time left. */
type Trial = Tried | { readonly kind: 'late' };

async function inTime(work: () => Promise<Tried>, signal: AbortSignal): Promise<Trial> {
  try {
    return await work();
  } catch {
    signal.throwIfAborted();
    return { kind: 'late' };
  }
}

/** The sources of all topics, each once. */
function specsOf({ topics, sources }: Config): SourceSpec[] {
  const all = topics.flatMap(({ key }) => (sources.get(key) ?? NO_SOURCES).specs);
  return [...new Map(all.map((spec) => [sourceKey(spec), spec])).values()];
}

const IN_VAIN = 'no answer in time';

/** Says what X said to the token; `null`: there is none. */
function judgeToken(trial: Trial | null): Finding[] {
  const name = 'X';
  if (trial === null) return [];
  switch (trial.kind) {
    case 'answers':
      return [good(name, 'accepts the token')];
    case 'late':
      return [unknown(name, IN_VAIN, 'Try again; if it stays so, look at the network.')];
    default: {
      const { kind, message } = trial.failure;
      if (kind === 'limited') return [unknown(name, message)];
      return kind === 'refused'
        ? [bad(name, message, 'Write the bearer token of an app of X to .env.')]
        : [bad(name, message, 'Look at the network, and at X_API_ROOT where it is set.')];
    }
  }
}

/** Says which sources do not answer; of those that do, how many. */
function judgeTrials(found: readonly { readonly key: string; readonly came: Trial }[]): Finding[] {
  const answering = found.filter(({ came }) => came.kind === 'answers').length;
  const late = found.filter(({ came }) => came.kind === 'late');
  const failing = found.flatMap(({ key, came }) =>
    came.kind === 'fails' ? [judgeFailure(key, came.failure)] : [],
  );
  return [
    ...(answering > 0 ? [good(NAME, counted(answering, 'source answers', 'sources answer'))] : []),
    ...failing,
    ...late.map(({ key }) => unknown(`${key} now`, IN_VAIN, 'Try again, or look at its address.')),
  ];
}

function judgeFailure(
  key: string,
  { kind, message }: (Tried & { kind: 'fails' })['failure'],
): Finding {
  const name = `${key} now`;
  switch (kind) {
    case 'limited':
      return unknown(name, message);
    case 'unreachable':
      return bad(name, message, 'Look at its address and the network.');
    default:
      return bad(
        name,
        message,
        'Correct it in chorus.yaml, or take it away (chorus topic remove).',
      );
  }
}

/** Says of the sources of X why they are not tried. */
function judgePaid(count: number): Finding[] {
  if (count === 0) return [];
  const says = `${counted(count, 'source of X is', 'sources of X are')} not tried: reading costs money`;
  return [
    unknown('sources of X', says, 'chorus topic test tries them, and says what it may cost.'),
  ];
}
