import type { VisibleForm } from './trees.ts';

/** How Telegram's plain messages write what is no text in a tree. */
export const TELEGRAM_FORM: VisibleForm = {
  item: ({ ordered, start }, index) => (ordered ? `${(start ?? 1) + index}. ` : '• '),
  row(cells, isHead) {
    const [first = '', ...others] = cells.filter((cell) => cell !== '');
    if (isHead) return (first === '#' ? others : [first, ...others]).join(' — ');
    return /^\d+$/.test(first) && others.length > 0
      ? `${first}. ${others.join(' — ')}`
      : [first, ...others].join(' — ');
  },
};

/** Rich messages have lists and tables of their own. */
export const RICH_FORM: VisibleForm = { item: () => '', row: (cells) => cells.join('') };

/** Marks of items are no text on Discord, and rows are items. */
export const DISCORD_FORM: VisibleForm = {
  item: () => '',
  row(cells, isHead) {
    const [first = '', ...others] = isHead && cells[0]?.trim() === '#' ? cells.slice(1) : cells;
    const full = [first, ...others].filter((cell) => cell !== '');
    const [name = '', ...rest] = full;
    return /^\d+$/.test(name.trim()) && rest.length > 0
      ? `${name}. ${rest.join(' — ')}`
      : full.join(' — ');
  },
};

/** Combining marks that Telegram's server takes away; a ring is part of its letter, though. */
export function withoutLostMarks(words: string): string {
  return words.replace(/\u030A|\u0333|\u033F/gu, '');
}
