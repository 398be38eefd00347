import type { JsonObject, JsonValue } from '@bazaar/sdk';
import type { CallOptions } from '@bazaar/sdk/ui';
import type { FromFrame, Question, ToFrame } from '../plugin-frame/messages.ts';
import { fromWire } from '../plugin-frame/wire-problem.ts';

interface Waiting {
  resolve(value: JsonValue): void;
  reject(error: unknown): void;
  onProgress: ((percent: number) => void) | undefined;
}

type Listener = (payload: JsonObject) => void;
type Asked = Extract<FromFrame, { id: number }>;
type WithoutId<Message> = Message extends unknown ? Omit<Message, 'id'> : never;

/** The frame's end of the port: calls that wait for their answers, and events. */
export class ShellPort {
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, Set<Listener>>();
  #nextId = 1;

  /** `other` receives what is neither an answer nor an event. */
  constructor(port: MessagePort, other: (message: ToFrame) => void) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<ToFrame>) => {
      if (!this.#settle(data)) other(data);
    };
  }

  send(message: FromFrame): void {
    this.#port.postMessage(message);
  }

  call(action: string, input: JsonObject, { files, onProgress, signal }: CallOptions): Promise<JsonValue> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const message = {
      type: 'call' as const,
      action,
      input,
      progress: onProgress !== undefined,
      ...(files && { files }),
    };
    const { id, answer } = this.#ask(message, onProgress);
    signal?.addEventListener(
      'abort',
      () => {
        this.send({ type: 'abort', id });
        this.#waiting.get(id)?.reject(signal.reason);
        this.#waiting.delete(id);
      },
      { once: true },
    );
    return answer;
  }

  async download(action: string, input: JsonObject): Promise<void> {
    await this.#ask({ type: 'download', action, input }).answer;
  }

  async confirm(question: Question): Promise<boolean> {
    return (await this.#ask({ type: 'confirm', question }).answer) === true;
  }

  on(event: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    if (listeners.size === 0) this.send({ type: 'on', event });
    this.#listeners.set(event, listeners.add(listener));
    return () => {
      if (listeners.delete(listener) && listeners.size === 0) this.send({ type: 'off', event });
    };
  }

  #ask(message: WithoutId<Asked>, onProgress?: (percent: number) => void): { id: number; answer: Promise<JsonValue> } {
    const id = this.#nextId++;
    const answer = new Promise<JsonValue>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, onProgress });
    });
    try {
      this.send({ ...message, id } as Asked);
    } catch (error) {
      // Something in the input cannot travel; the caller hears of it as from any other failed call.
      this.#waiting.get(id)?.reject(error);
      this.#waiting.delete(id);
    }
    return { id, answer };
  }

  #settle(message: ToFrame): boolean {
    switch (message.type) {
      case 'answer':
        this.#waiting.get(message.id)?.resolve(message.value);
        this.#waiting.delete(message.id);
        return true;
      case 'refusal':
        this.#waiting.get(message.id)?.reject(fromWire(message.problem));
        this.#waiting.delete(message.id);
        return true;
      case 'progress':
        this.#waiting.get(message.id)?.onProgress?.(message.percent);
        return true;
      case 'event':
        for (const listener of [...(this.#listeners.get(message.event) ?? [])]) listener(message.payload);
        return true;
      default:
        return false;
    }
  }
}
