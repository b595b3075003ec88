import { canvasOf, fontOf } from '../../src/cloud/fonts.ts';
import type { Placement } from '../../src/cloud/layout.ts';

/** Of every row of pixels that a drawn word leaves ink in: the first inked pixel and the end. */
export type Ink = ReadonlyMap<number, readonly [start: number, end: number]>;

/** Draws each word on a canvas of its own and reads the ink back. */
export function inkOf({ label, x, y, size, weight, box }: Placement): Ink {
  const around = Math.ceil(size / 2) + 4;
  const [left, top] = [Math.floor(box.x) - around, Math.floor(box.y) - around];
  const canvas = canvasOf(Math.ceil(box.width) + 2 * around, Math.ceil(box.height) + 2 * around);
  const context = canvas.getContext('2d');
  context.font = fontOf(weight, size);
  context.fillText(label, x - left, y - top);
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height); // 0: no ink
  const rows = new Map<number, readonly [number, number]>();
  for (let row = 0; row < height; row += 1) {
    const first = row * width;
    let [start, end] = [first, first + width];
    while (start < end && pixels[start] === 0) start += 1;
    while (end > start && pixels[end - 1] === 0) end -= 1;
    if (end > start) rows.set(top + row, [left + start - first, left + end - first]);
  }
  return rows;
}

/** Whether some ink of one lies nearer than `gap` pixels to, or between, the ink of the other. */
export function meet(one: Ink, other: Ink, gap: number): boolean {
  for (const [row, [start, end]] of one) {
    for (let near = row - gap + 1; near < row + gap; near += 1) {
      const span = other.get(near);
      if (!span) continue;
      const room = near === row ? gap : 0;
      if (start < span[1] + room && span[0] < end + room) return true;
    }
  }
  return false;
}
