import process from 'node:process';

import { drawCloud } from './cloud.ts';

/** What the process is asked to draw, and the one thing that it answers. */
export type Order = Parameters<typeof drawCloud>;
export type Drawn = ReturnType<typeof drawCloud>;

process.once('message', (order: Order) => {
  process.send?.(drawCloud(...order), () => process.disconnect());
});
