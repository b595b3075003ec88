/** Ids of posts hold the time they were made at, in milliseconds since this moment. */
const EPOCH = 1_288_834_974_657n;

/** The first id of a moment. */
export function idAt(ms: number): bigint {
  const since = BigInt(Math.trunc(ms)) - EPOCH;
  return since < 0n ? 0n : since << 22n;
}

/** The moment of an id, in milliseconds. */
export function timeOf(id: bigint): number {
  return Number((id >> 22n) + EPOCH);
}
