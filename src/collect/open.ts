import { type Place, sourceKey, type SourceSpec } from '../model/source.ts';
import { folderSource } from './folder.ts';
import type { CollectSettings } from './settings.ts';
import { type Page, type Source, SourceFailure, type Wish } from './source.ts';
import type { XAccess } from './x/api.ts';

/** Where X is read: with which token, and its own address when none is given. */
export type XMeans = { readonly token: string; readonly apiRoot: string | null };

/** What sources are opened with. */
export type Means = {
  /** `null` where no token is set. */
  readonly x: XMeans | null;
  readonly collect: CollectSettings;
  /** What paths are relative to. */
  readonly folder: string;
};

/** Opens a source that the configuration names. What it is read with is loaded when it is read. */
export function openSource(spec: SourceSpec, means: Means): Source {
  if (spec.kind === 'file') return folderSource(spec.pattern, means.folder);
  return lazily(sourceKey(spec), () => loadSource(spec, means));
}

async function loadSource(
  spec: Exclude<SourceSpec, { kind: 'file' }>,
  { x, collect }: Means,
): Promise<Source> {
  const { privateAddresses } = collect;
  switch (spec.kind) {
    case 'feed': {
      const { feedSource } = await import('./feed/source.ts');
      return feedSource(spec, { privateAddresses });
    }
    case 'bluesky': {
      const { blueskySource } = await import('./bluesky/source.ts');
      return blueskySource(spec, { server: collect.bluesky, privateAddresses });
    }
    case 'mastodon': {
      const { mastodonSource } = await import('./mastodon/source.ts');
      return mastodonSource(spec, { privateAddresses });
    }
    default: {
      const { xSource } = await import('./x/source.ts');
      return xSource(spec, xAccess(x));
    }
  }
}

/** The key under which the second look at numbers is accounted for. */
export const SECOND_LOOK = 'x-second-look';

/** The posts of X with these ids, as a source: what a second look at their numbers reads. */
export function openLookUp(ids: readonly string[], { x }: Pick<Means, 'x'>): Source {
  return {
    key: SECOND_LOOK,
    async *read(_, wish) {
      const { lookUp } = await import('./x/look-up.ts');
      yield* lookUp(xAccess(x), ids, wish);
    },
  };
}

/**
 * With what X is asked.
 *
 * @throws SourceFailure where no token is set.
 */
export function xAccess(x: XMeans | null): XAccess {
  if (x === null) {
    throw new SourceFailure('refused', 'X_BEARER_TOKEN is not set, without which X cannot be read');
  }
  return { token: x.token, apiRoot: x.apiRoot ?? X_ROOT };
}

const X_ROOT = 'https://api.x.com';

function lazily(key: string, load: () => Promise<Source>): Source {
  let loaded: Promise<Source> | null = null;
  return {
    key,
    async *read(place: Place | null, wish: Wish): AsyncGenerator<Page> {
      loaded ??= load();
      yield* (await loaded).read(place, wish);
    },
  };
}
