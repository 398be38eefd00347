import type { Manifest } from '@bazaar/sdk';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LivePlugin, LockEntry } from '../types.ts';
import { Registry } from './registry.ts';
import { Version } from './version.ts';

const closed: string[] = [];

function version(name: string, live: () => Promise<LivePlugin> = async () => livePlugin(name)): Version {
  const manifest = { id: 'crm', name: 'CRM', version: name, actions: [] } as unknown as Manifest;
  const lock: LockEntry = {
    id: 'crm',
    version: name,
    integrity: name,
    source: 'installed',
    tier: 'sandbox',
    grantedCapabilities: [],
  };
  return new Version(manifest, lock, {
    package: async () => ({}) as Awaited<ReturnType<Version['package']>>,
    live,
    ui: async () => undefined,
    failed: vi.fn(),
  });
}

function livePlugin(name: string): LivePlugin {
  return {
    runtime: { close: async () => void closed.push(name) },
    database: { close: async () => {} },
  } as unknown as LivePlugin;
}

let registry: Registry;
let first: Version;
let second: Version;

beforeEach(async () => {
  closed.length = 0;
  registry = new Registry();
  first = version('1.0.0');
  second = version('2.0.0');
  await first.live();
  await second.live();
  await registry.assign('crm', { versions: [first], active: '1.0.0' });
});

describe('a switch of versions', () => {
  it('lets those inside end with what they have, and closes it after the last of them', async () => {
    const inside = Promise.withResolvers<void>();
    const call = registry.use('crm', 'a', async (plugin) => {
      await inside.promise;
      return plugin.manifest.version;
    });
    const drained = registry.assign('crm', { versions: [second], active: '2.0.0' });
    expect(registry.get('crm')?.manifest.version).toBe('2.0.0');
    expect(registry.statuses()[0]?.versions).toMatchObject([
      { version: '2.0.0' },
      { version: '1.0.0', state: 'draining' },
    ]);
    expect(closed).toEqual([]);
    inside.resolve();
    expect(await call).toBe('1.0.0');
    await drained;
    expect(closed).toEqual(['1.0.0']);
    expect(registry.statuses()[0]).not.toHaveProperty('versions');
  });

  it('keeps the screens of what served a while ago', async () => {
    await registry.assign('crm', { versions: [second], active: '2.0.0' });
    expect(registry.version('crm', '1.0.0')).toBe(first);
    expect(registry.version('crm', '0.1.0')).toBeUndefined();
  });

  it('serves single tenants by another version', async () => {
    const versionOf = (tenant: string) => (tenant === 'b' ? '2.0.0' : undefined);
    await registry.assign('crm', { versions: [first, second], active: '1.0.0', versionOf });
    expect(['a', 'b'].map((tenant) => registry.get('crm', tenant)?.manifest.version)).toEqual(['1.0.0', '2.0.0']);
    expect(registry.all('b').map(({ manifest }) => manifest.version)).toEqual(['2.0.0']);
    expect(registry.all().map(({ manifest }) => manifest.version)).toEqual(['1.0.0']);
    const shown = ['a', 'b'].map((tenant) => registry.statuses(tenant)[0]?.version);
    expect(shown).toEqual(['1.0.0', '2.0.0']);
    expect(registry.manifest('crm', 'b')?.version).toBe('2.0.0');
  });
});

describe('a version in quarantine', () => {
  const versionOf = () => '2.0.0';

  it('on trial: its tenants go back to what serves all', async () => {
    const quarantined = new Map([['2.0.0', 'It harms.']]);
    await registry.assign('crm', { versions: [first, second], active: '1.0.0', versionOf, quarantined });
    expect(registry.get('crm', 'a')?.manifest.version).toBe('1.0.0');
    expect(registry.statuses('a')[0]).toMatchObject({ version: '1.0.0', state: 'active' });
  });

  it('for all: it is refused and says why', async () => {
    await registry.assign('crm', {
      versions: [second],
      active: '2.0.0',
      quarantined: new Map([['2.0.0', 'It harms.']]),
    });
    expect(registry.statuses()[0]).toMatchObject({ state: 'quarantined', reason: 'It harms.' });
    expect(registry.get('crm')).toBeUndefined();
    expect(registry.manifest('crm')?.name).toBe('CRM');
    await expect(registry.use('crm', 'a', async () => 1)).rejects.toMatchObject({ reason: 'plugin-quarantined' });
  });
});

describe('a pause', () => {
  it('begins when nobody is inside, and callers wait for its end', async () => {
    const inside = Promise.withResolvers<void>();
    const call = registry.use('crm', 'a', () => inside.promise);
    let paused = false;
    const pause = registry.pause('crm').then(() => {
      paused = true;
    });
    let later = '';
    const waiting = registry.use('crm', 'a', async ({ manifest }) => {
      later = manifest.version;
    });
    // What the one inside needs of the same plugin does not wait for the pause that waits for it.
    expect(await registry.use('crm', 'a', async () => 'nested', ['crm'])).toBe('nested');
    expect([paused, later]).toEqual([false, '']);
    inside.resolve();
    await Promise.all([call, pause]);
    expect([paused, later]).toEqual([true, '']);
    await registry.assign('crm', { versions: [second], active: '2.0.0' });
    registry.resume('crm');
    await waiting;
    expect(later).toBe('2.0.0');
  });
});

describe('what does not serve', () => {
  it.each([
    ['parked', 'not-found', 'plugin-uninstalled'],
    ['failed', 'unavailable', 'plugin-not-running'],
    ['inactive', 'not-found', undefined],
  ] as const)('%s: %s', async (state, code, reason) => {
    const absence = { id: 'crm', name: 'CRM', version: '1.0.0', tier: 'inline' as const, state, reason: 'why' };
    await registry.remove({ ...absence, manifest: first.manifest });
    expect(registry.statuses()).toEqual([absence]);
    expect(registry.manifest('crm')).toBe(first.manifest);
    await expect(registry.use('crm', 'a', async () => 1)).rejects.toMatchObject({ code, reason });
    expect(closed).toEqual(['1.0.0']);
  });

  it('what could not be brought to life says so, and is tried again at the next use', async () => {
    let attempts = 0;
    const frail = version('3.0.0', async () => {
      attempts += 1;
      if (attempts === 1) throw new Error('no module');
      return livePlugin('3.0.0');
    });
    await registry.assign('crm', { versions: [frail], active: '3.0.0' });
    await expect(frail.live()).rejects.toMatchObject({ code: 'unavailable', reason: 'plugin-not-running' });
    expect(registry.statuses()[0]).toMatchObject({ state: 'failed', reason: 'no module' });
    await frail.live();
    expect(registry.statuses()[0]).toMatchObject({ state: 'active' });
  });
});
