/** Letters that somebody who means a name may have got wrong; of a short one a second would be another. */
const SLIPS = { most: 2, short: 1 };
const SHORT = 4;

/** The name that was meant by one that there is not: the nearest, by letters; `null` where none is near. */
export function nearestTo<N extends string>(written: string, names: readonly N[]): N | null {
  const most = written.length > SHORT ? SLIPS.most : SLIPS.short;
  for (let slips = 1; slips <= most; slips++) {
    const near = names.find((name) => isWithin(slips, written, name));
    if (near !== undefined) return near;
  }
  return null;
}

/** Whether so many letters more, fewer, other, or changed with the next make one word of another. */
function isWithin(slips: number, one: string, other: string): boolean {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  const [left, right] = [one.slice(same), other.slice(same)];
  if (left === '' && right === '') return true;
  if (slips === 0) return false;
  const isTurned = left.length > 1 && left[0] === right[1] && left[1] === right[0];
  return (
    isWithin(slips - 1, left.slice(1), right.slice(1)) ||
    isWithin(slips - 1, left.slice(1), right) ||
    isWithin(slips - 1, left, right.slice(1)) ||
    (isTurned && isWithin(slips - 1, left.slice(2), right.slice(2)))
  );
}
