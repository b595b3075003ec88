import type { Answer } from './x-answers.ts';
import { complaint, invalid } from './x-refused.ts';

type Page = Readonly<Record<string, unknown>>;
type Chain = { readonly pages: readonly Page[]; readonly tokens: readonly string[] };

const TOKENS = ['pagination_token', 'next_token'];

/** Recorded pages that stand for what a path answers. */
export class Recordings {
  readonly #chains = new Map<string, Chain>();

  add(path: string, pages: readonly object[]): void {
    const known = pages as readonly Page[];
    const tokens = known.map((page, index) => tokenIn(page) ?? `recorded${index + 1}`);
    this.#chains.set(path, { pages: known, tokens });
  }

  /** The page that was asked for; `null` where none was recorded for the path. */
  answer(path: string, params: Readonly<Record<string, string>>): Answer | null {
    const chain = this.#chains.get(path);
    if (!chain) return null;
    const name = TOKENS.find((each) => params[each] !== undefined);
    const index = name === undefined ? 0 : chain.tokens.indexOf(params[name] ?? '') + 1;
    if (name !== undefined && index === 0) {
      const message = `The \`${name}\` query parameter value [${params[name]}] is not valid`;
      throw invalid([complaint(name, [params[name] ?? ''], message)]);
    }
    return answerOf(chain, index);
  }
}

function answerOf({ pages, tokens }: Chain, index: number): Answer {
  const page = pages[index] ?? { meta: { result_count: 0 } };
  const isLast = index >= pages.length - 1;
  const meta = { ...Object(page['meta']), ...(!isLast && { next_token: tokens[index] }) };
  const body = Object.keys(meta).length > 0 ? { ...page, meta } : page;
  const includes = Object(page['includes']) as Page;
  const posts = idsIn(page['data']);
  return {
    body,
    asked: { posts, users: [] },
    along: {
      posts: idsIn(includes['tweets'] ?? includes['posts']).filter((id) => !posts.includes(id)),
      users: idsIn(includes['users']),
    },
  };
}

function tokenIn(page: Page): string | null {
  const { next_token: token } = Object(page['meta']) as { next_token?: unknown };
  return typeof token === 'string' ? token : null;
}

function idsIn(list: unknown): string[] {
  const items = Array.isArray(list) ? list : list instanceof Object ? [list] : [];
  return items.map((item) => String((Object(item) as { id?: unknown }).id));
}
