import { z } from 'zod';

import { UserError } from '../../src/model/errors.ts';
import type { Post } from '../../src/model/post.ts';
import { count, type Measurement, score } from '../support/measurement.ts';
import { ratio } from './metrics.ts';
import { wrongWith } from './program.ts';
import { badLine, label, readPosts, readRows, refuseRepeats, type Row } from './rows.ts';

/** `verdict` is `supported`, or says that the cited posts do not bear the claim out. */
const form = z.looseObject({
  cid: label,
  claim: label,
  cites: z.array(label, 'is not a list of ids').min(1, 'is empty'),
  verdict: z.enum(
    ['supported', 'unsupported', 'contradicted'],
    'is none of supported, unsupported, contradicted',
  ),
  error_type: label.nullish(),
});

type Claim = z.output<typeof form>;

/** Errors that rules can be sure of: all wrong figures, people, companies and posts. */
const STRICT = new Set(['changed_number', 'wrong_person', 'wrong_company', 'wrong_cite']);

/**
 * Measures which wrong claims about posts the rules catch, without a model, and how many right ones
 * they hold against a writer.
 */
export async function measureClaims(files: { data: string; posts: string }): Promise<Measurement> {
  const rows = await readRows(files.data, form);
  refuseRepeats(
    files.data,
    rows.map(({ line, value }) => ({ line, value: { id: value.cid } })),
  );
  const posts = await readPosts(files.posts);
  refuseStrangers(files, rows, posts);
  const judged = judge(rows, posts);
  const [right, wrong] = [judged.filter(isRight), judged.filter((claim) => !isRight(claim))];
  if (right.length === 0 || wrong.length === 0) {
    throw new UserError('input', `${files.data} needs claims that are supported and that are not.`);
  }
  const kinds = Map.groupBy(wrong, (claim) => claim.error_type ?? 'other');
  const byError = Object.fromEntries([...kinds].map(([kind, own]) => [kind, shareCaught(own)]));
  const result = {
    wrongCaught: shareCaught(wrong),
    strictCaught: shareCaught(wrong.filter((claim) => STRICT.has(claim.error_type ?? ''))),
    falseAlarms: shareCaught(right),
  };
  const missed = wrong.filter((claim) => !claim.caught).map(({ cid }) => cid);
  const alarmed = right.filter((claim) => claim.caught).map(({ cid }) => cid);
  const n = rows.length;
  return {
    figures: { suite: 'claims', n, ...result, byError, missed, alarmed },
    table: [
      ['claims', `${count(n)}, ${count(right.length)} of them supported`],
      ['wrong ones caught', score(result.wrongCaught)],
      ['of figures, names and posts', score(result.strictCaught)],
      ...[...kinds].map(([kind, own]) => [
        `  ${kind.replaceAll('_', ' ')}`,
        `${score(shareCaught(own))} of ${count(own.length)}`,
      ]),
      ['false alarms', score(result.falseAlarms)],
      [`missed (${missed.length})`, missed.join(' ')],
      [`false alarms (${alarmed.length})`, alarmed.join(' ')],
    ],
    quality: {
      what: 'wrong lines are caught by rules alone',
      on: `${count(n)} claims about posts, ${count(wrong.length)} of them wrong`,
      figures: `${score(result.wrongCaught)} caught (figures, names and posts ${score(result.strictCaught)}), false alarms ${score(result.falseAlarms)}`,
      command: 'npm run eval -- claims --data FILE --posts FILE',
    },
  };
}

type Judged = Claim & { readonly caught: boolean };

function judge(rows: readonly Row<Claim>[], posts: readonly Post[]): Judged[] {
  const byId = new Map(posts.map((post) => [post.id, post]));
  return rows.map(({ value }) => ({
    ...value,
    caught: wrongWith(value.claim, value.cites, byId).length > 0,
  }));
}

function isRight({ verdict }: Claim): boolean {
  return verdict === 'supported';
}

function shareCaught(claims: readonly Judged[]): number {
  return ratio(claims.filter(({ caught }) => caught).length, claims.length);
}

/** @throws UserError `input` when a claim cites a post that the other file does not have. */
function refuseStrangers(
  files: { data: string; posts: string },
  rows: readonly Row<Claim>[],
  posts: readonly Post[],
): void {
  const known = new Set(posts.map(({ id }) => id));
  for (const { line, value } of rows) {
    const stranger = value.cites.find((id) => !known.has(id));
    if (stranger !== undefined) {
      throw badLine(files.data, line, `${files.posts} has no post "${stranger}"`);
    }
  }
}
