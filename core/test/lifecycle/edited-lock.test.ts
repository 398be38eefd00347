import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { OperatedPlatform } from './support/operated-platform.ts';
import { ask } from './support/served.ts';
import { coloured, packed, stock } from './support/stock-package.ts';

vi.setConfig({ testTimeout: 180_000 });

interface Entry {
  version: string;
  integrity: string;
  tier: string;
  grantedCapabilities: string[];
}
interface Lock {
  plugins: Record<string, Entry>;
}

const ACME = 'acme-staffing';
let platform: OperatedPlatform;
/** As the platform has written it. */
let written: string;
beforeAll(async () => {
  platform = await OperatedPlatform.start();
  for (const files of [stock(), stock('1.0.0', {}, { id: 'other', name: 'Other' })]) {
    await platform.call(
      'POST',
      '/api/operator/plugins?grantAll=true&tier=inline',
      await packed(platform.folder, files),
    );
  }
  for (const plugin of ['stock', 'other']) await platform.call('POST', `/api/licences/${plugin}/trial`, {}, ACME);
  await add();
  written = await platform.lockFile();
}, 120_000);
afterAll(() => platform?.stop());

const add = async () => (await platform.fetch('POST', '/api/p/stock/goods', { name: 'goods' }, ACME)).status;

/** Starts the node with the file as the operator has left it. */
async function startWith(edit: (lock: Lock, entry: Entry) => void) {
  const lock = JSON.parse(written) as Lock;
  const entry = lock.plugins.stock;
  if (!entry) throw new Error('stock is not in the lock file');
  edit(lock, entry);
  platform.process.child.kill('SIGTERM');
  await platform.process.exit;
  await writeFile(platform.environment.BAZAAR_PLUGINS_LOCK ?? '', JSON.stringify(lock, null, 2));
  await platform.startAgain();
  const { plugins } = (await (await fetch(`${platform.url}/readyz`)).json()) as {
    plugins: { id: string; tier: string; state: string; reason?: string }[];
  };
  expect(await ask(platform, ACME, 'other')).toBe('200 1.0.0');
  return plugins.find(({ id }) => id === 'stock');
}

test('another tier is what the operator wants', async () => {
  expect(await startWith((_lock, entry) => Object.assign(entry, { tier: 'sandbox' }))).toMatchObject({
    tier: 'sandbox',
    state: 'active',
  });
  expect(await ask(platform, ACME)).toBe('200 1.0.0');
});

test('a grant that was taken away is gone, and the plugin is told when it asks', async () => {
  expect(await startWith((_lock, entry) => Object.assign(entry, { grantedCapabilities: [] }))).toMatchObject({
    state: 'active',
  });
  expect(await ask(platform, ACME)).toBe('200 1.0.0');
  // It raises a task for all that is added.
  expect(await add()).not.toBe(200);
  expect(await startWith(() => {})).toMatchObject({ state: 'active' });
  expect(await add()).toBe(200);
});

test('what the file has changed stands in the audit log', async () => {
  const log = await (await platform.admin()).rows(
    `select actor_kind as kind, tenant_id as tenant, entity_id as entity, detail from core.audit_log
       where action = 'plugin.vouched' order by at`,
  );
  const line = (tier: string, granted: string[]) => ({
    kind: 'system',
    tenant: '00000000-0000-0000-0000-000000000000',
    entity: 'stock',
    detail: { version: '1.0.0', tier, granted, from: 'plugins.lock.json' },
  });
  // The second start found the file as the platform had written it at first.
  expect(log).toEqual([line('sandbox', ['tasks']), line('inline', []), line('inline', ['tasks'])]);
});

test.each<[string, (entry: Entry) => void, RegExp]>([
  [
    'an integrity of other files',
    (entry) => Object.assign(entry, { integrity: `sha512-${'A'.repeat(86)}==` }),
    /integrity|installed/,
  ],
  ['a version that is not here', (entry) => Object.assign(entry, { version: '9.9.9' }), /9\.9\.9.*install it again/],
  ['a grant nobody asked for', (entry) => entry.grantedCapabilities.push('files'), /does not request: files/],
])('%s is refused with the reason, and all else runs', async (_what, edit, reason) => {
  const refused = await startWith((_lock, entry) => edit(entry));
  expect(refused).toMatchObject({ state: 'failed', reason: expect.stringMatching(reason) });
  expect(await ask(platform, ACME)).toBe('503 plugin-not-running');
});

test('what was refused serves again once the file is mended', async () => {
  expect(await startWith(() => {})).toMatchObject({ state: 'active' });
  expect(await ask(platform, ACME)).toBe('200 1.0.0');
});

test('an installed plugin that was taken out of the file serves on: uninstalling is an operation', async () => {
  const state = await startWith((lock) => {
    delete lock.plugins.stock;
  });
  expect(state).toMatchObject({ state: 'active' });
  expect(await ask(platform, ACME)).toBe('200 1.0.0');
  expect(await platform.lockFile()).toBe(written);
});

test('a pin adds its lines to the file, and lifting it takes them away', async () => {
  await platform.call('POST', '/api/operator/plugins/stock/upgrade', await packed(platform.folder, coloured()));
  const before = (await platform.lockFile()).split('\n');
  await platform.call('POST', '/api/operator/plugins/stock/pin', { tenant: ACME, version: '1.0.0' });
  const after = (await platform.lockFile()).split('\n');
  const added = after.filter((line) => !before.includes(line));
  expect(added.join('\n')).toContain('"otherVersions"');
  // But for the comma before what is added.
  expect(before.filter((line) => !after.includes(line) && !after.includes(`${line},`))).toEqual([]);
  await platform.call('POST', '/api/operator/plugins/stock/pin', { tenant: ACME, version: null });
  expect((await platform.lockFile()).split('\n')).toEqual(before);
});
