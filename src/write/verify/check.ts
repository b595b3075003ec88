import type { Problem } from '../../model/verdict.ts';
import { type Grounds, readGround, tidy } from './ground.ts';
import { overstatements } from './certainty.ts';
import { mergers } from './merged.ts';
import { swappedNames } from './roles.ts';
import { wrongSpeakers } from './speakers.ts';
import { mismatchedPairs, misplacedFigures } from './subjects.ts';
import { unlikeness } from './likeness.ts';
import { readNames, strayNames } from './names.ts';
import { strayNumbers } from './numbers.ts';
import { strayQuotations } from './quotations.ts';

export type { Grounds } from './ground.ts';

/** What the rules find wrong with a line's words; empty when nothing. */
export function problemsOf(words: string, grounds: Grounds): Problem[] {
  const ground = readGround(grounds);
  const line = tidy(words).replace(REFERENCE, ' ');
  const names = readNames(ground);
  return [
    ...strayNumbers(line, ground),
    ...strayNames(line, names),
    ...strayQuotations(line, ground),
    ...misplacedFigures(line, ground),
    ...mismatchedPairs(line, ground),
    ...swappedNames(line, ground),
    ...wrongSpeakers(line, ground),
    ...unlikeness(line, ground, names),
    ...mergers(line, ground),
    ...overstatements(line, ground),
  ];
}

/** The report's own marks: that a line is an update, and the address of the line that it goes on from. */
const REFERENCE =
  /【更新】|[（(](?:见|参见|接续|see) ?(?:\d{4}-)?\d{1,2}-\d{1,2}(?: (?:[IVX]{1,4}(?:\.[A-Z])?\.\d{1,3}|帖|post)){0,3}[)）]/gu;

/** The problems that only raise a suspicion, for a model to judge where there is one. */
export function isSuspicion({ kind }: Problem): boolean {
  return kind === 'unlike' || kind === 'overstated';
}
