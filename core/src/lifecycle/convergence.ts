import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Changes } from '../caching/index.ts';
import type { AdvisoryLocks, Bus, HeldLock, PlatformSql } from '../data/index.ts';
import { messageOf } from '../errors/index.ts';
import { FailureLog, type Log } from '../logging/index.ts';
import type { PluginHost } from '../plugins/index.ts';

const GENERATION = 'plugins.generation';
const POLL_MS = 1_000;
/** A node that was not heard of for so long is not waited for. */
const ABSENT_S = 5;
const LOOK_AGAIN_MS = 25;
/** Between two attempts at what this node could not do. */
const RETRY_MS = 10_000;

/** How long an operation waits for the other nodes; they follow by themselves if it takes longer. */
export const SETTLE_MS = 10_000;

export interface ConvergenceOptions {
  sql: PlatformSql;
  bus: Bus;
  locks: AdvisoryLocks;
  host: PluginHost;
  changes: Changes;
  log: Log;
}

/** A node holds this lock as long as it lives: nobody waits for one that has died. */
function presenceOf(node: string): string {
  return `plugin-node:${node}`;
}

/**
 * Brings this node to what the database says of the plugins, soon after every change, and tells how far all nodes have
 * come. What cannot be brought to life is tried again; until then what served before goes on.
 */
export class Convergence {
  readonly #options: ConvergenceOptions;
  readonly #node = randomUUID();
  readonly #failureLog: FailureLog;
  readonly #undo: (() => void)[] = [];
  /** Plugin → why this node is behind, and when that was tried last. */
  readonly #behind = new Map<string, { reason: string; at: number }>();
  /** Plugins whose state is the new one already, but whose former callers have not left yet. */
  readonly #busy = new Map<string, Promise<void>>();
  #presence: HeldLock | null = null;
  #applied = 0;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(options: ConvergenceOptions) {
    this.#options = options;
    this.#failureLog = new FailureLog(options.log, 'this node cannot follow changes of plugins');
  }

  /** What this node could not do yet, in words. */
  problems(): string[] {
    return [...this.#behind].map(([id, { reason }]) => `${id} could not be brought up to date here: ${reason}`);
  }

  /** Resolves when this node has done what was changed while it started. */
  async start(): Promise<void> {
    this.#applied = this.#options.host.generation;
    const { bus } = this.#options;
    await this.#options.sql.query(`delete from core.plugin_nodes where seen_at < now() - interval '1 day'`);
    // From here on operations wait for this node; what was committed before is done now.
    await this.#note();
    this.#undo.push(
      bus.on(GENERATION, () => this.#wake()),
      bus.onGap(() => this.#wake()),
    );
    const timer = setInterval(() => this.#wake(), POLL_MS);
    this.#undo.push(() => clearInterval(timer));
    await this.#follow();
  }

  async stop(): Promise<void> {
    for (const undo of this.#undo.splice(0)) undo();
    await (this.#next ?? this.#running);
    await this.#options.sql.query('delete from core.plugin_nodes where id = $1', [this.#node]);
    await this.#presence?.release();
  }

  /**
   * After the commit of a change. Resolves when this node has followed, and all others that are alive, or in time;
   * `lagging` counts those that have not, or could not.
   */
  async settle(plugin: string, generation: number, timeoutMs: number): Promise<{ lagging: number }> {
    this.#options.bus.publish(GENERATION, {}).catch((error: unknown) => {
      this.#options.log.warn({ err: error }, 'the other nodes could not be told of a change; they look by themselves');
    });
    await this.#follow();
    const end = Date.now() + timeoutMs;
    for (;;) {
      const lagging = await this.#lagging(plugin, generation);
      if (!lagging.some(({ waits }) => waits) || Date.now() >= end) return { lagging: lagging.length };
      await sleep(LOOK_AGAIN_MS);
    }
  }

  /** `waits`: it may get there by itself soon. */
  async #lagging(plugin: string, generation: number): Promise<{ id: string; waits: boolean }[]> {
    const { sql, locks } = this.#options;
    const { rows } = await sql.query<{ id: string; waits: boolean }>(
      `select id, generation < $1 or $2 = any (busy) as waits from core.plugin_nodes
         where (generation < $1 or $2 = any (busy || failed)) and seen_at > now() - make_interval(secs => $3)`,
      [generation, plugin, ABSENT_S],
    );
    if (rows.length === 0) return rows;
    const alive = await locks.held(rows.map(({ id }) => presenceOf(id)));
    return rows.filter(({ id }) => alive.has(presenceOf(id)));
  }

  #wake(): void {
    void this.#failureLog.attempt(() => this.#follow());
  }

  /** One round at a time; all who ask while one is under way share the one that begins after it. */
  #follow(): Promise<void> {
    if (!this.#running) return this.#begin();
    this.#next ??= this.#running
      .catch(() => {
        // Told to whom it was for.
      })
      .then(() => {
        this.#next = undefined;
        return this.#begin();
      });
    return this.#next;
  }

  #begin(): Promise<void> {
    this.#running = this.#round().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #round(): Promise<void> {
    const { sql } = this.#options;
    const { rows } = await sql.query<{ id: string | null; value: number }>(
      `select p.id, g.value from core.plugin_generation g left join core.plugins p on p.generation > $1
         order by p.generation`,
      [this.#applied],
    );
    const due = [...this.#behind].flatMap(([id, { at }]) => (Date.now() - at < RETRY_MS ? [] : [id]));
    const changed = new Set(rows.flatMap(({ id }) => (id === null ? [] : [id])));
    for (const id of new Set([...due, ...changed])) await this.#refresh(id, changed.has(id));
    this.#applied = Math.max(this.#applied, rows[0]?.value ?? 0);
    await this.#note();
  }

  /** `isChanged`: otherwise it is tried again. */
  async #refresh(id: string, isChanged: boolean): Promise<void> {
    const { host, changes } = this.#options;
    const touched = [id];
    try {
      const { left, others } = await host.refresh(id);
      touched.push(...others);
      this.#behind.delete(id);
      this.#await(id, left);
    } catch (error) {
      this.#fell(id, error);
      // What served before goes on, as everybody knows since it failed first.
      if (!isChanged) return;
    }
    // After the change, so that nobody remembers what was there before.
    for (const plugin of touched) await changes.announce('plugin', { plugin });
  }

  /** Others are brought up to date meanwhile. */
  #await(id: string, left: Promise<void>): void {
    const waiting: Promise<void> = left
      .catch((error: unknown) => this.#fell(id, error))
      .then(async () => {
        if (this.#busy.get(id) !== waiting) return;
        this.#busy.delete(id);
        await this.#note();
      })
      .catch((error: unknown) => {
        // The next round notes it.
        this.#options.log.warn({ err: error }, 'how far this node has come could not be written down');
      });
    this.#busy.set(id, waiting);
  }

  #fell(id: string, error: unknown): void {
    const reason = messageOf(error);
    if (this.#behind.get(id)?.reason !== reason)
      this.#options.log.error({ plugin: id, err: error }, `a change of ${id} failed here`);
    this.#behind.set(id, { reason, at: Date.now() });
  }

  async #note(): Promise<void> {
    const { sql, locks } = this.#options;
    if (!this.#presence || this.#presence.lost.aborted) this.#presence = await locks.tryAcquire(presenceOf(this.#node));
    await sql.query(
      `insert into core.plugin_nodes (id, generation, busy, failed) values ($1, $2, $3, $4)
       on conflict (id) do update set generation = excluded.generation, busy = excluded.busy,
         failed = excluded.failed, seen_at = now()`,
      [this.#node, this.#applied, [...this.#busy.keys()], [...this.#behind.keys()]],
    );
  }
}
