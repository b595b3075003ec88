/** Loaded into the bot: tells, when it ends, for how long its event loop stood still. */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';

const RESOLUTION = 1; // of the event loop's clock, in ms
const file = process.env['LOOP_PROBE_FILE'];
const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
delay.enable();
// What the start of the program takes is not what people wait for.
process.once('SIGUSR2', () => delay.reset());
process.once('exit', () => {
  const p99 = Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION);
  if (file) writeFileSync(file, JSON.stringify({ p99 }));
});
