/** A parsed text, or a few words on why it cannot be parsed. */
export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string };

/** Parses JSON; the reason of a failure is ours and short, for the runtime's quotes the text. */
export function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, reason: `not valid JSON: ${trouble(text, String(error))}` };
  }
}

/** What the runtime says, without the text that it quotes; it does not always give a position. */
function trouble(text: string, message: string): string {
  const position = Number(/ at position (\d+)/.exec(message)?.[1] ?? -1);
  if (message.includes('Unexpected end') || position >= text.length) return 'it ends too early';
  if (position >= 0) return `unexpected ${quoted(text, position)} at character ${position + 1}`;
  const token = /Unexpected token '(.{1,2}?)',/su.exec(message)?.[1];
  return token === undefined ? 'it cannot be understood' : `unexpected ${JSON.stringify(token)}`;
}

function quoted(text: string, position: number): string {
  return JSON.stringify(String.fromCodePoint(text.codePointAt(position) ?? 0));
}
