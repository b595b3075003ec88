import { isCharged, type SourceSpec } from '../model/source.ts';
import { type Means, openSource, xAccess } from './open.ts';
import { OverBudget, SourceFailure, type Wish } from './source.ts';

/** What came of trying something; what nobody expected is a failure too. */
export type Tried =
  | { readonly kind: 'answers' }
  | { readonly kind: 'fails'; readonly failure: SourceFailure };

/** So far back is asked for: whether there is anything new does not matter. */
const LOOK_BACK_MS = 24 * 3_600_000;

/**
 * Reads the first page of a source that costs nothing, and forgets it: nothing is stored, and the source
 * goes on from where it was. Rejects with the signal's reason.
 */
export async function trySource(
  spec: SourceSpec,
  means: Means,
  { now, signal }: Pick<Wish, 'now' | 'signal'>,
): Promise<Tried> {
  if (isCharged(spec)) throw new Error('reading it costs money');
  const since = new Date(now().getTime() - LOOK_BACK_MS);
  const reserve = () => Promise.reject(new OverBudget('this is to cost nothing', now()));
  return tried(signal, async () => {
    const pages = openSource(spec, means).read(null, { since, until: null, now, signal, reserve });
    const reading = pages[Symbol.asyncIterator]();
    await reading.next();
    await reading.return?.();
  });
}

/** Asks X whether it accepts the token, which costs nothing. Rejects with the signal's reason. */
export async function tryX(
  { x }: Pick<Means, 'x'>,
  { now, signal }: Pick<Wish, 'now' | 'signal'>,
): Promise<Tried> {
  return tried(signal, async () => {
    const { tryToken } = await import('./x/token.ts');
    await tryToken(xAccess(x), { now, signal });
  });
}

async function tried(signal: AbortSignal, work: () => Promise<void>): Promise<Tried> {
  try {
    await work();
    return { kind: 'answers' };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SourceFailure) return { kind: 'fails', failure: error };
    const message = 'it gave something that nobody expected';
    return { kind: 'fails', failure: new SourceFailure('unreadable', message, { cause: error }) };
  }
}
