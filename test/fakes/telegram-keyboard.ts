import { complaintOfLink } from './telegram-link.ts';
import { badRequest } from './telegram-refused.ts';
import type { Button, FakeChat } from './telegram-world.ts';

/** Telegram's limits of inline keyboards; `callback_data` has at most 64 bytes. */
const MOST_BUTTONS = 100;
const MOST_IN_A_ROW = 8;
const MOST_DATA_BYTES = 64;

export type Markup = {
  readonly keyboard: readonly (readonly Button[])[] | null;
  readonly other: unknown;
};

/** @throws Refused where the markup is none that the chat allows. */
export function readMarkup(markup: unknown, chat: FakeChat): Markup {
  if (!(markup instanceof Object)) return { keyboard: null, other: null };
  if (!('inline_keyboard' in markup)) return { keyboard: null, other: markup };
  const written = markup.inline_keyboard as Button[][];
  const rows = written.filter((row) => row.length > 0);
  if (rows.flat().length > MOST_BUTTONS) throw badRequest('REPLY_MARKUP_TOO_LONG');
  if (rows.some((row) => row.length > MOST_IN_A_ROW)) throw badRequest('BUTTON_ROW_TOO_LONG');
  for (const button of rows.flat()) checkButton(button, chat);
  return { keyboard: rows.length > 0 ? rows : null, other: null };
}

/** @throws Refused where a button, of a keyboard or a rich message, is none. */
export function checkButton(button: Readonly<Record<string, unknown>>, chat: FakeChat): void {
  if (button['text'] === '') throw badRequest('BUTTON_TEXT_INVALID');
  const { callback_data: data, url, web_app: app, pay } = button;
  if (typeof data === 'string') checkData(data);
  if (typeof url === 'string') checkUrl(url);
  if (app instanceof Object) checkApp(String((app as { url?: string }).url), chat);
  if (pay !== undefined) throw badRequest('BUTTON_TYPE_INVALID');
}

function checkUrl(url: string): void {
  const complaint = complaintOfLink(url);
  if (complaint === null) return;
  throw badRequest(`inline keyboard button URL '${url}' is invalid: ${complaint}`);
}

function checkApp(url: string, { kind }: FakeChat): void {
  if (kind !== 'private') throw badRequest('BUTTON_TYPE_INVALID');
  if (url.startsWith('https:')) return;
  const complaint = 'Only HTTPS links are allowed';
  throw badRequest(`inline keyboard button Web App URL '${url}' is invalid: ${complaint}`);
}

function checkData(data: string): void {
  if (data === '') {
    const complaint = 'Text buttons are unallowed in the inline keyboard';
    throw badRequest(`can't parse inline keyboard button: ${complaint}`);
  }
  if (Buffer.byteLength(data) > MOST_DATA_BYTES) throw badRequest('BUTTON_DATA_INVALID');
}
