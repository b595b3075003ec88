import type { RichBlock } from '@grammyjs/types';

import { badRequest } from './telegram-refused.ts';

/** Rich message limits of the Bot API's documentation. */
const MOST = { characters: 32_768, blocks: 500, levels: 16, media: 50, columns: 20 };

const MEDIA = new Set(['photo', 'video', 'animation', 'audio', 'voice_note', 'document']);
/** Fields of blocks and texts in which texts are. */
const TEXTS = ['text', 'alternative_text', 'expression', 'summary', 'caption', 'credit', 'button'];

type Fields = Readonly<Record<string, unknown>>;
type Sizes = { characters: number; blocks: number; levels: number; media: number; columns: number };

/** @throws Refused where a rich message is too large in any way, or empty */
export function checkRichLimits(blocks: readonly RichBlock[]): void {
  const sizes: Sizes = { characters: 0, blocks: 0, levels: 0, media: 0, columns: 0 };
  for (const block of blocks) measureBlock(block, 1, sizes);
  if (sizes.blocks === 0) throw badRequest('rich message must be non-empty');
  if (sizes.characters > MOST.characters) throw badRequest('rich message is too long');
  if (sizes.blocks > MOST.blocks) throw badRequest('rich message has too many blocks');
  if (sizes.levels > MOST.levels) throw badRequest('rich message is nested too deep');
  if (sizes.media > MOST.media) throw badRequest('rich message has too many media');
  if (sizes.columns > MOST.columns)
    throw badRequest('rich message has a table of too many columns');
}

/** Blocks, items of lists and rows of tables count as blocks. */
function measureBlock(block: object, level: number, sizes: Sizes): void {
  const { type, blocks, items, cells, buttons } = block as Fields;
  sizes.blocks += 1;
  if (typeof type === 'string' && MEDIA.has(type)) sizes.media += 1;
  measureText(block, level, sizes);
  for (const inner of [...listOf(blocks), ...listOf(items)]) measureBlock(inner, level + 1, sizes);
  for (const row of listOf(cells)) measureRow(row as Fields[], level + 1, sizes);
  for (const button of listOf(buttons)) measureText(button, level + 1, sizes);
}

function measureRow(row: readonly Fields[], level: number, sizes: Sizes): void {
  sizes.blocks += 1;
  const columns = row.reduce((sum, { colspan }) => sum + Number(colspan ?? 1), 0);
  sizes.columns = Math.max(sizes.columns, columns);
  measureText(row, level, sizes);
}

function measureText(value: unknown, level: number, sizes: Sizes): void {
  if (Array.isArray(value)) {
    for (const each of value) measureText(each, level, sizes);
  } else if (typeof value === 'string') {
    sizes.characters += Array.from(value).length;
  } else if (value instanceof Object) {
    sizes.levels = Math.max(sizes.levels, level);
    for (const name of TEXTS) measureText((value as Fields)[name], level + 1, sizes);
  }
}

function listOf(value: unknown): object[] {
  return Array.isArray(value) ? value : [];
}
