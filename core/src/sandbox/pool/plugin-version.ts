import { createHash } from 'node:crypto';

/** One version of one plugin as the pool knows it. */
export class PluginVersion {
  readonly id: string;
  readonly version: string;
  /** Same publisher, same process. */
  readonly shard: number;
  /** What the processes call it. */
  readonly number: number;
  readonly bundle: string;
  /** What stack traces call its module. */
  readonly module: string;
  /** CPU of all of its calls. */
  cpuMicros = 0;
  /** Why it is refused. */
  quarantine: string | undefined;
  /** Until then it runs in a process of its own; on the clock of `performance.now`. */
  soloUntil = 0;
  totalKills = 0;
  #kills: number[] = [];

  constructor(
    plugin: { id: string; version: string; publisher: string },
    number: number,
    bundle: string,
    module: string,
  ) {
    this.id = plugin.id;
    this.version = plugin.version;
    this.shard = createHash('sha256').update(plugin.publisher).digest().readUInt32LE(0);
    this.number = number;
    this.bundle = bundle;
    this.module = module;
  }

  /** Counts a forced end; says how many there were within the window. */
  countKill(now: number, windowMs: number): number {
    this.totalKills += 1;
    this.#kills = this.#kills.filter((at) => now - at < windowMs);
    this.#kills.push(now);
    return this.#kills.length;
  }
}
