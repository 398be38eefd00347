/** What the kernel and a sandbox process say to each other. Numbers are part of the wire. */
export const FRAME = {
  /** Child: started. */
  ready: 1,
  /** Kernel: keep the text of a bundle. `isolate` is the bundle's number; texts: source, name. */
  bundle: 2,
  /** Kernel: forget a bundle. */
  dropBundle: 3,
  /** Kernel: make an isolate. `call` is the bundle's number. */
  open: 4,
  /**
   * Child: the isolate is ready. `extra` is the CPU time that took in µs; texts: description of its handlers as JSON.
   */
  opened: 5,
  /** Child: it could not be made; texts: why. */
  refused: 6,
  /** Kernel: run a handler. texts: group, name, invocation, input. */
  call: 7,
  /** Child: a handler asks the kernel. `extra` is the question's number; texts: operation, arguments. */
  hostCall: 8,
  /** Kernel: the answer. texts: result. */
  hostResult: 9,
  /** Kernel: the answer is a refusal. texts: error. */
  hostError: 10,
  /** Child: a handler has returned. `extra` is the CPU it took in µs; texts: result. */
  returned: 11,
  /** Child: a handler has thrown. `extra` likewise; texts: error. */
  threw: 12,
  /** Kernel: end an isolate. */
  close: 13,
  /** Child: an isolate is being ended for its behaviour. texts: reason. */
  lost: 14,
  /** Child: an isolate has ended, by itself or because it was told to. */
  closed: 15,
  /** Child: an isolate does not end; only the end of the process will end it. */
  stuck: 16,
  /** Child: an isolate computes without rest (`extra` 1), or has come to one (0). */
  hot: 17,
  /** Kernel: are you there? */
  ping: 18,
  /** Child: yes. */
  pong: 19,
  /** Child: this isolate has brought the process down with it. */
  doomed: 20,
} as const;

export type FrameType = (typeof FRAME)[keyof typeof FRAME];

export interface Frame {
  type: number;
  isolate: number;
  call: number;
  extra: number;
  texts: string[];
}

/** What a frame says beside its type; numbers that are not given are 0. */
export type FrameFields = Partial<Readonly<Omit<Frame, 'type'>>>;

/** Length of all that follows, type, count of texts, isolate, call, extra. */
const HEADER = 18;

/** Characters of one text of a guest. */
export const MAX_TEXT = 16 * 1024 * 1024;

/** A larger frame is not valid. */
const MAX_FRAME_BYTES = 128 * 1024 * 1024;

export function encodeFrame(
  type: FrameType,
  { isolate = 0, call = 0, extra = 0, texts = [] }: FrameFields = {},
): Buffer {
  let size = HEADER;
  const lengths = texts.map((text) => {
    const length = Buffer.byteLength(text);
    size += 4 + length;
    return length;
  });
  const buffer = Buffer.allocUnsafe(size);
  buffer.writeUInt32LE(size - 4, 0);
  buffer.writeUInt8(type, 4);
  buffer.writeUInt8(texts.length, 5);
  buffer.writeUInt32LE(isolate, 6);
  buffer.writeUInt32LE(call, 10);
  buffer.writeUInt32LE(extra, 14);
  let offset = HEADER;
  for (const [index, text] of texts.entries()) {
    offset = buffer.writeUInt32LE(lengths[index] ?? 0, offset);
    offset += buffer.write(text, offset);
  }
  return buffer;
}

function decodeFrame(buffer: Buffer): Frame {
  if (buffer.length < HEADER) throw new Error('a frame without a header');
  const texts: string[] = [];
  let offset = HEADER;
  for (let count = buffer.readUInt8(5); count > 0; count -= 1) {
    const length = buffer.readUInt32LE(offset);
    offset += 4;
    if (offset + length > buffer.length) throw new Error('a frame that is shorter than it says');
    texts.push(buffer.toString('utf8', offset, offset + length));
    offset += length;
  }
  return {
    type: buffer.readUInt8(4),
    isolate: buffer.readUInt32LE(6),
    call: buffer.readUInt32LE(10),
    extra: buffer.readUInt32LE(14),
    texts,
  };
}

/** Takes frames out of a stream of bytes. */
export class FrameReader {
  readonly #onFrame: (frame: Frame) => void;
  #chunks: Buffer[] = [];
  #length = 0;
  /** Bytes the next frame needs in all. */
  #wanted = 4;

  constructor(onFrame: (frame: Frame) => void) {
    this.#onFrame = onFrame;
  }

  /** Throws when the bytes are not frames. */
  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#wanted) return;
    let buffer = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#length);
    this.#wanted = 4;
    while (buffer.length >= 4) {
      const size = buffer.readUInt32LE(0) + 4;
      if (size > MAX_FRAME_BYTES) throw new Error('a frame that is too large');
      if (buffer.length < size) {
        this.#wanted = size;
        break;
      }
      const frame = decodeFrame(buffer.subarray(0, size));
      buffer = buffer.subarray(size);
      this.#onFrame(frame);
    }
    this.#chunks = buffer.length === 0 ? [] : [buffer];
    this.#length = buffer.length;
  }
}
