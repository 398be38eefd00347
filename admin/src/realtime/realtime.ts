import type { JsonObject } from '@bazaar/sdk';
import type { Socket } from 'socket.io-client';
import type { Session } from '../session/session.ts';

type Listener = (payload: JsonObject) => void;

/** Opens a socket that asks `token` for a token at each attempt. */
export type OpenSocket = (token: () => Promise<string | null>) => Promise<Socket>;

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;

/** The client library is fetched on the first connection only. */
const openSocket: OpenSocket = async (token) => {
  const { io } = await import('socket.io-client');
  return io({
    path: '/api/socket',
    transports: ['websocket', 'polling'],
    auth: (send) => {
      token().then(
        (value) => send({ token: value ?? '' }),
        // Unreachable: the attempt goes on without a token, is refused, and is made again.
        () => send({ token: '' }),
      );
    },
  });
};

/** Events pushed by the server. Best effort: after a gap, listeners of `reconnected` read anew. */
export class Realtime {
  readonly #session: Pick<Session, 'token' | 'renew'>;
  readonly #open: OpenSocket;
  readonly #listeners = new Map<string, Set<Listener>>();
  #socket: Socket | null = null;
  /** Grows with each `connect` and `disconnect`: what was begun before is out of date. */
  #epoch = 0;

  constructor(session: Pick<Session, 'token' | 'renew'>, open: OpenSocket = openSocket) {
    this.#session = session;
    this.#open = open;
  }

  /** Listens to an event by its full name, or to `reconnected`; returns the undo. */
  on(event: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** `resumed`: after a gap, so that those who listened before read anew. */
  async connect({ resumed = false } = {}): Promise<void> {
    this.disconnect();
    const epoch = this.#epoch;
    const socket = await this.#open(() => this.#session.token());
    if (epoch !== this.#epoch) {
      socket.disconnect();
      return;
    }
    this.#socket = socket;
    let connectedBefore = resumed;
    let wait = FIRST_RETRY_MS;
    // The library gives up by itself when the server refuses or closes; a token may simply have run out.
    const again = () => {
      if (socket.active || epoch !== this.#epoch) return;
      setTimeout(() => epoch === this.#epoch && socket.connect(), wait);
      wait = Math.min(wait * 2, LAST_RETRY_MS);
    };
    socket.on('connect', () => {
      if (connectedBefore) this.#announce('reconnected', {});
      connectedBefore = true;
      wait = FIRST_RETRY_MS;
    });
    socket.on('disconnect', again);
    socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
      if (error.data?.code === 'unauthenticated') void this.#renewToken().finally(again);
      else again();
    });
    socket.onAny((event: string, payload: unknown) => {
      this.#announce(event, typeof payload === 'object' && payload !== null ? (payload as JsonObject) : {});
    });
  }

  disconnect(): void {
    this.#epoch += 1;
    this.#socket?.disconnect();
    this.#socket = null;
  }

  /** A refused token is renewed once; when its session was ended elsewhere, it ends here too. */
  async #renewToken(): Promise<void> {
    try {
      const token = await this.#session.token();
      if (token !== null) await this.#session.renew(token);
    } catch {
      // Unreachable: the next attempt tries again.
    }
  }

  #announce(event: string, payload: JsonObject): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(payload);
  }
}
