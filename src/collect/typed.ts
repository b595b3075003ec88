import { sourceKey, type SourceSpec } from '../model/source.ts';
import { isOfX, sourceAt, type SourceSetting } from './profile.ts';
import { sourceOf } from './settings.ts';
import { complaintsAbout } from './x/query.ts';

/** How sources are typed. */
export const SOURCE_USAGE =
  'x_user=HANDLE, x_list=ID, x_search=QUERY, feed=URL, bluesky=@HANDLE, mastodon=@NAME@SERVER or file=PATH';

/** What somebody meant by a word, or why it is no source. */
export type Typed =
  | { readonly kind: 'source'; readonly key: string; readonly spec: SourceSpec }
  | { readonly kind: 'mistake'; readonly why: string };

/**
 * Reads a source as it is typed (`x_user=karpathy`), as it is shown (`x-user:karpathy`), or as the address
 * of a profile, a list, a search or a feed. What X would refuse of a query is a mistake.
 */
export function readTyped(words: string): Typed {
  const setting = settingIn(words.trim());
  if (typeof setting === 'string') return { kind: 'mistake', why: setting };
  const read = sourceOf(setting);
  if (read.kind === 'wrong') return { kind: 'mistake', why: read.why };
  const why = refusalOf(read.spec);
  return why === null
    ? { kind: 'source', key: sourceKey(read.spec), spec: read.spec }
    : { kind: 'mistake', why };
}

/** Takes several sources apart that stand in one line: the words of a query stay together. */
export function splitTyped(line: string): string[] {
  return line
    .split(/\s+(?=\w+=|https?:\/\/|(?:x-(?:user|list|search)|feed|bluesky|mastodon|file):)/u)
    .filter((words) => words !== '');
}

/** The kind and the word that are meant, or why there are none. */
function settingIn(words: string): SourceSetting | string {
  if (/^https?:\/\//i.test(words)) return settingAt(words);
  const [, kind, what = ''] = /^([\w-]+)\s*[=:]\s*(.*)$/su.exec(words) ?? [];
  if (kind !== undefined) return { kind: kind.replaceAll('-', '_'), what };
  if (/^@?[\w.-]+@[\w.-]+\.[\w-]+$/u.test(words)) return { kind: 'mastodon', what: words };
  if (/^@[\w-]+(?:\.[\w-]+)+$/u.test(words)) return { kind: 'bluesky', what: words };
  return `does not say of where: write ${SOURCE_USAGE}, or the address of a profile`;
}

function settingAt(address: string): SourceSetting | string {
  return (
    sourceAt(address) ??
    (isOfX(address)
      ? 'names no account, list or search of X, like https://x.com/karpathy'
      : { kind: 'feed', what: address })
  );
}

function refusalOf(spec: SourceSpec): string | null {
  if (spec.kind === 'feed' && isOfX(spec.url)) {
    const meant = sourceAt(spec.url);
    const instead = meant ? `${meant.kind}=${meant.what}` : 'x_user=HANDLE';
    return `X has no feeds: write ${instead}`;
  }
  const complaints = spec.kind === 'x-search' ? complaintsAbout(spec.query) : [];
  return complaints.length > 0 ? `X would refuse the query: it ${complaints.join('; it ')}` : null;
}
