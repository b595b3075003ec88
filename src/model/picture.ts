/** A drawn picture, ready to be sent or written. */
export type Picture = {
  readonly mime: 'image/jpeg' | 'image/png';
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** The strongest terms, for readers who cannot see it. */
  readonly alt: readonly string[];
  readonly bytes: Buffer;
};
