import type { PluginData } from '../data/index.ts';
import { ApiError, messageOf } from '../errors/index.ts';
import { type PluginHost, type PluginRecord, servingVersions, type VersionRecord } from '../plugins/index.ts';
import { type Convergence, SETTLE_MS } from './convergence.ts';
import { misfitsOf } from './misfits.ts';
import type { Switches } from './switches.ts';

export interface DrainedSwitchOptions {
  host: Pick<PluginHost, 'read' | 'records'>;
  data: Pick<PluginData, 'misfits'>;
  switches: Pick<Switches, 'setSwitching'>;
  convergence: Pick<Convergence, 'settle'>;
  /** Stops a version on every node; the admins are told why. */
  quarantine(plugin: string, version: string, reason: string): Promise<void>;
}

/** What the old version of a plugin cannot live through: callers wait meanwhile, on every node. */
export class DrainedSwitch {
  readonly #options: DrainedSwitchOptions;

  constructor(options: DrainedSwitchOptions) {
    this.#options = options;
  }

  /** Resolves when nobody is inside any more. Rejects with `unavailable` when that takes too long. */
  async begin(plugin: string): Promise<void> {
    if ((await this.#set(plugin, true)).lagging === 0) return;
    throw new ApiError('unavailable', `Calls of ${plugin} did not end in time; nothing was changed. Try again.`, {
      reason: 'drain-timed-out',
    });
  }

  /**
   * Lets callers in again after a switch that came to nothing. Whatever cannot work with the tables as they are by now is
   * stopped first: nobody waits for ever, and nobody gets to a version that would fail. Nothing when there is no switch.
   */
  async breakOff(plugin: string): Promise<void> {
    const record = await this.#options.host.records.one(plugin);
    if (!record?.switching) return;
    for (const version of servedBy(record)) {
      const reasons = await this.#misfits(plugin, version);
      if (reasons.length === 0) continue;
      const reason = `An upgrade broke off after it had changed the tables, and ${version.version} cannot work with them as they are: ${reasons.join('; ')}. Upgrade again.`;
      await this.#options.quarantine(plugin, version.version, reason);
    }
    await this.#set(plugin, false);
  }

  async #misfits(plugin: string, version: VersionRecord): Promise<string[]> {
    try {
      return await misfitsOf(this.#options, plugin, version);
    } catch (error) {
      // Without its package nobody can say that it could.
      return [messageOf(error)];
    }
  }

  async #set(plugin: string, switching: boolean): Promise<{ lagging: number }> {
    const { switches, convergence } = this.#options;
    return convergence.settle(plugin, await switches.setSwitching(plugin, switching), SETTLE_MS);
  }
}

/** Those that serve somebody and have not been stopped already. */
function servedBy(record: PluginRecord): VersionRecord[] {
  const serving = new Set(servingVersions(record).map(({ pinned }) => pinned.version));
  return record.versions.filter(({ version, quarantineReason }) => serving.has(version) && quarantineReason === null);
}
