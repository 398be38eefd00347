import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { drawPng, pngChunk } from '../../test/support/pictures.ts';
import { ApiError } from '../errors/index.ts';
import { readPicture } from './read-picture.ts';

const PLACE = 'N 52.52 E 13.40, taken by Ada';
const PAYLOAD = '<script>alert(1)</script>';

const bytes = (...parts: (number[] | string | Buffer)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

function segment(marker: number, data: Buffer): Buffer {
  return bytes([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255], data);
}

const frame = (width: number, height: number, marker = 0xc0) =>
  segment(marker, bytes([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]));
const scan = (data: number[] = [1, 2, 0xff, 0x00, 3, 0xff, 0xd0, 4]) =>
  bytes(segment(0xda, bytes([1, 1, 0, 0, 63, 0])), data);
const jpeg = (...parts: Buffer[]) => bytes([0xff, 0xd8], ...parts, [0xff, 0xd9]);
const table = segment(0xdb, Buffer.alloc(65, 1));

/** An EXIF segment with a text and, after it, which way up. */
function exif(orientation: number, order: 'II' | 'MM' = 'II'): Buffer {
  const tiff = Buffer.alloc(8 + 2 + 24 + 4 + PLACE.length);
  const short = (value: number, at: number) =>
    order === 'II' ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    order === 'II' ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  tiff.write(order, 'latin1');
  short(42, 2);
  long(8, 4);
  short(2, 8);
  short(0x010e, 10);
  short(2, 12);
  long(PLACE.length, 14);
  long(38, 18);
  short(0x0112, 22);
  short(3, 24);
  long(1, 26);
  short(orientation, 30);
  tiff.write(PLACE, 38, 'latin1');
  return segment(0xe1, bytes('Exif\0\0', tiff));
}

function webpChunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return bytes(head, data, data.length % 2 === 1 ? [0] : []);
}

function webp(...chunks: Buffer[]): Buffer {
  const body = bytes('WEBP', ...chunks);
  const head = Buffer.alloc(8);
  head.write('RIFF', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return bytes(head, body);
}

const lossy = (width: number, height: number) =>
  webpChunk('VP8 ', bytes([0, 0, 0, 0x9d, 1, 0x2a, width & 255, width >> 8, height & 255, height >> 8, 9]));

function lossless(width: number, height: number): Buffer {
  const data = Buffer.alloc(6, 0x2f);
  data.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
  return webpChunk('VP8L', data);
}

function extended(flags: number, width: number, height: number): Buffer {
  const data = Buffer.alloc(10);
  data.writeUInt8(flags);
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return webpChunk('VP8X', data);
}

function refusal(content: Buffer): string {
  try {
    readPicture(content);
  } catch (error) {
    if (error instanceof ApiError) return error.reason ?? error.code;
    throw error;
  }
  return 'accepted';
}

describe('a picture is accepted', () => {
  it.each([
    ['PNG', drawPng(20, 30), 'image/png'],
    ['JPEG', jpeg(table, frame(20, 30), scan()), 'image/jpeg'],
    [
      'progressive JPEG',
      jpeg(table, frame(20, 30, 0xc2), scan(), segment(0xc4, Buffer.alloc(3)), scan()),
      'image/jpeg',
    ],
    ['JPEG with filling before a marker', jpeg(bytes([0xff], table), frame(20, 30), scan()), 'image/jpeg'],
    ['WebP', webp(lossy(20, 30)), 'image/webp'],
    ['lossless WebP', webp(lossless(20, 30)), 'image/webp'],
    ['extended WebP', webp(extended(0x10, 20, 30), webpChunk('ALPH', bytes([1])), lossy(20, 30)), 'image/webp'],
  ])('as %s, as it is', (_name, content, type) => {
    const picture = readPicture(content);
    expect(picture).toMatchObject({ type, width: 20, height: 30 });
    expect(picture.content).toEqual(content);
    expect(readPicture(picture.content).content).toEqual(content);
  });

  it.each([16, 1024])('with sides of %i pixels', (side) => {
    expect(refusal(webp(lossy(side, side)))).toBe('accepted');
    expect(refusal(jpeg(frame(side, side), scan()))).toBe('accepted');
  });
});

describe('what is not the picture is left out:', () => {
  const text = pngChunk('tEXt', bytes('Comment\0', PLACE));
  const animation = [pngChunk('acTL', Buffer.alloc(8)), pngChunk('fcTL', Buffer.alloc(26))];
  const comment = segment(0xfe, bytes(PLACE));
  const withTexts = [webpChunk('EXIF', bytes(PLACE)), webpChunk('XMP ', bytes(PAYLOAD))];
  const cases: [string, Buffer, Buffer][] = [
    ['texts and EXIF of a PNG', drawPng(20, 20, { between: [text, pngChunk('eXIf', bytes(PLACE))] }), drawPng(20, 20)],
    ['the movement of a PNG', drawPng(20, 20, { between: animation }), drawPng(20, 20)],
    ['what stands behind a PNG', bytes(drawPng(20, 20), 'PK\u0003\u0004', PAYLOAD), drawPng(20, 20)],
    [
      'EXIF and comments of a JPEG',
      jpeg(exif(1), comment, segment(0xed, bytes(PLACE)), frame(20, 20), scan()),
      jpeg(frame(20, 20), scan()),
    ],
    [
      'a JPEG inside of a JPEG',
      jpeg(segment(0xe0, bytes('JFXX\0', [0x10], jpeg(frame(9, 9), scan()))), frame(20, 20), scan()),
      jpeg(frame(20, 20), scan()),
    ],
    ['what stands behind a JPEG', bytes(jpeg(frame(20, 20), scan()), PAYLOAD), jpeg(frame(20, 20), scan())],
    [
      'texts of a WebP',
      webp(extended(0x1c, 20, 20), lossy(20, 20), ...withTexts),
      webp(extended(0x10, 20, 20), lossy(20, 20)),
    ],
    ['what stands behind a WebP', bytes(webp(lossy(20, 20)), PAYLOAD), webp(lossy(20, 20))],
  ];
  it.each(cases)('%s', (_name, given, kept) => {
    expect(readPicture(given).content).toEqual(kept);
  });

  it('how its colours are meant stays', () => {
    const profile = segment(0xe2, bytes('ICC_PROFILE\0', [1, 1], 'a profile'));
    const jfif = segment(0xe0, bytes('JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0]));
    const adobe = segment(0xee, bytes('Adobe', [0, 100, 0, 0, 0, 0, 1]));
    const photo = jpeg(jfif, profile, adobe, table, frame(20, 20), scan());
    expect(readPicture(photo).content).toEqual(photo);
    const drawing = drawPng(20, 20, { between: [pngChunk('iCCP', bytes('p\0\0', deflateSync(bytes('a profile'))))] });
    expect(readPicture(drawing).content).toEqual(drawing);
    const coloured = webp(extended(0x20, 20, 20), webpChunk('ICCP', bytes('a profile')), lossy(20, 20));
    expect(readPicture(coloured).content).toEqual(coloured);
  });

  it.each(['II', 'MM'] as const)('a photo stays the right way up (%s)', (order) => {
    const { content } = readPicture(jpeg(exif(6, order), frame(20, 20), scan()));
    expect(content.includes(PLACE)).toBe(false);
    // What is left of it says the same, and can be read again.
    expect(content.includes(bytes('Exif\0\0MM\0*'))).toBe(true);
    expect(readPicture(content).content).toEqual(content);
    expect(content.readUInt16BE(content.indexOf('MM\0*') + 18)).toBe(6);
  });

  it.each([
    ['that is cut off', exif(6).subarray(0, 20)],
    ['whose directory lies outside', bytes('Exif\0\0II', [42, 0, 255, 255, 255, 255])],
    ['with more entries than there is room', bytes('Exif\0\0MM', [0, 42, 0, 0, 0, 8, 255, 255], Buffer.alloc(30))],
    ['that is empty', bytes('Exif\0\0')],
    ['with a way up that there is not', exif(9).subarray(4)],
  ])('EXIF %s says nothing', (_name, data) => {
    const photo = jpeg(segment(0xe1, data), frame(20, 20), scan());
    expect(readPicture(photo).content).toEqual(jpeg(frame(20, 20), scan()));
  });
});

describe('refused is', () => {
  it.each([
    ['nothing', bytes('')],
    ['a drawing that can act', bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a page', bytes(`<!doctype html>${PAYLOAD}`)],
    ['a page that goes on as a PNG', bytes(PAYLOAD, drawPng(20, 20))],
    ['a document', bytes('%PDF-1.7\n')],
    ['a GIF', bytes('GIF89a', [20, 0, 20, 0], PAYLOAD)],
    ['a sound', bytes('RIFF', [4, 0, 0, 0], 'WAVE')],
  ])('%s', (_name, content) => {
    expect(refusal(content)).toBe('file-type-refused');
  });

  it.each([
    ['a giant PNG', drawPng(1025, 16)],
    ['a PNG that is larger than any memory', pngOf(0x7fffffff, 0x7fffffff)],
    ['a PNG without height', pngOf(20, 0)],
    ['a giant JPEG', jpeg(frame(65_535, 65_535), scan())],
    ['a JPEG that says its height at the end', jpeg(frame(20, 0), scan(), segment(0xdc, bytes([0, 20])))],
    ['a giant WebP', webp(lossy(16_383, 16_383))],
    ['a giant lossless WebP', webp(lossless(16_384, 16_384))],
    ['a dot', webp(lossy(15, 16))],
  ])('%s', (_name, content) => {
    expect(refusal(content)).toBe('picture-dimensions');
  });

  it('what moves and can not be made to stand still', () => {
    const film = webp(extended(0x02, 20, 20), webpChunk('ANIM', Buffer.alloc(6)), webpChunk('ANMF', Buffer.alloc(16)));
    expect(refusal(film)).toBe('picture-animated');
  });

  const broken = drawPng(20, 20);
  broken.writeUInt8(broken.readUInt8(60) ^ 1, 60);
  it.each([
    ['a PNG with a wrong check sum', broken],
    ['a PNG with two headers', drawPng(20, 20, { between: [pngOf(9000, 9000).subarray(8, 33)] })],
    ['a PNG with a part that nobody knows and all need', drawPng(20, 20, { between: [pngChunk('ABCD', bytes('x'))] })],
    ['a PNG without pixels', pngOf(20, 20, [])],
    ['a PNG whose part is longer than itself', bytes(drawPng(20, 20).subarray(0, 33), [0x7f, 255, 255, 255], 'IDAT')],
    ['a JPEG with two frames', jpeg(frame(20, 20), frame(9000, 9000), scan())],
    ['a JPEG whose frame comes late', jpeg(scan(), frame(20, 20))],
    ['a JPEG without a scan', jpeg(frame(20, 20))],
    ['a JPEG with another picture in a scan', jpeg(frame(20, 20), scan(), jpeg(frame(9000, 9000), scan()))],
    ['an arithmetic JPEG', jpeg(frame(20, 20, 0xc9), scan())],
    ['a JPEG with a frame of two bytes', jpeg(segment(0xc0, bytes([8, 0])), scan())],
    ['a JPEG with a length of nothing', bytes([0xff, 0xd8, 0xff, 0xdb, 0, 1], frame(20, 20))],
    ['a JPEG drawn over and over', jpeg(frame(20, 20, 0xc2), ...Array.from({ length: 65 }, () => scan()))],
    ['a WebP with two pictures', webp(lossy(20, 20), lossless(9000, 9000))],
    ['a WebP that calls itself smaller than it is', webp(extended(0, 20, 20), lossy(9000, 9000))],
    ['a WebP that begins with something else', webp(webpChunk('XMP ', bytes('x')), lossy(20, 20))],
    ['a WebP whose part is longer than itself', webp(bytes('VP8 ', [255, 255, 255, 255]))],
    ['a WebP that begins in the middle', webp(webpChunk('VP8 ', bytes([1, 0, 0, 0x9d, 1, 0x2a, 20, 0, 20, 0])))],
    ['a WebP of nothing', webp()],
  ])('%s', (_name, content) => {
    expect(refusal(content)).toBe('picture-damaged');
  });

  it.each([
    ['PNG', drawPng(20, 20, { between: [pngChunk('sRGB', bytes([0]))] })],
    ['JPEG', jpeg(exif(6), table, frame(20, 20), scan())],
    ['WebP', webp(extended(0x10, 20, 20), webpChunk('ALPH', bytes([1, 2, 3])), lossy(20, 20))],
  ])('a %s that is cut off, wherever', (_name, content) => {
    for (let length = 0; length < content.length; length++) {
      expect(refusal(content.subarray(0, length)), `at ${length}`).toMatch(/^(picture-damaged|file-type-refused)$/);
    }
  });
});

/** A PNG whose header says this, whatever its pixels. */
function pngOf(width: number, height: number, pixels = [pngChunk('IDAT', bytes([0]))]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return bytes('\x89PNG\r\n\x1a\n', pngChunk('IHDR', header), ...pixels, pngChunk('IEND', Buffer.alloc(0)));
}
