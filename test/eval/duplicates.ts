import { z } from 'zod';

import { count, type Measurement, score } from '../support/measurement.ts';
import { bCubed } from './metrics.ts';
import { originalsOf } from './program.ts';
import { label, postOf, readRows, refuseRepeats } from './rows.ts';

const form = z.looseObject({ group: label });

/** Measures which posts are joined as copies of one content: B-cubed over all posts. */
export async function measureDuplicates({ data }: { data: string }): Promise<Measurement> {
  const rows = await readRows(data, form);
  const posts = rows.map((row) => ({ line: row.line, value: postOf(data, row) }));
  refuseRepeats(data, posts);
  const truth = rows.map(({ value }) => value.group);
  const found = originalsOf(posts.map(({ value }) => value));
  const n = rows.length;
  const groups = new Set(truth).size;
  const result = bCubed(found, truth);
  return {
    figures: { suite: 'duplicates', n, ...result },
    table: [
      ['posts', count(n)],
      ['groups', `${count(groups)} labelled, ${count(new Set(found).size)} found`],
      ['B-cubed precision', score(result.precision)],
      ['B-cubed recall', score(result.recall)],
      ['B-cubed F1', score(result.f1)],
    ],
    quality: {
      what: 'copies are joined',
      on: `${count(n)} posts of ${count(groups)} contents`,
      figures: `B-cubed precision ${score(result.precision)}, recall ${score(result.recall)}, F1 ${score(result.f1)}`,
      command: 'npm run eval -- duplicates --data FILE',
    },
  };
}
