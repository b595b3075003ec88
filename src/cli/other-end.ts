/** A stream of the program, which somebody may read or type at. */
type Stream = { readonly isTTY?: boolean };

/**
 * Whether a stream failed because nobody is at its other end any more: a reader that has seen enough
 * (`| head`), or a terminal that was closed. That is an end like any other, and no failure.
 */
export function isLeft({ isTTY }: Stream, error: Error): boolean {
  if (!('code' in error)) return false;
  return error.code === 'EPIPE' || (error.code === 'EIO' && isTTY === true);
}
