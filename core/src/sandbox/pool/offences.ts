import type { SandboxLimits, SandboxTierOptions } from '../types.ts';
import type { PluginVersion } from './plugin-version.ts';

type OffencesOptions = Pick<SandboxTierOptions, 'log' | 'onKilled' | 'onQuarantine'>;

/** Counts how often a version had to be stopped by force, and puts it in quarantine when that was too often. */
export class Offences {
  readonly #options: OffencesOptions;
  readonly #limits: Pick<SandboxLimits, 'kills' | 'killWindowMs'>;

  constructor(options: OffencesOptions, limits: Pick<SandboxLimits, 'kills' | 'killWindowMs'>) {
    this.#options = options;
    this.#limits = limits;
  }

  /** `why` completes "it …". Returns whether this was the one too many. */
  count(plugin: PluginVersion, why: string): boolean {
    const { id, version } = plugin;
    const { kills, killWindowMs } = this.#limits;
    const { log, onKilled, onQuarantine } = this.#options;
    log.warn({ plugin: id, version, why }, 'plugin stopped by force');
    onKilled?.(id, version, why);
    if (plugin.countKill(performance.now(), killWindowMs) < kills || plugin.quarantine !== undefined) return false;
    const minutes = Math.round(killWindowMs / 60_000);
    plugin.quarantine = `it had to be stopped by force ${kills} times within ${minutes} minutes; the last time it ${why}`;
    log.error({ plugin: id, version, why: plugin.quarantine }, 'plugin put in quarantine');
    onQuarantine?.(id, version, plugin.quarantine);
    return true;
  }
}
