import { type App, inDatabaseTime } from '../app.ts';
import { type Brought, type Gathering, gatherOnWish, unreadFor } from '../deliver/gathering.ts';
import type { Topic } from '../model/topic.ts';
import type { Window } from '../model/window.ts';
import { openSession, type Session } from '../store/sessions.ts';

/** What keeps the posts of the configured topics flowing, for a session of this process. */
export function gatheringOf(
  { config, db, log, now }: Pick<App, 'config' | 'db' | 'log' | 'now'>,
  { number: session }: Pick<Session, 'number'>,
  tellOwners: Gathering['tellOwners'],
): Gathering {
  const { sources, collect } = config;
  const collector = { db, now, log, session, prices: collect.prices };
  return { collector, means: config, sources, tellOwners };
}

/**
 * Reads on, before a report that somebody wishes for, what was not read since the end of its window;
 * `null` where all was. Who wishes for it hears what came of it: owners are not told beside that.
 */
export async function readOnWish(
  app: App,
  topic: Pick<Topic, 'key'>,
  window: Window,
  signal: AbortSignal,
  enough?: AbortSignal,
): Promise<Brought | null> {
  const { db, now, config } = app;
  const known = { collector: { db, now }, sources: config.sources };
  if ((await unreadFor(known, topic, window)).length === 0) return null;
  const session = await openSession(app.pool);
  try {
    const stop = AbortSignal.any([signal, session.lost]);
    return await inDatabaseTime(app, (timed) =>
      gatherOnWish(
        gatheringOf(timed, session, async () => {}),
        topic,
        window,
        stop,
        enough,
      ),
    );
  } finally {
    await session.close();
  }
}
