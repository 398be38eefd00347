import type { CanaryRecord } from '../plugins/index.ts';

/** How calls of one version on trial went on this node. */
export interface Tally {
  calls: number;
  failures: number;
}

/** Watches the versions on trial, and tells once when one fails too often. Refusals are not failures. */
export class CanaryWatch {
  readonly #watched = new Map<string, { canary: CanaryRecord; tally: Tally }>();
  readonly #halt: (plugin: string, version: string, reason: string) => void;

  constructor(halt: (plugin: string, version: string, reason: string) => void) {
    this.#halt = halt;
  }

  /** What is on trial now; counting goes on for what was before. */
  watch(plugin: string, canary: CanaryRecord | null): void {
    const known = this.#watched.get(plugin)?.canary;
    const same = known && canary && known.version === canary.version && +known.startedAt === +canary.startedAt;
    if (same) return;
    if (canary) this.#watched.set(plugin, { canary, tally: { calls: 0, failures: 0 } });
    else this.#watched.delete(plugin);
  }

  tallyOf(plugin: string): Tally {
    return this.#watched.get(plugin)?.tally ?? { calls: 0, failures: 0 };
  }

  observe(plugin: string, version: string, outcome: 'ok' | 'refused' | 'failed'): void {
    const watched = this.#watched.get(plugin);
    if (watched?.canary.version !== version) return;
    const { canary, tally } = watched;
    tally.calls += 1;
    if (outcome === 'failed') tally.failures += 1;
    if (tally.calls < canary.minCalls || tally.failures / tally.calls < canary.maxErrorRate) return;
    this.#watched.delete(plugin);
    const percent = Math.round((tally.failures / tally.calls) * 100);
    this.#halt(
      plugin,
      version,
      `${tally.failures} of ${tally.calls} calls failed (${percent} %), which is more than allowed.`,
    );
  }
}
