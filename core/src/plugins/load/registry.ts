import type { LoadedPlugin, PluginRegistry, PluginStatus } from '../types.ts';

/** The plugins of this process. */
export class Registry implements PluginRegistry {
  readonly #active = new Map<string, LoadedPlugin>();
  readonly #statuses = new Map<string, PluginStatus>();

  get(id: string): LoadedPlugin | undefined {
    return this.#active.get(id);
  }

  all(): readonly LoadedPlugin[] {
    return [...this.#active.values()];
  }

  statuses(): readonly PluginStatus[] {
    return [...this.#statuses.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  activate(plugin: LoadedPlugin): void {
    const { id, name, version } = plugin.manifest;
    this.#active.set(id, plugin);
    this.#statuses.set(id, { id, name, version, tier: plugin.lock.tier, state: 'active' });
  }

  fail(status: Omit<PluginStatus, 'state'> & { reason: string }): void {
    this.#statuses.set(status.id, { ...status, state: 'failed' });
  }

  /** Ends every runtime and every connection. */
  async close(): Promise<void> {
    const plugins = this.all();
    this.#active.clear();
    await Promise.all(plugins.map((plugin) => plugin.runtime.close()));
    await Promise.all(plugins.map((plugin) => plugin.database.close()));
  }
}
