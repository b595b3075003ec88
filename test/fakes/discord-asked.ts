import type { FakeDiscord } from './discord.ts';

type Errors = { readonly [key: string]: Errors | { readonly code: string }[] };

/** `components.0.content BASE_TYPE_MAX_LENGTH` for each complaint; the bare code of other errors. */
function linesOf(answer: { code?: number; errors?: Errors }): string[] {
  if (!answer.errors) return [String(answer.code ?? 'fine')];
  const walk = (node: Errors, path: string): string[] =>
    Object.entries(node).flatMap(([key, value]) =>
      Array.isArray(value)
        ? value.map(({ code }) => `${path} ${code}`)
        : walk(value, path ? `${path}.${key}` : key),
    );
  return walk(answer.errors, '');
}

/** What Discord complains of in a request; `fine` where it does not. */
export async function ask(discord: FakeDiscord, method: string, path: string, body: unknown) {
  const isForm = body instanceof FormData;
  const response = await fetch(`${discord.url}/api/v10${path}`, {
    method,
    headers: {
      authorization: `Bot ${discord.token}`,
      ...(isForm ? {} : { 'content-type': 'application/json' }),
    },
    body: isForm ? body : JSON.stringify(body),
  });
  return linesOf((await response.json()) as { code?: number; errors?: Errors });
}
