import { FRAME, type Frame } from './frames.ts';

/** What one isolate may say in one turn of the event loop. */
const FRAMES = 32;
const CHARACTERS = 512 * 1024;
/** When so much waits for its turn, no more is read. */
const FULL = 16 * 1024 * 1024;

/** Frames that handlers cause, as fast as they like. The rest come from the process itself. */
const OF_HANDLERS: ReadonlySet<number> = new Set([FRAME.hostCall, FRAME.returned, FRAME.threw]);

/** How much one isolate has sent in this turn, and what waits for the next. */
interface Lane {
  frames: number;
  characters: number;
  waiting: Frame[];
}

/** Hands frames on in turns, so that an isolate that says much keeps neither the others waiting nor the kernel. */
export class Turns {
  readonly #lanes = new Map<number, Lane>();
  readonly #handOn: (frame: Frame) => void;
  readonly #onFull: (isFull: boolean) => void;
  #waiting = 0;
  #isFull = false;

  constructor(handOn: (frame: Frame) => void, onFull: (isFull: boolean) => void) {
    this.#handOn = handOn;
    this.#onFull = onFull;
  }

  take(frame: Frame): void {
    if (!OF_HANDLERS.has(frame.type)) {
      this.#handOn(frame);
      return;
    }
    let lane = this.#lanes.get(frame.isolate);
    if (!lane) {
      if (this.#lanes.size === 0) setImmediate(() => this.#turn());
      lane = { frames: 0, characters: 0, waiting: [] };
      this.#lanes.set(frame.isolate, lane);
    }
    if (lane.waiting.length === 0 && hasRoom(lane)) this.#pass(lane, frame);
    else {
      lane.waiting.push(frame);
      this.#waiting += sizeOf(frame);
      this.#tellWhetherFull();
    }
  }

  #pass(lane: Lane, frame: Frame): void {
    lane.frames += 1;
    lane.characters += sizeOf(frame);
    this.#handOn(frame);
  }

  #turn(): void {
    for (const [isolate, lane] of this.#lanes) {
      lane.frames = 0;
      lane.characters = 0;
      let next = 0;
      for (; next < lane.waiting.length && hasRoom(lane); next += 1) {
        const frame = lane.waiting[next];
        if (!frame) break;
        this.#waiting -= sizeOf(frame);
        this.#pass(lane, frame);
      }
      if (next > 0) lane.waiting.splice(0, next);
      else this.#lanes.delete(isolate);
    }
    this.#tellWhetherFull();
    if (this.#lanes.size > 0) setImmediate(() => this.#turn());
  }

  #tellWhetherFull(): void {
    const isFull = this.#waiting > FULL;
    if (isFull === this.#isFull) return;
    this.#isFull = isFull;
    this.#onFull(isFull);
  }
}

function hasRoom(lane: Lane): boolean {
  return lane.frames < FRAMES && lane.characters < CHARACTERS;
}

function sizeOf({ texts }: Frame): number {
  let size = 0;
  for (const text of texts) size += text.length;
  return size;
}
