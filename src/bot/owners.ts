import type { Platform } from '../chat/platform.ts';
import type { Owners } from '../chat/settings.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { paragraph, root, text } from '../lib/tree.ts';
import type { Message } from '../model/message.ts';
import type { Language } from '../model/topic.ts';
import { dayOf, timeToMinute } from '../model/window.ts';
import type { Database } from '../store/database.ts';
import { isNews } from '../store/notices.ts';
import { textsIn, type Texts } from '../texts/texts.ts';
import type { Notice } from '../deliver/outbox.ts';

/** What telling the owners works with. */
export type Herald = {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly language: Language;
  readonly timeZone: string;
  readonly owners: Owners;
  readonly platforms: readonly Platform[];
};

/**
 * Tells every owner, on every platform where they have an account, what they should do something
 * about: each thing once a day. It is logged too, for those who cannot be reached.
 */
export async function tellOwners(herald: Herald, notice: Notice): Promise<void> {
  const { db, clock, log, language, timeZone, owners, platforms } = herald;
  log.warn({ notice }, 'owners are told');
  const key = `${notice.kind} ${placeOf(notice)} ${dayOf(clock.now(), timeZone)}`;
  if (!(await isNews(db, key, clock.now()))) return;
  const message = sentence(inWords(notice, textsIn(language), timeZone), language);
  for (const platform of platforms) {
    if (platform.name === 'terminal') continue;
    for (const owner of owners[platform.name]) {
      await platform
        .tell(owner, message)
        .catch((error: unknown) => log.warn({ err: error }, 'an owner could not be told'));
    }
  }
}

/** What a notice is about: of each place it is told once a day. */
function placeOf(notice: Notice): string {
  if (notice.kind === 'bad-token') return notice.platform;
  if ('channel' in notice) return notice.channel;
  return notice.kind === 'over-reading' ? notice.topic : `${notice.topic} ${notice.source}`;
}

function inWords(notice: Notice, texts: Texts, timeZone: string): string {
  switch (notice.kind) {
    case 'bad-token':
      return texts.badToken(notice.platform, notice.reason);
    case 'gone':
      return texts.channelGone(notice.channel, notice.reason);
    case 'given-up':
      return texts.deliveryGivenUp(notice.channel, notice.reason);
    case 'unknown':
      return texts.deliveryUnknown(notice.channel, notice.reason);
    case 'over-reading':
      return texts.readingStopped(notice.topic, notice.reason);
    default: {
      const since = timeToMinute(notice.since, timeZone);
      const { source, topic, reason } = notice;
      return notice.kind === 'source-failing'
        ? texts.sourceFails(source, topic, since, reason)
        : texts.sourceIsSilent(source, topic, since);
    }
  }
}

function sentence(words: string, language: Language): Message {
  return {
    language,
    tree: root([paragraph([text(words)])]),
    pictures: [],
    folds: [],
    buttons: [],
  };
}
