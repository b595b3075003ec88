import type { Curation } from '../model/story.ts';
import type { Topic } from '../model/topic.ts';
import type { Window } from '../model/window.ts';
import type { EarlierReport } from './continuity.ts';

/** What a report is to be about. */
export type Assignment = {
  readonly topic: Topic;
  readonly window: Window;
  readonly curation: Curation;
  /** The last reports of the topic, newest first. */
  readonly earlier: readonly EarlierReport[];
  readonly createdAt: Date;
};
