import type { drawApart } from '../../src/pictures/apart.ts';
import { drawPictures } from '../../src/pictures/draw.ts';

/** Draws in this process, a fifth of the work: for tests of what becomes of pictures once they are drawn. */
export const drawHere: typeof drawApart = async (order) => drawPictures(order);
