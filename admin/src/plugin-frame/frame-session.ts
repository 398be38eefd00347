import { type UiContext, UiProblem } from '@bazaar/sdk/ui';
import { Allowance } from './allowance.ts';
import type { FromFrame, SlotPlace, ToFrame } from './messages.ts';
import { readMessage } from './read-message.ts';
import { toWire } from './wire-problem.ts';

const CALLS_AT_ONCE = 40;
const MAX_SUBSCRIPTIONS = 50;
const MAX_SLOTS = 10;

export interface FrameSlot {
  key: number;
  name: string;
  params: Record<string, string>;
  place: SlotPlace;
}

/** What a frame makes happen around it. */
export interface FrameEvents {
  ready(): void;
  failed(error: unknown): void;
  height(height: number): void;
  /** The slots it has now. */
  slots(slots: readonly FrameSlot[]): void;
  unsaved(unsaved: boolean): void;
  /** A link to somewhere else was clicked. */
  open(url: string): void;
  palette(): void;
}

function refused(detail: string): UiProblem {
  return new UiProblem({ status: 429, code: 'too-many-requests', detail });
}

/**
 * The shell's end of one frame's port: does what the frame asks for with the context it was given, and nothing else.
 * The context decides what this plugin may; here is decided how much of it at once.
 */
export class FrameSession {
  context: UiContext;
  readonly #port: MessagePort;
  readonly #events: FrameEvents;
  readonly #calls = new Map<number, AbortController>();
  readonly #subscriptions = new Map<string, () => void>();
  readonly #slots = new Map<number, FrameSlot>();
  // More than a busy screen needs, far less than would keep the shell busy.
  readonly #messages = new Allowance(400, 120);
  readonly #notices = new Allowance(6, 0.5);
  #asking = false;

  constructor(port: MessagePort, context: UiContext, events: FrameEvents) {
    this.#port = port;
    this.context = context;
    this.#events = events;
    port.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data);
  }

  send(message: ToFrame): void {
    this.#port.postMessage(message);
  }

  close(): void {
    this.#port.onmessage = null;
    this.#port.close();
    for (const call of this.#calls.values()) call.abort();
    for (const undo of this.#subscriptions.values()) undo();
    this.#calls.clear();
    this.#subscriptions.clear();
  }

  #receive(data: unknown): void {
    if (!this.#messages.take()) {
      this.#events.failed(new Error('The plugin asks for more than the workspace can do at once.'));
      return;
    }
    const message = readMessage(data);
    if (message) this.#handle(message);
  }

  #handle(message: FromFrame): void {
    switch (message.type) {
      case 'ready':
        this.#events.ready();
        break;
      case 'failed': {
        const { message: text, unreachable } = message;
        this.#events.failed(unreachable ? new TypeError(text) : new Error(`In a frame: ${text}`));
        break;
      }
      case 'height':
        this.#events.height(message.height);
        break;
      case 'call':
        void this.#call(message);
        break;
      case 'download':
        void this.#answer(message.id, () => this.context.download(message.action, message.input));
        break;
      case 'confirm':
        void this.#answer(message.id, () => this.#confirm(message.question));
        break;
      case 'abort':
        this.#calls.get(message.id)?.abort();
        break;
      case 'navigate':
        this.context.navigate(message.path, { replace: message.replace });
        break;
      case 'open':
        this.#events.open(message.url);
        break;
      case 'title':
        this.context.setTitle(message.title);
        break;
      case 'notify':
        if (this.#notices.take()) this.context.notify(message.message, message.kind);
        break;
      case 'on':
        this.#listen(message.event);
        break;
      case 'off':
        this.#subscriptions.get(message.event)?.();
        this.#subscriptions.delete(message.event);
        break;
      case 'unsaved':
        this.#events.unsaved(message.unsaved);
        break;
      case 'palette':
        this.#events.palette();
        break;
      case 'slot': {
        const { key, name, params, place } = message;
        if (this.#slots.size >= MAX_SLOTS && !this.#slots.has(key)) break;
        this.#slots.set(key, { key, name, params, place });
        this.#events.slots([...this.#slots.values()]);
        break;
      }
      case 'slot-gone':
        this.#slots.delete(message.key);
        this.#events.slots([...this.#slots.values()]);
    }
  }

  async #call({ id, action, input, files, progress }: FromFrame & { type: 'call' }): Promise<void> {
    await this.#answer(id, (signal) =>
      this.context.call(action, input, {
        signal,
        ...(files && { files }),
        ...(progress && { onProgress: (percent) => this.send({ type: 'progress', id, percent }) }),
      }),
    );
  }

  async #answer(id: number, work: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    if (this.#calls.has(id)) return;
    const abort = new AbortController();
    try {
      if (this.#calls.size >= CALLS_AT_ONCE) throw refused('The plugin asks for too much at once.');
      this.#calls.set(id, abort);
      const value = (await work(abort.signal)) as (ToFrame & { type: 'answer' })['value'];
      this.#reply({ type: 'answer', id, value: value ?? null }, abort);
    } catch (error) {
      this.#reply({ type: 'refusal', id, problem: toWire(error) }, abort);
    }
  }

  #reply(message: ToFrame & { id: number }, call: AbortController): void {
    // A frame that is gone, or an id that was given out anew, waits for nothing.
    if (this.#calls.get(message.id) === call) this.#calls.delete(message.id);
    this.send(message);
  }

  async #confirm(question: Parameters<UiContext['confirm']>[0]): Promise<boolean> {
    if (this.#asking) throw refused('One question after the other.');
    this.#asking = true;
    try {
      return await this.context.confirm(question);
    } finally {
      this.#asking = false;
    }
  }

  #listen(event: string): void {
    if (this.#subscriptions.has(event) || this.#subscriptions.size >= MAX_SUBSCRIPTIONS) return;
    const undo = this.context.on(event, (payload) => this.send({ type: 'event', event, payload }));
    this.#subscriptions.set(event, undo);
  }
}
