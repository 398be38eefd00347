import type { PluginState, PluginStatus } from '../types.ts';
import type { Assignment } from './serving.ts';
import type { Version } from './version.ts';

const KEPT = 3;

/** The versions of one plugin in this process and who is served by which. */
export class Slot {
  readonly #id: string;
  readonly #assignment: Assignment;
  readonly #byVersion: ReadonlyMap<string, Version>;
  #draining: readonly Version[];
  /** Replaced not long ago: browsers that show their screens may still ask for more of them. */
  readonly #former: readonly Version[];

  constructor(id: string, assignment: Assignment, before: Slot | undefined) {
    this.#id = id;
    this.#assignment = assignment;
    this.#byVersion = new Map(assignment.versions.map((version) => [version.manifest.version, version]));
    this.#draining = before ? before.#draining : [];
    this.#former = before
      ? [...before.versions, ...before.#former]
          .filter(({ manifest }) => !this.#byVersion.has(manifest.version))
          .slice(0, KEPT)
      : [];
  }

  /** One that serves somebody, or did a while ago. */
  named(version: string): Version | undefined {
    return this.#byVersion.get(version) ?? this.#former.find(({ manifest }) => manifest.version === version);
  }

  get versions(): readonly Version[] {
    return this.#assignment.versions;
  }

  get canary() {
    return this.#assignment.canary;
  }

  /** Whether tenants may be served by different versions. */
  get isSplit(): boolean {
    return this.#assignment.versionOf !== undefined;
  }

  /** What serves a tenant; without one, what serves by default. */
  version(tenantId?: string): Version | undefined {
    const { active, quarantined } = this.#assignment;
    const name = this.#versionOf(tenantId);
    if (!quarantined?.has(name)) return this.#byVersion.get(name);
    // A tenant that tries a version which had to be stopped goes back to what all others use.
    return name === active || quarantined.has(active) ? undefined : this.#byVersion.get(active);
  }

  isQuarantined(tenantId: string | undefined): boolean {
    return this.#assignment.quarantined?.has(this.#versionOf(tenantId)) ?? false;
  }

  isStopped(version: string): boolean {
    return this.#assignment.quarantined?.has(version) ?? false;
  }

  async drain(replaced: readonly Version[]): Promise<void> {
    this.#draining = [...this.#draining, ...replaced];
    await Promise.all(replaced.map((version) => version.retire()));
    this.#draining = this.#draining.filter((version) => !replaced.includes(version));
  }

  /** Resolves when nobody is inside any version, those that were replaced included. */
  async idle(): Promise<void> {
    await Promise.all([...this.versions, ...this.#draining].map((version) => version.idle()));
  }

  /** Closes every version. Resolves when nobody is inside any of them. Must have been taken out of the registry. */
  async leave(): Promise<void> {
    await Promise.all([...this.versions.map((version) => version.retire()), this.idle()]);
  }

  /** The version that serves a tenant, or would if it were not stopped. */
  meantFor(tenantId: string | undefined): Version {
    return this.version(tenantId) ?? (this.#byVersion.get(this.#versionOf(tenantId)) as Version);
  }

  status(tenantId?: string): PluginStatus {
    const version = this.meantFor(tenantId);
    const own = this.#stateOf(version);
    const all = [...this.versions, ...this.#draining];
    return {
      id: this.#id,
      name: version.manifest.name,
      version: version.manifest.version,
      tier: version.lock.tier,
      ...own,
      ...(all.length < 2
        ? {}
        : {
            versions: all.map((one) => ({
              version: one.manifest.version,
              tier: one.lock.tier,
              ...(this.#draining.includes(one) ? { state: 'draining' as const } : this.#stateOf(one)),
            })),
          }),
    };
  }

  #stateOf(version: Version): { state: PluginState; reason?: string } {
    const quarantine = this.#assignment.quarantined?.get(version.manifest.version);
    if (quarantine !== undefined) return { state: 'quarantined', reason: quarantine };
    return version.failure === undefined ? { state: 'active' } : { state: 'failed', reason: version.failure };
  }

  #versionOf(tenantId: string | undefined): string {
    const { active, versionOf } = this.#assignment;
    const own = tenantId === undefined ? undefined : versionOf?.(tenantId);
    return own !== undefined && this.#byVersion.has(own) ? own : active;
  }
}
