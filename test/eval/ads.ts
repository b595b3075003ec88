import { z } from 'zod';

import { UserError } from '../../src/model/errors.ts';
import { count, type Measurement, score } from '../support/measurement.ts';
import { precisionRecall } from './metrics.ts';
import { advertisingAmong } from './program.ts';
import { label, postOf, readRows, refuseRepeats, type Row } from './rows.ts';

/** `label` is `ad` (or 1), `borderline` where readers differ, else no advertising. */
const form = z.looseObject({ id: label, label });

type AdRow = z.output<typeof form>;

/** The rows have no time of their own, and all need one. */
const SOME_TIME = '2026-01-01T00:00:00Z';

/** Measures which posts are left out as advertising: precision, recall and F1 of the ads. */
export async function measureAds({ data }: { data: string }): Promise<Measurement> {
  const rows = await readRows(data, form);
  refuseRepeats(data, rows);
  const predicted = advertisingAmong(rows.map((row) => postOf(data, inOurForm(row))));
  const scored = rows.map(({ value }) => value).filter((row) => row.label !== 'borderline');
  if (scored.length === 0) {
    throw new UserError('input', `${data} has no row to score: all of them are borderline.`);
  }
  const idsWhere = (isAd: boolean, isFound: boolean) =>
    scored
      .filter((row) => isAdvertising(row) === isAd && predicted.has(row.id) === isFound)
      .map(({ id }) => id);
  const falsePositives = idsWhere(false, true);
  const falseNegatives = idsWhere(true, false);
  const truePositives = idsWhere(true, true).length;
  const result = precisionRecall({
    truePositives,
    falsePositives: falsePositives.length,
    falseNegatives: falseNegatives.length,
  });
  const ads = truePositives + falseNegatives.length;
  const n = scored.length;
  return {
    figures: { suite: 'ads', n, ...result, falsePositives, falseNegatives },
    table: [
      ['posts', `${count(n)} scored, ${count(rows.length - n)} borderline left out`],
      ['advertising', `${count(ads)} labelled, ${count(truePositives)} of them found`],
      ['precision', score(result.precision)],
      ['recall', score(result.recall)],
      ['F1', score(result.f1)],
      [`false positives (${falsePositives.length})`, falsePositives.join(' ')],
      [`false negatives (${falseNegatives.length})`, falseNegatives.join(' ')],
    ],
    quality: {
      what: 'advertising is left out',
      on: `${count(n)} labelled posts, ${count(ads)} of them advertising`,
      figures: `precision ${score(result.precision)}, recall ${score(result.recall)}, F1 ${score(result.f1)}`,
      command: 'npm run eval -- ads --data FILE',
    },
  };
}

function isAdvertising({ label: said }: AdRow): boolean {
  return ['ad', '1', 'true'].includes(said);
}

function inOurForm({ line, value }: Row<AdRow>): Row<unknown> {
  const { bio, followers, ...rest } = value;
  return {
    line,
    value: { created_at: SOME_TIME, author_bio: bio, author_followers: followers, ...rest },
  };
}
