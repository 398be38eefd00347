/** What is limited by the minute. */
export const METERED = ['cpuMs', 'databaseMs', 'hostCalls', 'rows', 'bytesOut', 'events', 'logLines'] as const;

export type Metered = (typeof METERED)[number];

/** What may be used in any minute, and how many calls may run at a time. */
export type LevelQuotas = Record<Metered | 'concurrentCalls', number>;

/** What one call of a handler may use, however little others use. */
export type CallQuotas = Record<'databaseMs' | 'hostCalls' | 'rows' | 'bytesOut', number>;

/** What a plugin may keep for all tenants together. */
export type StorageQuotas = Record<'tableBytes', number>;

/** What a plugin may use: on behalf of all tenants, of each tenant, in each call; and what it may keep. */
export interface Quotas {
  plugin: LevelQuotas;
  tenant: LevelQuotas;
  call: CallQuotas;
  storage: StorageQuotas;
}

/** What an operator has set otherwise. */
export type QuotaChanges = { [Level in keyof Quotas]?: Partial<Quotas[Level]> };

/** Far above what honest plugins need; a flood reaches them within seconds. */
export const BUILT_IN_QUOTAS: Quotas = {
  plugin: {
    cpuMs: 240_000,
    // Four connections of the database that never rest: reached within 24 s with all ten of a plugin.
    databaseMs: 240_000,
    hostCalls: 5_000_000,
    rows: 50_000_000,
    bytesOut: 24_000_000_000,
    events: 120_000,
    logLines: 30_000,
    concurrentCalls: 1_000,
  },
  tenant: {
    // One isolate cannot use more than 60,000: this is three quarters of a core.
    cpuMs: 45_000,
    // Two connections that never rest. A list takes 0.5 ms, on a slow machine 5: then this is 400 lists a second.
    databaseMs: 120_000,
    hostCalls: 1_200_000,
    rows: 12_000_000,
    bytesOut: 6_000_000_000,
    events: 30_000,
    logLines: 6_000,
    concurrentCalls: 200,
  },
  // One connection for a whole minute: longer than an action may take, unless it runs statements side by side.
  call: { databaseMs: 60_000, hostCalls: 10_000, rows: 100_000, bytesOut: 50_000_000 },
  // Four million rows of 5 KB, indexes included.
  storage: { tableBytes: 20_000_000_000 },
};

/** The quotas that hold when each of the changes goes before what stands left of it. */
export function withChanges(quotas: Quotas, ...changes: readonly QuotaChanges[]): Quotas {
  return changes.reduce<Quotas>(
    ({ plugin, tenant, call, storage }, change) => ({
      plugin: { ...plugin, ...change.plugin },
      tenant: { ...tenant, ...change.tenant },
      call: { ...call, ...change.call },
      storage: { ...storage, ...change.storage },
    }),
    quotas,
  );
}
