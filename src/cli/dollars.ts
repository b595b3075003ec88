/** Millionths of a dollar as people read them: `$0.62`, `$0.0041`; `?` where nobody knows. */
export function inDollars(micros: number | null): string {
  if (micros === null) return '?';
  const dollars = micros / 1e6;
  const places = dollars === 0 || dollars >= 0.1 ? 2 : 4;
  return `$${dollars.toLocaleString('en', { minimumFractionDigits: places, maximumFractionDigits: places })}`;
}
