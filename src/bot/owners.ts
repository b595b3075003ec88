import type { Platform } from '../chat/platform.ts';
import type { Owners } from '../chat/settings.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { paragraph, root, text } from '../lib/tree.ts';
import type { Message } from '../model/message.ts';
import type { Language } from '../model/topic.ts';
import { dayOf } from '../model/window.ts';
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
  const place = notice.kind === 'bad-token' ? notice.platform : notice.channel;
  const key = `${notice.kind} ${place} ${dayOf(clock.now(), timeZone)}`;
  if (!(await isNews(db, key, clock.now()))) return;
  const message = sentence(inWords(notice, textsIn(language)), language);
  for (const platform of platforms) {
    if (platform.name === 'terminal') continue;
    for (const owner of owners[platform.name]) {
      await platform
        .tell(owner, message)
        .catch((error: unknown) => log.warn({ err: error }, 'an owner could not be told'));
    }
  }
}

function inWords(notice: Notice, texts: Texts): string {
  const { reason } = notice;
  if (notice.kind === 'bad-token') return texts.badToken(notice.platform, reason);
  if (notice.kind === 'gone') return texts.channelGone(notice.channel, reason);
  if (notice.kind === 'given-up') return texts.deliveryGivenUp(notice.channel, reason);
  return texts.deliveryUnknown(notice.channel, reason);
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
