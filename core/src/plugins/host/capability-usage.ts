/** How often a granted capability has really been used since this process started. */
export interface UsedCapability {
  capability: string;
  uses: number;
  /** ISO 8601. */
  lastUsedAt: string;
}

/** Granted versus used: an operator sees what a plugin could do without. */
export class CapabilityUsage {
  readonly #byPlugin = new Map<string, Map<string, { uses: number; lastUsed: number }>>();

  record(pluginId: string, capability: string): void {
    let used = this.#byPlugin.get(pluginId);
    if (!used) {
      used = new Map();
      this.#byPlugin.set(pluginId, used);
    }
    const entry = used.get(capability);
    if (entry) {
      entry.uses += 1;
      entry.lastUsed = Date.now();
    } else used.set(capability, { uses: 1, lastUsed: Date.now() });
  }

  of(pluginId: string): UsedCapability[] {
    return [...(this.#byPlugin.get(pluginId) ?? [])]
      .map(([capability, { uses, lastUsed }]) => ({ capability, uses, lastUsedAt: new Date(lastUsed).toISOString() }))
      .sort((a, b) => (a.capability < b.capability ? -1 : 1));
  }
}
