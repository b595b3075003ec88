import { z } from 'zod';

import { count, type Measurement, score } from '../support/measurement.ts';
import { kmeans } from './kmeans.ts';
import { normalisedMutualInformation } from './metrics.ts';
import { themeOf } from './program.ts';
import { label, readRows } from './rows.ts';
import { tfidf } from './tfidf.ts';

const form = z.object({
  text: z.string('is not text').refine((text) => text.trim() !== '', 'is empty'),
  cluster: label,
});

/**
 * Measures how texts are grouped by theme: normalised mutual information with the labels. Beside
 * it stands k-means over TF-IDF, which is told the true number of clusters, as the program is not.
 */
export async function measureThemes({ data }: { data: string }): Promise<Measurement> {
  const rows = await readRows(data, form);
  const texts = rows.map(({ value }) => value.text);
  const truth = rows.map(({ value }) => value.cluster);
  const labelled = new Set(truth).size;
  const found = themeOf(texts);
  const n = rows.length;
  const nmi = normalisedMutualInformation(found, truth);
  const baseline = normalisedMutualInformation(kmeans(tfidf(texts), labelled), truth);
  const clusters = new Set(found).size;
  return {
    figures: { suite: 'themes', n, nmi, clusters, labelled, baselines: { kmeans: baseline } },
    table: [
      ['texts', count(n)],
      ['clusters', `${count(labelled)} labelled, ${count(clusters)} found`],
      ['NMI', score(nmi)],
      [`NMI of k-means, told ${count(labelled)}`, score(baseline)],
    ],
    quality: {
      what: 'texts are grouped by theme',
      on: `${count(n)} short texts of ${count(labelled)} themes`,
      figures: `NMI ${score(nmi)}; k-means, told the number of themes, ${score(baseline)}`,
      command: 'npm run eval -- themes --data FILE',
    },
  };
}
