import { crc32 } from 'node:zlib';
import type { Picture } from './picture.ts';
import { damagedPicture } from './refusals.ts';

export const PNG_MARK = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** The still picture and how its colours are meant. Texts, times, EXIF and the frames of an animation are not among them. */
const KEPT = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'cICP']);
/** Length, type and check sum. */
const AROUND = 12;

interface Chunk {
  type: string;
  data: Buffer;
  whole: Buffer;
}

/** The chunk that begins here, once its check sum has been found right. */
function chunkAt(bytes: Buffer, at: number): Chunk {
  if (at + AROUND > bytes.length) throw damagedPicture();
  const length = bytes.readUInt32BE(at);
  if (length > bytes.length - at - AROUND) throw damagedPicture();
  const whole = bytes.subarray(at, at + AROUND + length);
  if (crc32(whole.subarray(4, -4)) !== whole.readUInt32BE(whole.length - 4)) throw damagedPicture();
  return { type: whole.toString('latin1', 4, 8), data: whole.subarray(8, -4), whole };
}

/** Reads chunk by chunk up to the end of the picture; decodes nothing. */
export function readPng(bytes: Buffer): Picture {
  const header = chunkAt(bytes, PNG_MARK.length);
  if (header.type !== 'IHDR' || header.data.length !== 13) throw damagedPicture();
  const kept = [PNG_MARK, header.whole];
  let hasPixels = false;
  for (let at = PNG_MARK.length + header.whole.length; ; ) {
    const { type, whole } = chunkAt(bytes, at);
    at += whole.length;
    if (KEPT.has(type)) kept.push(whole);
    // Their first letter is a capital: without them nobody can show the picture.
    if (type === 'IHDR' || (/^[A-Z]/.test(type) && !KEPT.has(type))) throw damagedPicture();
    if (type === 'IDAT') hasPixels = true;
    if (type === 'IEND') break;
  }
  if (!hasPixels) throw damagedPicture();
  return {
    type: 'image/png',
    width: header.data.readUInt32BE(0),
    height: header.data.readUInt32BE(4),
    content: Buffer.concat(kept),
  };
}
