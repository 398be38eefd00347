import { type Framing, partOf } from './part-of.ts';

/** What people may choose; what the server takes. */
export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp'];

const QUALITY = 0.9;

/** What is wrong with a chosen file, in words for who chose it. */
export class UnusablePicture extends Error {}

/**
 * The picture as it is sent: turned the right way up, made small, and without what a camera writes into it. A browser that
 * does not write WebP makes a PNG of it.
 */
export async function preparePicture(file: Blob, framing: Framing): Promise<Blob> {
  if (!PICTURE_TYPES.includes(file.type)) throw new UnusablePicture('Choose a PNG, JPEG or WebP picture.');
  const picture = await createImageBitmap(file).catch((cause: unknown) => {
    throw new UnusablePicture('This picture cannot be read. Choose another one.', { cause });
  });
  try {
    const { x, y, width, height, toWidth, toHeight } = partOf(picture.width, picture.height, framing);
    const canvas = document.createElement('canvas');
    canvas.width = toWidth;
    canvas.height = toHeight;
    const drawing = canvas.getContext('2d');
    if (!drawing) throw new UnusablePicture('This browser cannot make the picture smaller.');
    drawing.imageSmoothingQuality = 'high';
    drawing.drawImage(picture, x, y, width, height, 0, 0, toWidth, toHeight);
    const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp', QUALITY));
    if (!made) throw new UnusablePicture('This browser cannot make the picture smaller.');
    return made;
  } finally {
    picture.close();
  }
}
