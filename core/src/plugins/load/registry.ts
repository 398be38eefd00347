import type { Manifest } from '@bazaar/sdk';
import { ApiError } from '../../errors/index.ts';
import type { LoadedPlugin, PluginRegistry, PluginStatus } from '../types.ts';
import type { CanaryRecord } from './records.ts';
import type { Absence, Assignment } from './serving.ts';
import { Slot } from './slot.ts';
import type { Version } from './version.ts';

const MAX_PAUSE_MS = 15_000;

/** The plugins of this process. Changes take effect at once for who asks; who is inside goes on with what they have. */
export class Registry implements PluginRegistry {
  readonly #slots = new Map<string, Slot>();
  readonly #absent = new Map<string, Absence>();
  /** What serves by default: the same list until that changes, for those who keep something made from it. */
  #all: readonly LoadedPlugin[] | undefined;
  readonly #paused = new Map<string, PromiseWithResolvers<void>>();

  get(id: string, tenantId?: string): LoadedPlugin | undefined {
    return this.#slots.get(id)?.version(tenantId);
  }

  version(id: string, version: string): LoadedPlugin | undefined {
    return this.#slots.get(id)?.named(version);
  }

  all(tenantId?: string): readonly LoadedPlugin[] {
    this.#all ??= [...this.#slots.values()].flatMap((slot) => slot.version() ?? []);
    if (tenantId === undefined || ![...this.#slots.values()].some((slot) => slot.isSplit)) return this.#all;
    return [...this.#slots.values()].flatMap((slot) => slot.version(tenantId) ?? []);
  }

  statuses(tenantId?: string): readonly PluginStatus[] {
    const known: PluginStatus[] = [...this.#slots.values()].map((slot) => slot.status(tenantId));
    for (const { manifest: _manifest, ...absence } of this.#absent.values()) {
      if (!this.#slots.has(absence.id)) known.push(absence);
    }
    return known.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  manifest(id: string, tenantId?: string): Manifest | undefined {
    return this.#slots.get(id)?.meantFor(tenantId).manifest ?? this.#absent.get(id)?.manifest;
  }

  async use<T>(
    id: string,
    tenantId: string | undefined,
    work: (plugin: LoadedPlugin) => Promise<T>,
    chain: readonly string[] = [],
  ): Promise<T> {
    if (this.#paused.has(id) && !chain.includes(id)) await this.#resumed(id);
    const version = this.#slots.get(id)?.version(tenantId);
    if (!version) throw this.#notServing(id, tenantId);
    return version.lease(() => work(version));
  }

  /** Makes these versions serve from now on. Resolves when those they replace have ended what they were doing. */
  async assign(id: string, assignment: Assignment): Promise<void> {
    const before = this.#slots.get(id);
    const slot = new Slot(id, assignment, before);
    this.#slots.set(id, slot);
    this.#absent.delete(id);
    this.#all = undefined;
    const replaced = before?.versions.filter((version) => !assignment.versions.includes(version)) ?? [];
    await slot.drain(replaced);
  }

  /** Nothing of the plugin serves any more. Resolves when what it was doing has ended. */
  async remove(absence: Absence): Promise<void> {
    const before = this.#slots.get(absence.id);
    this.#slots.delete(absence.id);
    this.#absent.set(absence.id, absence);
    this.#all = undefined;
    await before?.leave();
  }

  /** As if the plugin had never been here. */
  async forget(id: string): Promise<void> {
    const slot = this.#slots.get(id);
    this.#slots.delete(id);
    this.#absent.delete(id);
    this.#all = undefined;
    await slot?.leave();
  }

  /** Those that require a plugin and are not what it is: serving without it, or failed although it serves. */
  dependentsOf(id: string): string[] {
    const require = (manifest: Manifest | undefined) => manifest?.requires?.[id] !== undefined;
    if (this.#slots.has(id)) {
      return [...this.#absent.values()].flatMap((one) =>
        one.state === 'failed' && !this.#slots.has(one.id) && require(one.manifest) ? [one.id] : [],
      );
    }
    return [...this.#slots].flatMap(([other, slot]) => (require(slot.meantFor(undefined).manifest) ? [other] : []));
  }

  /** The trial under way. */
  canaryOf(id: string): CanaryRecord | null {
    return this.#slots.get(id)?.canary ?? null;
  }

  versionsOf(id: string): readonly Version[] {
    return this.#slots.get(id)?.versions ?? [];
  }

  /** Whether the version is in quarantine here. */
  isStopped(id: string, version: string): boolean {
    return this.#slots.get(id)?.isStopped(version) ?? false;
  }

  /** From now on callers wait. Resolves when those inside have left. */
  async pause(id: string): Promise<void> {
    if (!this.#paused.has(id)) this.#paused.set(id, Promise.withResolvers());
    await this.#slots.get(id)?.idle();
  }

  resume(id: string): void {
    this.#paused.get(id)?.resolve();
    this.#paused.delete(id);
  }

  isPaused(id: string): boolean {
    return this.#paused.has(id);
  }

  /** Ends every runtime and every connection. */
  async close(): Promise<void> {
    const versions = [...this.#slots.values()].flatMap((slot) => slot.versions);
    this.#slots.clear();
    this.#all = undefined;
    await Promise.all(versions.map((version) => version.close()));
  }

  async #resumed(id: string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(this.#unavailable(id, 'plugin-switching')), MAX_PAUSE_MS);
    });
    try {
      await Promise.race([this.#paused.get(id)?.promise, tooLong]);
    } finally {
      clearTimeout(timer);
    }
  }

  #notServing(id: string, tenantId: string | undefined): ApiError {
    const slot = this.#slots.get(id);
    const absence = this.#absent.get(id);
    if (!slot && (!absence || absence.state === 'inactive')) {
      return new ApiError('not-found', 'There is no such plugin.');
    }
    if (slot?.isQuarantined(tenantId)) return this.#unavailable(id, 'plugin-quarantined');
    if (absence?.state === 'parked') {
      return new ApiError('not-found', `${absence.name} is not installed any more.`, { reason: 'plugin-uninstalled' });
    }
    return this.#unavailable(id, 'plugin-not-running');
  }

  #unavailable(id: string, reason: string): ApiError {
    const name = this.#slots.get(id)?.status().name ?? this.#absent.get(id)?.name ?? id;
    return new ApiError('unavailable', `${name} is not running at the moment.`, { reason });
  }
}
