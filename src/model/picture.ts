/** What a report's pictures show: its terms as a word cloud, and the themes of its week. */
export const PICTURE_KINDS = ['cloud', 'week'] as const;
export type PictureKind = (typeof PICTURE_KINDS)[number];

/** A drawn picture, ready to be sent or written. */
export type Picture = {
  readonly kind: PictureKind;
  /** JPEG for pages, PNG for chats. */
  readonly mime: 'image/jpeg' | 'image/png';
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** What it shows, the most important first, for readers who cannot see it. */
  readonly alt: readonly string[];
  readonly bytes: Buffer;
};
