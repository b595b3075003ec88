import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { keyboardOf } from '../../../src/chat/telegram/keyboard.ts';

const fold = (mark: string) => ({ mark, address: `show:2026-10-11:${mark}` });
const button = (label: string) => ({ label, address: `do:${label.length}` });
const labelsOf = (...asked: Parameters<typeof keyboardOf>) =>
  keyboardOf(...asked)?.inline_keyboard.map((row) => row.map(({ text }) => text));

describe('a keyboard', () => {
  it('has the marks of the folds in a row, and the buttons below', () => {
    const folds = ['II', 'A', 'B', 'IV'].map(fold);
    expect(keyboardOf(folds.slice(0, 1), [{ label: 'Sources', address: 'sources:1' }])).toEqual({
      inline_keyboard: [
        [{ text: 'II', callback_data: 'show:2026-10-11:II' }],
        [{ text: 'Sources', callback_data: 'sources:1' }],
      ],
    });
    expect(labelsOf(folds, ['Sources', 'Week', 'Ask'].map(button))).toEqual([
      ['II', 'A', 'B', 'IV'],
      ['Sources', 'Week', 'Ask'],
    ]);
  });

  it('puts two longer labels into a row, by their width', () => {
    expect(labelsOf([], ['The sources', 'Week', 'Ask'].map(button))).toEqual([
      ['The sources'],
      ['Week', 'Ask'],
    ]);
    expect(labelsOf([], ['查看全部来源', '本周', '提问'].map(button))).toHaveLength(2);
  });

  it('parts many marks evenly into rows of at most eight', () => {
    const rows = labelsOf('ABCDEFGHI'.split('').map(fold), []);
    expect(rows?.map((row) => row.join(''))).toEqual(['ABCD', 'EFGHI']);
  });

  it('is none where there is nothing to press', () => {
    expect(keyboardOf([], [])).toBeNull();
  });

  it('refuses an address that Telegram does not hand back', () => {
    expect(() => keyboardOf([{ mark: 'A', address: 'a'.repeat(65) }], [])).toThrow(RangeError);
    expect(() => keyboardOf([], [{ label: 'A', address: '' }])).toThrow(RangeError);
    expect(() => keyboardOf([], [{ label: 'A', address: '题'.repeat(22) }])).toThrow(RangeError);
    expect(keyboardOf([], [{ label: 'A', address: 'a'.repeat(64) }])).not.toBeNull();
  });

  it('keeps to the limits, the order and the folds first, however many there are', () => {
    fc.assert(
      fc.property(fc.nat(130), fc.nat(130), (folds, buttons) => {
        const marks = Array.from({ length: folds }, (_, index) => `${index}`);
        const labels = Array.from({ length: buttons }, (_, index) => `Label ${index}`);
        const rows = labelsOf(marks.map(fold), labels.map(button)) ?? [];
        expect(rows.flat()).toEqual([...marks, ...labels].slice(0, 100));
        expect(rows.every((row) => row.length > 0 && row.length <= 8)).toBe(true);
      }),
    );
  });
});
