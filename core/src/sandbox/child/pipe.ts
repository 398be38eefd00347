import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { encodeFrame, type Frame, type FrameFields, FrameReader, type FrameType } from '../wire/frames.ts';

const DESCRIPTOR = 3;
const READ_BYTES = 64 * 1024;

/**
 * The child's end of the connection. Without a JIT compiler, Node's streams cost more than all else, so reading
 * bypasses them, and so does writing as long as the kernel's end takes what is written.
 */
export class Pipe {
  readonly #socket: Socket;
  #pending: Buffer[] = [];

  constructor(onFrame: (frame: Frame) => void, onBroken: () => void) {
    const reader = new FrameReader(onFrame);
    const onread = {
      buffer: Buffer.allocUnsafe(READ_BYTES),
      callback: (length: number, buffer: Uint8Array) => {
        // The reader keeps what is not yet complete; the buffer is used again.
        reader.push(Buffer.from(buffer.subarray(0, length)));
        return true;
      },
    };
    // The types know `onread` for connections only; a socket on a descriptor takes it likewise.
    const options = { fd: DESCRIPTOR, readable: true, writable: true, onread };
    this.#socket = new Socket(options);
    this.#socket.on('error', onBroken);
    this.#socket.on('end', onBroken);
    this.#socket.on('close', onBroken);
    this.#socket.resume();
  }

  send(type: FrameType, fields?: FrameFields): void {
    if (this.#pending.length === 0) setImmediate(() => this.#flush());
    this.#pending.push(encodeFrame(type, fields));
  }

  #flush(): void {
    const [only] = this.#pending;
    let bytes = this.#pending.length === 1 && only ? only : Buffer.concat(this.#pending);
    this.#pending = [];
    if (this.#socket.writableLength === 0) {
      try {
        bytes = bytes.subarray(writeSync(DESCRIPTOR, bytes));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      }
    }
    if (bytes.length > 0) this.#socket.write(bytes);
  }
}
