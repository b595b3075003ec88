import process from 'node:process';

import { drawPictures, type Order } from './draw.ts';

/** What the process is asked to draw, and the one thing that it answers. */
process.once('message', (order: Order) => {
  process.send?.(drawPictures(order), () => process.disconnect());
});
