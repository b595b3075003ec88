import type { Asked, Evidence, Query } from '../model/asking.ts';
import type { Database } from '../store/database.ts';
import { loudest, quietest } from '../store/standing.ts';
import { voicesAmong } from './authorship.ts';
import { foundPost, withoutAdvertising } from './found.ts';
import { hitOf } from './hits.ts';
import { spanOf } from './of-days.ts';
import { isNameOf } from './spoken-names.ts';
import type { Scales } from './weigh.ts';

/** So many are looked through for those that are asked for, and so many are handed out. */
const LOOKED_THROUGH = 2000;
const SHOWN = 10;
/** What speaks of so much of what is asked beside the number is about it. */
const ABOUT = 0.5;

/** The posts that have most or least of a number: those of whom and of what is asked, these first. */
export async function evidenceOfMost(
  db: Database,
  asked: Asked,
  query: Query,
  { restOf }: Scales,
  end: Date,
): Promise<Evidence> {
  const { key, timeZone } = asked.topic;
  const { by, end: wanted } = query.most ?? { by: 'echo', end: 'most' };
  const sought = { ...spanOf(query.days, timeZone, end), most: LOOKED_THROUGH, by };
  const posts = await (wanted === 'most' ? loudest : quietest)(db, key, sought);
  const found = (await withoutAdvertising(db, key, posts))
    .filter(({ isRepost }) => !isRepost)
    .map((post) => foundPost(post));
  const voices = voicesAmong(found, query);
  const isAboutAll = !query.wanted.some((one) => one.needed > 0 && !isNameOf(query.speakers, one));
  const kept = found
    .map((one) => ({ one, coverage: isAboutAll ? 1 : restOf(one).coverage }))
    .filter(({ one, coverage }) => coverage >= ABOUT && !voices.isOther(one))
    .slice(0, SHOWN);
  const hits = kept.map(({ one: { post }, coverage }, place) =>
    hitOf(post, { score: 1 - place / 20, coverage }),
  );
  return { query, hits, carries: hits.length > 0 };
}
