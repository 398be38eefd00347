import type { Picture } from './picture.ts';
import { damagedPicture, refusedPicture } from './refusals.ts';

const HEAD_BYTES = 12;
/** Flags of an extended picture that hold when its texts are gone: a colour profile, transparency. */
const COLOUR_PROFILE = 0x20;
const ALPHA = 0x10;

export function isWebp(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, HEAD_BYTES) === 'WEBP';
}

interface Chunk {
  type: string;
  data: Buffer;
  /** With what fills it up to an even length. */
  whole: Buffer;
}

function* chunksOf(bytes: Buffer): Generator<Chunk> {
  const end = bytes.readUInt32LE(4) + 8;
  if (end > bytes.length) throw damagedPicture();
  for (let at = HEAD_BYTES; at < end; ) {
    if (at + 8 > end) throw damagedPicture();
    const length = bytes.readUInt32LE(at + 4);
    const next = at + 8 + length + (length % 2);
    if (next > end) throw damagedPicture();
    const type = bytes.toString('latin1', at, at + 4);
    yield { type, data: bytes.subarray(at + 8, at + 8 + length), whole: bytes.subarray(at, next) };
    at = next;
  }
}

interface Size {
  width: number;
  height: number;
}

/** A key frame of VP8 (RFC 6386, 9.1). */
function lossySize(data: Buffer): Size {
  const isKeyFrame = data.length >= 10 && (data.readUInt8(0) & 1) === 0 && data.readUIntBE(3, 3) === 0x9d012a;
  if (!isKeyFrame) throw damagedPicture();
  return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
}

function losslessSize(data: Buffer): Size {
  if (data.length < 5 || data[0] !== 0x2f) throw damagedPicture();
  const bits = data.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

function canvasSize(data: Buffer): Size {
  if (data.length < 10) throw damagedPicture();
  return { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 };
}

/** The header of an extended picture that has colours and transparency only. */
function plainHeader({ whole }: Chunk, hasProfile: boolean): Buffer {
  const header = Buffer.from(whole);
  const flags = header.readUInt8(8) & ALPHA;
  header.writeUInt8(hasProfile ? flags | COLOUR_PROFILE : flags, 8);
  return header;
}

/** Reads chunk by chunk up to the end of the picture; decodes nothing. */
export function readWebp(bytes: Buffer): Picture {
  const chunks = [...chunksOf(bytes)];
  const [first] = chunks;
  const pixels = chunks.filter(({ type }) => type === 'VP8 ' || type === 'VP8L');
  if (chunks.some(({ type }) => type === 'ANIM' || type === 'ANMF')) {
    throw refusedPicture('picture-animated', 'The picture moves. Choose one that stands still.');
  }
  const [only] = pixels;
  if (!first || !only || pixels.length > 1) throw damagedPicture();
  const size = only.type === 'VP8 ' ? lossySize(only.data) : losslessSize(only.data);
  const kept: Buffer[] = [];
  if (first.type === 'VP8X') {
    const canvas = canvasSize(first.data);
    if (canvas.width !== size.width || canvas.height !== size.height) throw damagedPicture();
    const profile = chunks.find(({ type }) => type === 'ICCP');
    kept.push(plainHeader(first, profile !== undefined), ...(profile ? [profile.whole] : []));
    const alpha = chunks.find(({ type }) => type === 'ALPH');
    if (alpha) kept.push(alpha.whole);
  } else if (first !== only) throw damagedPicture();
  const body = Buffer.concat([...kept, only.whole]);
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES));
  head.writeUInt32LE(body.length + 4, 4);
  return { type: 'image/webp', ...size, content: Buffer.concat([head, body]) };
}
