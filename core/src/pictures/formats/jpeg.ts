import { orientationOf, orientationSegment } from './exif.ts';
import type { Picture } from './picture.ts';
import { damagedPicture } from './refusals.ts';

export const JPEG_MARK = Buffer.from([0xff, 0xd8, 0xff]);

const START = Buffer.from([0xff, 0xd8]);
const END_MARKER = 0xd9;
const END = Buffer.from([0xff, END_MARKER]);
const SCAN = 0xda;
const EXIF = 0xe1;
/** Frames that browsers decode: baseline, extended, progressive. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2]);
/** Tables of the decoder. */
const TABLES = new Set([0xc4, 0xdb, 0xdd]);
/** A progressive picture is drawn anew with each scan, as a whole: real ones have about ten. */
const MOST_SCANS = 64;
/** A JFIF header without a small picture inside. */
const PLAIN_JFIF_BYTES = 14;

/** Segments of applications that say how colours are meant. */
function tellsColours(marker: number, data: Buffer): boolean {
  const begins = (mark: string) => data.toString('latin1', 0, mark.length) === mark;
  if (marker === 0xe0) return begins('JFIF\0') && data.length === PLAIN_JFIF_BYTES;
  return (marker === 0xe2 && begins('ICC_PROFILE\0')) || (marker === 0xee && begins('Adobe'));
}

/** The place of the next marker in what follows a scan's header: 255, unless it is data (0) or a restart (D0 to D7). */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  throw damagedPicture();
}

interface Segment {
  marker: number;
  data: Buffer;
  whole: Buffer;
}

/** The marker segment that begins here, without the bytes that may fill up before it. */
function segmentAt(bytes: Buffer, place: number): Segment {
  let at = place;
  if (bytes[at] !== 0xff) throw damagedPicture();
  while (bytes[at + 1] === 0xff) at += 1;
  const marker = bytes[at + 1];
  if (marker === undefined) throw damagedPicture();
  if (marker === END_MARKER) return { marker, data: Buffer.alloc(0), whole: bytes.subarray(place, at + 2) };
  // Everything else that stands alone belongs into a scan, or to the start of another picture.
  if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8) || at + 4 > bytes.length) throw damagedPicture();
  const length = bytes.readUInt16BE(at + 2);
  if (length < 2 || at + 2 + length > bytes.length) throw damagedPicture();
  return { marker, data: bytes.subarray(at + 4, at + 2 + length), whole: bytes.subarray(place, at + 2 + length) };
}

function sizeOf(frame: Buffer): { width: number; height: number } {
  if (frame.length < 6) throw damagedPicture();
  return { width: frame.readUInt16BE(3), height: frame.readUInt16BE(1) };
}

/** Reads segment by segment up to the end of the picture; decodes nothing. */
export function readJpeg(bytes: Buffer): Picture {
  const kept: Buffer[] = [START];
  let size: { width: number; height: number } | null = null;
  let scans = 0;
  for (let at = START.length; ; ) {
    const { marker, data, whole } = segmentAt(bytes, at);
    at += whole.length;
    if (marker === END_MARKER) break;
    if (FRAMES.has(marker)) {
      // A second frame would be another picture, of which nobody has asked how large it is.
      if (size !== null) throw damagedPicture();
      size = sizeOf(data);
      kept.push(whole);
    } else if (marker === SCAN) {
      scans += 1;
      if (size === null || scans > MOST_SCANS) throw damagedPicture();
      const end = endOfScan(bytes, at);
      kept.push(whole, bytes.subarray(at, end));
      at = end;
    } else if (marker === EXIF) {
      const orientation = orientationOf(data);
      if (orientation !== 1) kept.push(orientationSegment(orientation));
    } else if (TABLES.has(marker) || tellsColours(marker, data)) kept.push(whole);
    // Lossless, hierarchical and arithmetic frames.
    else if (marker < 0xd0) throw damagedPicture();
  }
  if (size === null || scans === 0) throw damagedPicture();
  return { type: 'image/jpeg', ...size, content: Buffer.concat([...kept, END]) };
}
