import type Anthropic from '@anthropic-ai/sdk';

import { openClient } from '../../claude/api.ts';
import { failureFrom } from '../../claude/errors.ts';
import type { FailureKind } from '../../claude/failure.ts';
import { bad, type Check, type Finding, good, unknown } from './finding.ts';

const NAME = 'model';

/** Whether the model's provider accepts the key and knows the models. Costs nothing. */
export const model: Check = {
  name: NAME,
  async look({ config: { claude, models } }, signal) {
    if (!claude) {
      return [unknown(NAME, 'no ANTHROPIC_API_KEY is set: reports are made of quotations')];
    }
    const client = await openClient(claude);
    const choices = [models.report, models.ask, models.check];
    const names = new Set(choices.flatMap((choice) => choice?.model ?? []));
    return Promise.all(
      [...names].map(async (name) => {
        const failure = await countIn(client, name, signal);
        return judgeModel(name, failure, claude.baseUrl !== null);
      }),
    );
  },
};

type Failure = { readonly kind: FailureKind; readonly message: string };

/** Has the tokens of a word counted, which is free; `null` where that went well. */
async function countIn(
  client: Anthropic,
  name: string,
  signal: AbortSignal,
): Promise<Failure | null> {
  try {
    const messages = [{ role: 'user' as const, content: 'Hello' }];
    await client.messages.countTokens({ model: name, messages }, { signal });
    return null;
  } catch (error) {
    signal.throwIfAborted();
    return failureFrom(error);
  }
}

/** Says what came of asking for a model. Other servers than Anthropic's may not count tokens. */
export function judgeModel(name: string, failure: Failure | null, isOther: boolean): Finding {
  const what = `${NAME} ${name}`;
  if (!failure) return good(what, 'answers');
  const { kind, message } = failure;
  switch (kind) {
    case 'bad-key':
      return bad(what, `the key is not accepted (${message})`, 'Look at ANTHROPIC_API_KEY.');
    case 'no-credit':
      return bad(what, `the account has no credit left (${message})`, 'Add to it.');
    case 'unreachable':
      return bad(
        what,
        'its server cannot be reached',
        isOther ? 'Look at ANTHROPIC_BASE_URL.' : 'Look at the network.',
      );
    case 'rejected':
      return isOther
        ? unknown(what, `its server does not count tokens (${message}), so nothing is known`)
        : bad(what, `is refused (${message})`, 'Look at models in chorus.yaml.');
    default:
      return unknown(what, `its provider has trouble just now (${message})`);
  }
}
