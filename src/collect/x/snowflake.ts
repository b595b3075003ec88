/** X's ids count milliseconds since then, in all bits but the last 22. */
const EPOCH = 1_288_834_974_657n;

/** The numbers that X gives to posts, people and lists. */
export const X_ID = /^\d{1,19}$/;

/** When X gave an id away. */
export function timeOfId(id: string): Date {
  return new Date(Number((BigInt(id) >> 22n) + EPOCH));
}

/** The last id that was given away before a moment: what has one from before it is not newer. */
export function lastIdBefore(moment: Date): string {
  const ms = BigInt(Math.ceil(moment.getTime())) - EPOCH;
  return ms <= 0n ? '0' : String((ms << 22n) - 1n);
}

/** The first id that was given away at a moment or after it. */
export function firstIdAt(moment: Date): string {
  return String(BigInt(lastIdBefore(moment)) + 1n);
}

/** Whether an id was given away after another. */
export function isNewer(id: string, other: string): boolean {
  return BigInt(id) > BigInt(other);
}
