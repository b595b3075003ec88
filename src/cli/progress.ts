import { Presets, SingleBar } from 'cli-progress';

/** Tells that so many more units (bytes, days) are done; the message says what is at hand. */
export type Advance = (units: number, message?: string) => void;

const BARS_A_SECOND = 10;

/**
 * Shows that something long is going on while `work` does it: a bar on a terminal, anywhere else a
 * line at the beginning and one at the end. The last line is what `work` resolves to say. Writes to
 * standard error, so that output can be piped; the bar is gone before an error is told.
 */
export async function withProgress<T>(
  label: string,
  total: number,
  stream: NodeJS.WriteStream,
  work: (advance: Advance) => Promise<{ result: T; summary: string }>,
): Promise<T> {
  const bar = stream.isTTY ? startBar(label, total, stream) : null;
  if (!bar) stream.write(`${label}\n`);
  try {
    const { result, summary } = await work((units, message = '') =>
      bar?.increment(units, { message }),
    );
    bar?.stop();
    stream.write(`${summary}\n`);
    return result;
  } finally {
    bar?.stop();
  }
}

function startBar(label: string, total: number, stream: NodeJS.WriteStream): SingleBar {
  const bar = new SingleBar(
    {
      format: '{label} {bar} {percentage}% {message}',
      stream,
      fps: BARS_A_SECOND,
      barsize: 30,
      clearOnComplete: true,
      hideCursor: true,
      gracefulExit: false, // Ctrl-C is ours to handle
    },
    Presets.rect,
  );
  bar.start(Math.max(1, total), 0, { label, message: '' });
  return bar;
}
