import { NO_SOURCES } from '../../collect/settings.ts';
import { counted } from '../../lib/numbers.ts';
import { type LostTopic, subscribedBeyond } from '../../store/subscriptions.ts';
import { spanOfTopic } from '../../store/posts.ts';
import type { Topic } from '../../model/topic.ts';
import { timeToMinute } from '../../model/window.ts';
import { bad, type Check, type Finding, good, openedDatabase, unknown } from './finding.ts';

const NEW_MS = 2 * 86_400_000;

/** Whether every topic has posts of the last two days. */
export const topics: Check = {
  name: 'posts',
  async look(patient) {
    const open = await openedDatabase(patient);
    if (!open) return [unknown('posts', 'not looked at: the database does not open')];
    const { topics: named } = patient.config;
    const lost = await subscribedBeyond(
      open.db,
      named.map(({ key }) => key),
    );
    const posts = await Promise.all(
      named.map(async (topic) => {
        const span = await spanOfTopic(open.db, topic.key);
        const { specs } = patient.config.sources.get(topic.key) ?? NO_SOURCES;
        return judgeTopic(topic, span?.last ?? null, patient.now(), specs.length > 0);
      }),
    );
    return [...posts, ...lost.map((one) => bad('topics', lostTopicInWords(one), LOST_TOPIC_TODO))];
  },
};

/** Says how fresh a topic's posts are; what never had any is only not begun. */
export function judgeTopic(
  { key, timeZone }: Pick<Topic, 'key' | 'timeZone'>,
  newest: Date | null,
  now: Date,
  hasSources: boolean,
): Finding {
  const name = `posts of ${key}`;
  const todo = hasSources
    ? `chorus collect --topic ${key} reads its sources, chorus start does so by itself.`
    : `chorus import --topic ${key} FILE stores posts, chorus topic add ${key} SOURCE has them come.`;
  if (newest === null) return unknown(name, 'there are none yet', todo);
  const says = `the newest is of ${timeToMinute(newest, timeZone)}`;
  return now.getTime() - newest.getTime() <= NEW_MS
    ? good(name, says)
    : bad(name, `${says}: none in the last two days`, todo);
}

/** Says that chats wait for a topic that nobody makes. */
export function lostTopicInWords({ topic, chats }: LostTopic): string {
  return `${counted(chats, 'chat waits', 'chats wait')} for "${topic}", which is not in chorus.yaml`;
}

export const LOST_TOPIC_TODO = 'Name it again (chorus topic add), or have them say /unsubscribe.';
