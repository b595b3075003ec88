import stringWidth from 'string-width';
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types';

import type { Button, Fold } from '../../model/message.ts';

/** Telegram takes `callback_data` of 1–64 bytes, and refuses a keyboard of more buttons. */
const LONGEST_ADDRESS = 64;
const MOST_BUTTONS = 100;

/** Rows that a telephone shows without cutting labels off, by the columns of the longest label. */
const MARKS_A_ROW = 8;
const SHORT_LABEL = 10;

/**
 * The keyboard under a message: the marks of its folds, then its buttons, at most a hundred in all;
 * `null` where there are none.
 *
 * @throws RangeError where an address is none that Telegram hands back: a defect of its maker
 */
export function keyboardOf(
  folds: readonly Pick<Fold, 'mark' | 'address'>[],
  buttons: readonly Button[],
): InlineKeyboardMarkup | null {
  const marks = folds.map(({ mark, address }) => buttonOf({ label: mark, address }));
  const labels = buttons.map(buttonOf).slice(0, Math.max(MOST_BUTTONS - marks.length, 0));
  const isShort = labels.every(({ text }) => stringWidth(text) <= SHORT_LABEL);
  const rows = [
    ...inRows(marks.slice(0, MOST_BUTTONS), MARKS_A_ROW),
    ...inRows(labels, isShort ? 3 : 2),
  ];
  return rows.length === 0 ? null : { inline_keyboard: rows };
}

function buttonOf({ label, address }: Button): InlineKeyboardButton.CallbackButton {
  const bytes = Buffer.byteLength(address);
  if (bytes < 1 || bytes > LONGEST_ADDRESS) {
    throw new RangeError(`the address of the button "${label}" has ${bytes} bytes, not 1–64`);
  }
  return { text: label, callback_data: address };
}

/** As few rows as possible, about equally long. */
function inRows<T>(all: readonly T[], most: number): T[][] {
  const rows = Math.ceil(all.length / most);
  return Array.from({ length: rows }, (_, row) =>
    all.slice(Math.floor((row * all.length) / rows), Math.floor(((row + 1) * all.length) / rows)),
  );
}
