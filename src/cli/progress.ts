import { Presets, SingleBar } from 'cli-progress';

/** Shows that something long is going on. */
export type Progress = {
  /** So many more units (bytes, days) are done; the message says what is at hand. */
  advance(units: number, message?: string): void;
  /** Takes the bar away; `message` is the last word about it. */
  end(message: string): void;
};

const BARS_A_SECOND = 10;

/**
 * A bar on a terminal; anywhere else a line at the beginning and one at the end. Writes to standard
 * error, so that output can be piped.
 */
export function showProgress(label: string, total: number, stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) {
    stream.write(`${label}\n`);
    return { advance() {}, end: (message) => void stream.write(`${message}\n`) };
  }
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
  return {
    advance: (units, message = '') => bar.increment(units, { message }),
    end(message) {
      bar.stop();
      stream.write(`${message}\n`);
    },
  };
}
