import { z } from 'zod';

import { count, type Measurement, score } from '../support/measurement.ts';
import { averagePrecision, precisionRecall } from './metrics.ts';
import { retelling } from './program.ts';
import { readRows } from './rows.ts';

const text = z.string('is not text');

const form = z.object({
  a: text,
  b: text,
  label: z.union(
    [
      z.literal([0, '0', false]).transform(() => false),
      z.literal([1, '1', true]).transform(() => true),
    ],
    'is neither 1 (same meaning) nor 0',
  ),
});

/**
 * Measures which pairs of posts are told as one: precision and recall of the program's decision,
 * average precision of the score that it rests on.
 */
export async function measureParaphrase({ data }: { data: string }): Promise<Measurement> {
  const rows = await readRows(data, form);
  const pairs = rows.map(({ value: { a, b, label: relevant } }) => ({
    ...retelling(a, b),
    relevant,
  }));
  const pairsWhere = (relevant: boolean, same: boolean) =>
    pairs.filter((pair) => pair.relevant === relevant && pair.same === same).length;
  const decisions = {
    truePositives: pairsWhere(true, true),
    falsePositives: pairsWhere(false, true),
    falseNegatives: pairsWhere(true, false),
  };
  const n = pairs.length;
  const result = { ...precisionRecall(decisions), averagePrecision: averagePrecision(pairs) };
  const alike = decisions.truePositives + decisions.falseNegatives;
  return {
    figures: { suite: 'paraphrase', n, ...result },
    table: [
      ['pairs', `${count(n)}, ${count(alike)} of them of one meaning`],
      [
        'told as one',
        `${count(decisions.truePositives)} rightly, ${count(decisions.falsePositives)} wrongly`,
      ],
      ['precision', score(result.precision)],
      ['recall', score(result.recall)],
      ['F1', score(result.f1)],
      ['average precision', score(result.averagePrecision)],
    ],
    quality: {
      what: 'retellings are recognised',
      on: `${count(n)} pairs of posts, ${count(alike)} of one meaning`,
      figures: `precision ${score(result.precision)}, recall ${score(result.recall)}, average precision ${score(result.averagePrecision)}`,
      command: 'npm run eval -- paraphrase --data FILE',
    },
  };
}
