import type { Manifest } from '@bazaar/sdk';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LoadedPlugin, PluginRegistry } from '../../src/plugins/index.ts';
import { clockOf, composeSchedules } from './compose.ts';
import { eventually, type SchedulesKernel, startSchedulesKernel } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

let kernel: SchedulesKernel;

beforeEach(async () => {
  kernel = await startSchedulesKernel();
});

afterEach(() => kernel.close());

/** The same plugin, under another manifest. */
function under(plugin: LoadedPlugin, manifest: Manifest): LoadedPlugin {
  return new Proxy(plugin, {
    get(target, key) {
      if (key === 'manifest') return manifest;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** A registry in which tenant B is served by another version. */
function split(registry: PluginRegistry, manifest: Manifest): PluginRegistry {
  const { b } = kernel.tenants;
  const seen = (plugin: LoadedPlugin, tenantId?: string) => (tenantId === b.id ? under(plugin, manifest) : plugin);
  return {
    get: (id, tenantId) => {
      const plugin = registry.get(id, tenantId);
      return plugin && seen(plugin, tenantId);
    },
    version: (id, version) => registry.version(id, version),
    all: (tenantId) => registry.all(tenantId),
    statuses: () => registry.statuses(),
    manifest: (id) => registry.manifest(id),
    use: (id, tenantId, work, chain) => registry.use(id, tenantId, (plugin) => work(seen(plugin, tenantId)), chain),
  };
}

it('each tenant goes by the times of the version that serves it', async () => {
  const { registry } = kernel.loaded;
  const old = registry.get('clockwork')?.manifest;
  if (!old) throw new Error('no plugin');
  const next: Manifest = {
    ...old,
    version: '2.0.0',
    schedules: [{ name: 'nightly', cron: '30 3 * * *', action: 'tick', input: { label: 'later' } }],
  };
  await kernel.query(
    `insert into core.plugin_versions (plugin_id, version, integrity, manifest) values ('clockwork', '2.0.0', 'none', $1)`,
    [JSON.stringify(next)],
  );
  await kernel.query(
    `insert into core.tenant_plugins (tenant_id, plugin_id, pinned_version) values ($1, 'clockwork', '2.0.0')`,
    [kernel.tenants.b.id],
  );
  const loaded = { ...kernel.loaded, registry: split(registry, next) };
  const node = composeSchedules(kernel.test.database, { ...kernel, loaded }, clockOf(kernel.misfortune));
  await node.events.start({ worker: true });
  node.schedules.start();
  try {
    await eventually(async () => (await kernel.query('select from core.plugin_schedules')).length).toBe(3);
    kernel.setClock('2026-11-21T02:15:10.000Z');
    await eventually(() => kernel.ticks('a')).toEqual(['night 2026-11-21T02:15:00.000Z']);
    kernel.setClock('2026-11-21T03:30:10.000Z');
    await eventually(() => kernel.ticks('b')).toEqual(['later 2026-11-21T03:30:00.000Z']);
    expect(await kernel.row('a')).toMatchObject({ ran: new Date('2026-11-21T02:15:00Z') });

    // The pin is taken away after the run was planned: what serves now has no schedule at that time.
    await kernel.query(`update core.plugin_schedule_runs set due = '2026-11-22T03:30:00Z' where tenant_id = $1`, [
      kernel.tenants.a.id,
    ]);
    await eventually(() => kernel.row('a')).toMatchObject({
      due: null,
      outcome: 'skipped',
      detail: 'Version 1.0.0 has no schedule at this time.',
    });
    // A version that serves nobody any more is forgotten, and owes nothing when it comes back.
    await kernel.query(`update core.tenant_plugins set pinned_version = null`);
    await kernel.query('update core.plugin_generation set value = value + 1');
    await eventually(async () => (await kernel.query('select from core.plugin_schedules')).length).toBe(2);
  } finally {
    await node.schedules.stop();
    await node.events.stop();
  }
});
