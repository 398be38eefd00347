import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import type { Log } from '../logging/index.ts';
import type { Bus } from './contract.ts';

const CHANNEL = 'bazaar';
/** PostgreSQL refuses 8,000 bytes; the rest is for the envelope. */
const LONGEST_PAYLOAD = 7 * 1024;
const LONGEST_RETRY_MS = 5_000;

interface Pending {
  message: string;
  done: PromiseWithResolvers<void>;
}

interface Sender {
  query(text: string, values: unknown[]): Promise<unknown>;
}

/** NOTIFY between nodes: one listening connection, restored when lost; what is published in one turn travels together. */
export class NotifyBus implements Bus {
  private readonly config: ClientConfig;
  private readonly sender: Sender;
  private readonly logger: Log;
  private readonly listeners = new Map<string, Set<(payload: unknown) => void>>();
  private readonly gapListeners = new Set<() => void>();
  private pending = new Map<string, Pending>();
  private client: Client | null = null;
  private readonly closing = new AbortController();
  private reconnecting: Promise<void> | null = null;

  constructor(config: ClientConfig, sender: Sender, logger: Log) {
    this.config = config;
    this.sender = sender;
    this.logger = logger;
  }

  /** Begins to listen; rejects when the first connection fails. */
  async start(): Promise<void> {
    await this.listen();
  }

  publish(kind: string, payload: unknown): Promise<void> {
    const message = JSON.stringify({ kind, payload });
    if (Buffer.byteLength(message) > LONGEST_PAYLOAD) {
      return Promise.reject(new Error(`bus message ${kind} is longer than ${LONGEST_PAYLOAD} bytes`));
    }
    const waiting = this.pending.get(message);
    if (waiting) return waiting.done.promise;
    if (this.pending.size === 0) setImmediate(() => this.flush());
    const done = Promise.withResolvers<void>();
    this.pending.set(message, { message, done });
    return done.promise;
  }

  on(kind: string, listener: (payload: unknown) => void): () => void {
    const set = this.listeners.get(kind) ?? new Set();
    this.listeners.set(kind, set.add(listener));
    return () => {
      set.delete(listener);
    };
  }

  onGap(listener: () => void): () => void {
    this.gapListeners.add(listener);
    return () => {
      this.gapListeners.delete(listener);
    };
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.reconnecting;
    const client = this.client;
    this.client = null;
    await client?.end();
  }

  private flush(): void {
    const batch = [...this.pending.values()];
    this.pending = new Map();
    const messages = batch.map(({ message }) => message);
    this.sender
      .query('select pg_notify($1, message) from unnest($2::text[]) with ordinality as m (message, n) order by n', [
        CHANNEL,
        messages,
      ])
      .then(
        () => batch.forEach(({ done }) => void done.resolve()),
        (error: unknown) => batch.forEach(({ done }) => void done.reject(error)),
      );
  }

  private async listen(): Promise<void> {
    const client = new Client({ ...this.config, keepAlive: true });
    client.on('notification', ({ payload }) => this.receive(payload ?? ''));
    let lost = false;
    const onLoss = () => {
      if (lost || this.closing.signal.aborted || this.client !== client) return;
      lost = true;
      this.client = null;
      this.logger.warn({}, 'bus connection lost');
      this.reconnecting = this.reconnect();
    };
    client.on('error', onLoss);
    client.on('end', onLoss);
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    this.client = client;
  }

  private async reconnect(): Promise<void> {
    for (let wait = 100; !this.closing.signal.aborted; wait = Math.min(wait * 2, LONGEST_RETRY_MS)) {
      await sleep(wait, undefined, { signal: this.closing.signal }).catch(() => undefined);
      if (this.closing.signal.aborted) return;
      try {
        await this.listen();
      } catch {
        continue;
      }
      for (const listener of this.gapListeners) this.guarded(() => listener());
      return;
    }
  }

  private receive(text: string): void {
    let message: { kind: string; payload: unknown };
    try {
      message = JSON.parse(text);
    } catch {
      this.logger.warn({}, 'unreadable bus message ignored');
      return;
    }
    for (const listener of this.listeners.get(message.kind) ?? []) this.guarded(() => listener(message.payload));
  }

  private guarded(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.logger.error({ err: error }, 'bus listener failed');
    }
  }
}
