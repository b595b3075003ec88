import { fork } from 'node:child_process';
import { once } from 'node:events';

import type { Picture } from '../model/picture.ts';
import type { Order } from './draw.ts';

/**
 * Draws in a process of its own, which leaves the program awake; the same as `drawPictures` draws.
 * No thread does: with canvas loaded in one, Node ends in a crash. Rejects with the signal's reason
 * when it is stopped.
 */
export async function drawApart(order: Order, signal?: AbortSignal): Promise<Picture[]> {
  signal?.throwIfAborted();
  const painter = fork(new URL('painter.ts', import.meta.url), [], {
    serialization: 'advanced', // pictures are bytes
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const { promise: ended, reject } = Promise.withResolvers<never>();
  ended.catch(() => {}); // it may end when nobody waits for it any more
  painter.once('exit', () => reject(new Error('the process that draws ended before its time')));
  try {
    const drawn = once(painter, 'message', signal ? { signal } : {});
    painter.send(order);
    const [pictures]: Picture[][] = await Promise.race([drawn, ended]);
    return pictures ?? [];
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    painter.kill('SIGKILL');
  }
}
