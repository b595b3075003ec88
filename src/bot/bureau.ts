import path from 'node:path';

import type { App } from '../app.ts';
import { answerQuestion, prepareToAnswer } from '../ask/answer.ts';
import type { Bureau, PlatformHealth } from '../chat/bureau.ts';
import { editTopics } from '../config-edit.ts';
import { makeDigest } from '../deliver/digest.ts';
import { windowNamed } from '../deliver/schedule.ts';
import { nextPosting } from '../deliver/timetable.ts';
import { sourceKey } from '../model/source.ts';
import { readOnWish } from './gathering.ts';

/** What commands can have done, with the pieces of the program, until it is stopped. */
export function openBureau(
  app: App,
  stop: AbortSignal,
  platforms: () => readonly PlatformHealth[] = () => [],
): Bureau {
  const { config, db, log, now, office } = app;
  const { topics, plans } = config;
  if (office) {
    prepareToAnswer(office).catch((error: unknown) =>
      log.warn({ err: error }, 'answering is not prepared'),
    );
  }
  return {
    topics,
    platforms,
    timetableOf({ key, timeZone }, at, wished = null) {
      const plan = plans.get(key);
      if (!plan) return { postAt: null, timeZone, next: null };
      const postAt = wished !== null && wished > plan.postAt ? wished : plan.postAt;
      return { postAt, timeZone, next: nextPosting({ ...plan, postAt }, at) };
    },
    windowOf: ({ key, timeZone }, from, to) => windowNamed(plans.get(key), { from, to }, timeZone),
    answer: (asked, watch) => answerQuestion({ db, office, log }, asked, watch),
    sourcesOf: ({ key }) => (config.sources.get(key)?.specs ?? []).map(sourceKey),
    editTopics: (edit) => editTopics(config, edit),
    readOn: (topic, window, enough) => readOnWish(app, topic, window, stop, enough),
    async make(topic, window, language, missing) {
      const outFolder = path.resolve(config.outFolder);
      const order = { topic, window, language, ...(missing && { missing }) };
      const digest = await makeDigest({ db, now, outFolder, office }, order);
      return digest.kind === 'made' ? { kind: 'made', report: digest.report } : digest;
    },
  };
}
