import { ApiError } from '../errors/index.ts';
import { JPEG_MARK, readJpeg } from './formats/jpeg.ts';
import type { Picture } from './formats/picture.ts';
import { PNG_MARK, readPng } from './formats/png.ts';
import { refusedPicture } from './formats/refusals.ts';
import { isWebp, readWebp } from './formats/webp.ts';

/** What is shown small needs no more; a browser holds four bytes for each pixel, of each picture in a list. */
export const MOST_PIXELS = 1024;
const FEWEST_PIXELS = 16;

function parse(bytes: Buffer): Picture {
  if (bytes.subarray(0, PNG_MARK.length).equals(PNG_MARK)) return readPng(bytes);
  if (bytes.subarray(0, JPEG_MARK.length).equals(JPEG_MARK)) return readJpeg(bytes);
  if (isWebp(bytes)) return readWebp(bytes);
  throw new ApiError('unsupported-media-type', 'This is no PNG, JPEG or WebP picture, whatever it is called.', {
    reason: 'file-type-refused',
    errors: [{ pointer: '', message: 'Must be a PNG, JPEG or WebP picture.' }],
  });
}

/**
 * Reads what a picture is from its bytes, whatever it was called, and leaves out what is not the picture: a photo taken
 * with a phone says where it was taken. Refuses everything but still PNG, JPEG and WebP pictures of a moderate size.
 * Pure. Nothing is decoded: a decoder of strangers' pictures would have to run in a process of its own, as that of
 * documents does, and the browser that sends a picture has made it small already (ADR 19).
 */
export function readPicture(bytes: Buffer): Picture {
  const picture = parse(bytes);
  const { width, height } = picture;
  const fits = (side: number) => side >= FEWEST_PIXELS && side <= MOST_PIXELS;
  if (!fits(width) || !fits(height)) {
    throw refusedPicture(
      'picture-dimensions',
      `The picture has ${width} × ${height} pixels; each side may have ${FEWEST_PIXELS} to ${MOST_PIXELS}.`,
    );
  }
  return picture;
}
