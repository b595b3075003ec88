import process from 'node:process';

/**
 * How long the processor has worked for this process, milliseconds: what a limit of time is held against,
 * as a busy machine lets everything wait.
 */
export function workMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
