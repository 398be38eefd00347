import { describe, expect, it } from 'vitest';
import { encodeFrame, FRAME, type Frame, FrameReader } from './frames.ts';

const SAMPLES: Frame[] = [
  { type: FRAME.ready, isolate: 0, call: 0, extra: 0, texts: [] },
  { type: FRAME.call, isolate: 1, call: 0xfffffffe, extra: 7, texts: ['actions', 'run', '{}', '{"a":"ä€😀"}'] },
  { type: FRAME.returned, isolate: 2, call: 3, extra: 4, texts: [''] },
  { type: FRAME.hostCall, isolate: 9, call: 8, extra: 7, texts: ['db.find', 'x'.repeat(100_000)] },
];
const bytes = Buffer.concat(
  SAMPLES.map(({ type, isolate, call, extra, texts }) => encodeFrame(type as 1, { isolate, call, extra, texts })),
);

function read(chunks: Iterable<Buffer>): Frame[] {
  const frames: Frame[] = [];
  const reader = new FrameReader((frame) => frames.push(frame));
  for (const chunk of chunks) reader.push(chunk);
  return frames;
}

describe('frames', () => {
  it.each([1, 3, 7, 18, 1000, 65_536, bytes.length])('arrive as they were sent, in pieces of %i bytes', (size) => {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    expect(read(chunks)).toEqual(SAMPLES);
  });

  it.each([
    ['a length beyond all reason', Buffer.from([0xff, 0xff, 0xff, 0xff, 0])],
    ['less than a header', Buffer.from([2, 0, 0, 0, 1, 0])],
    [
      'a text longer than the frame',
      Buffer.from([18, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0]),
    ],
    ['more texts than there are', Buffer.from([14, 0, 0, 0, 1, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
  ])('are refused when they say %s', (_what, chunk) => {
    expect(() => read([chunk])).toThrow();
  });
});
