import type { RichBlock } from '@grammyjs/types';

type Fields = Readonly<Record<string, unknown>>;

/** All words of a rich message as its readers see them: a block a line, cells apart by tabs. */
export function wordsOfBlocks(blocks: readonly RichBlock[]): string {
  return blocks
    .map(wordsOf)
    .filter((words) => words !== '')
    .join('\n');
}

function wordsOf(block: unknown): string {
  const { text, summary, blocks, items, cells, caption, credit, buttons, expression } =
    block as Fields;
  const lines = [
    flat(summary),
    flat(text),
    typeof expression === 'string' ? expression : '',
    Array.isArray(blocks) ? wordsOfBlocks(blocks as RichBlock[]) : '',
    Array.isArray(items) ? items.map(itemWords).join('\n') : '',
    Array.isArray(cells) ? cells.map(rowWords).join('\n') : '',
    Array.isArray(buttons)
      ? buttons.map((button: Fields) => `[${flat(button['text'])}]`).join(' ')
      : '',
    flat(caption),
    flat((caption as Fields | undefined)?.['credit']),
    flat(credit),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function itemWords(item: unknown): string {
  const { label, blocks } = item as { label: string; blocks: RichBlock[] };
  return `${label} ${wordsOfBlocks(blocks)}`;
}

function rowWords(row: readonly Fields[]): string {
  return row.map(({ text }) => flat(text)).join('\t');
}

/** The letters of rich text. */
function flat(text: unknown): string {
  if (typeof text === 'string') return text;
  if (Array.isArray(text)) return text.map(flat).join('');
  if (!(text instanceof Object)) return '';
  const { text: inner, alternative_text: emoji, expression, button } = text as Fields;
  return [inner, emoji, expression, (button as Fields | undefined)?.['text']].map(flat).join('');
}
