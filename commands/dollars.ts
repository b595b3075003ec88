export function inDollars(micros: number): string {
  return `$${(micros / 1e6).toFixed(2)}`;
}
