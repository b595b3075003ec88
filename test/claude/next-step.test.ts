import { describe, expect, it } from 'vitest';

import { ModelFailure } from '../../src/claude/failure.ts';
import { nextStep } from '../../src/claude/next-step.ts';

const QUESTION = {
  model: 'claude-opus-5-5',
  effort: null,
  part: 'I',
  system: 'rules',
  shared: null,
  words: 'Write.',
  schema: {},
  maxTokens: 8000,
};
const MINUTE = 60_000;
const busy = (retryAfterMs?: number) =>
  new ModelFailure('overloaded', 'busy', retryAfterMs === undefined ? {} : { retryAfterMs });

describe('after a call that failed', () => {
  it('waits as long as the provider asks', () => {
    const step = nextStep(QUESTION, [busy(7000)], MINUTE);
    expect(step).toEqual({ kind: 'again', afterMs: 7000, question: QUESTION });
  });

  it('never waits past the deadline', () => {
    expect(nextStep(QUESTION, [busy(3_600_000)], MINUTE)).toEqual({ kind: 'too-late' });
  });

  it('waits longer each time when nobody says how long, and gives up at last', () => {
    const waits = [1, 2, 3, 4].map((count) => {
      const step = nextStep(
        QUESTION,
        Array.from({ length: count }, () => busy()),
        60 * MINUTE,
      );
      return step.kind === 'again' ? step.afterMs : step.kind;
    });
    expect(waits).toEqual([1000, 2000, 4000, 8000]);
    const five = Array.from({ length: 5 }, () => busy());
    expect(nextStep(QUESTION, five, 60 * MINUTE)).toEqual({ kind: 'give-up' });
  });

  it('allows an answer that was cut off twice the length, once', () => {
    const cut = new ModelFailure('cut-off', 'too long');
    const step = nextStep(QUESTION, [cut], MINUTE);
    expect(step).toMatchObject({ kind: 'again', question: { maxTokens: 16_000 } });
    expect(nextStep(QUESTION, [cut, cut], MINUTE)).toEqual({ kind: 'give-up' });
  });

  it('says once what was wrong with an answer that could not be read', () => {
    const unreadable = new ModelFailure('unreadable', 'It is no JSON.');
    const step = nextStep(QUESTION, [unreadable], MINUTE);
    expect(step).toMatchObject({ kind: 'again', afterMs: 0 });
    expect(step.kind === 'again' && step.question.words).toContain('It is no JSON.');
    expect(nextStep(QUESTION, [unreadable, unreadable], MINUTE)).toEqual({ kind: 'give-up' });
  });

  it.each(['bad-key', 'no-credit', 'rejected', 'refused', 'too-large', 'over-budget'] as const)(
    'does not ask again after %s',
    (kind) => {
      expect(nextStep(QUESTION, [new ModelFailure(kind, '')], MINUTE)).toEqual({ kind: 'give-up' });
    },
  );
});
