import type { Socket } from 'node:net';
import { encodeFrame, type Frame, type FrameFields, FrameReader, type FrameType } from './frames.ts';

/** One end of the connection. What is sent in one turn of the event loop leaves in one write. */
export class FrameLink {
  readonly #socket: Socket;
  #corked = false;

  /** `onBroken` is called once the other end has closed, or sends what is no frame. */
  constructor(socket: Socket, onFrame: (frame: Frame) => void, onBroken: (why: string) => void) {
    this.#socket = socket;
    const reader = new FrameReader(onFrame);
    socket.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch (error) {
        socket.destroy();
        onBroken(error instanceof Error ? error.message : 'bytes that are no frame');
      }
    });
    socket.on('error', (error) => onBroken(error.message));
    socket.on('close', () => onBroken('closed'));
  }

  send(type: FrameType, fields?: FrameFields): void {
    if (this.#socket.destroyed) return;
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      setImmediate(() => {
        this.#corked = false;
        this.#socket.uncork();
      });
    }
    this.#socket.write(encodeFrame(type, fields));
  }

  /** Stops reading for now; what the other end sends stays with it. */
  hold(isHeld: boolean): void {
    if (isHeld) this.#socket.pause();
    else this.#socket.resume();
  }

  close(): void {
    this.#socket.destroy();
  }
}
