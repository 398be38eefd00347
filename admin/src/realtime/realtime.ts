import type { JsonObject } from '@bazaar/sdk';
import type { Socket } from 'socket.io-client';
import type { Session } from '../session/session.ts';

type Listener = (payload: JsonObject) => void;

const RETRY_MS = 5_000;

/**
 * Events pushed by the server. Best effort: after a gap listeners of `reconnected` read anew. The client library is
 * fetched on the first connection only.
 */
export class Realtime {
  readonly #session: Session;
  readonly #listeners = new Map<string, Set<Listener>>();
  #socket: Socket | null = null;
  #wanted = false;
  #connectedBefore = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Listens to an event by its full name, or to `reconnected`; returns the undo. */
  on(event: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  async connect(): Promise<void> {
    if (this.#wanted) return;
    this.#wanted = true;
    const { io } = await import('socket.io-client');
    if (!this.#wanted || this.#socket) return;
    const socket = io({
      path: '/api/socket',
      transports: ['websocket', 'polling'],
      auth: (send) => {
        this.#session.token().then(
          (token) => send({ token: token ?? '' }),
          // Unreachable: the attempt goes on without a token, is refused, and is tried again.
          () => send({ token: '' }),
        );
      },
    });
    this.#socket = socket;
    socket.on('connect', () => {
      if (this.#connectedBefore) this.#announce('reconnected', {});
      this.#connectedBefore = true;
    });
    // The library gives up by itself when the server refuses or closes; a token may simply have run out.
    const again = () => {
      if (!socket.active) setTimeout(() => this.#socket === socket && socket.connect(), RETRY_MS);
    };
    socket.on('disconnect', again);
    socket.on('connect_error', again);
    socket.onAny((event: string, payload: unknown) => {
      this.#announce(event, typeof payload === 'object' && payload !== null ? (payload as JsonObject) : {});
    });
  }

  disconnect(): void {
    this.#wanted = false;
    this.#connectedBefore = false;
    this.#socket?.disconnect();
    this.#socket = null;
  }

  #announce(event: string, payload: JsonObject): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(payload);
  }
}
