/** Loaded into the bot: its clock differs from the real one by the milliseconds that stand in a file. */
import { readFileSync } from 'node:fs';
import process from 'node:process';

const LOOK_MS = 20;
const file = process.env['CLOCK_SHIFT_FILE'];
const RealDate = globalThis.Date;
let shift = 0;

function look(): void {
  try {
    shift = Number(readFileSync(file ?? '', 'utf8'));
  } catch {
    // It has not been shifted yet.
  }
}

const now = () => RealDate.now() + shift;

globalThis.Date = new Proxy(RealDate, {
  apply: () => new RealDate(now()).toString(),
  construct: (target, given: unknown[], made) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, made) as Date,
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
});
if (file) setInterval(look, LOOK_MS).unref();
