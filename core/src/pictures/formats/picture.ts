/** A picture whose outline has been read. */
export interface Picture {
  type: 'image/png' | 'image/jpeg' | 'image/webp';
  /** Pixels, as they are stored. */
  width: number;
  height: number;
  /** The picture without what is none: where, when and by what it was made, and whatever stood behind its end. */
  content: Buffer;
}
