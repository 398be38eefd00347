import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { OperatedPlatform } from './support/operated-platform.ts';
import { ask } from './support/served.ts';
import { StepWatch } from './support/step-watch.ts';
import { coloured, type Files, packed, renamed, stock } from './support/stock-package.ts';
import type { TestSession } from './support/test-session.ts';

vi.setConfig({ testTimeout: 180_000 });

const ACME = 'acme-staffing';
let platform: OperatedPlatform;
let admin: TestSession;
let watch: StepWatch;
beforeAll(async () => {
  platform = await OperatedPlatform.start();
  admin = await platform.admin();
  watch = await StepWatch.start(admin);
  await send('?grantAll=true&tier=inline', stock());
  await platform.call('POST', '/api/licences/stock/trial', {}, ACME);
}, 120_000);
afterAll(() => platform?.stop());

const operate = (path: string, body?: object) => platform.call('POST', `/api/operator/plugins${path}`, body);
const send = async (path: string, files: Files) => operate(path, await packed(platform.folder, files));
const shown = () =>
  platform.call<{ state: string; switching: boolean; reason: string | null }>('GET', '/api/operator/plugins/stock');
/** The newest operation. */
const last = async () =>
  (
    await admin.rows<{ kind: string; state: string; error: string | null }>(
      'select kind, state, error from core.plugin_operations order by started_at desc limit 1',
    )
  )[0];

/** Nobody waits, everybody is told, and the way out is the upgrade itself. */
async function expectStoppedAndMended(version: string, upgrade: () => Promise<unknown>): Promise<void> {
  const asked = performance.now();
  expect(await ask(platform, ACME)).toBe('503 plugin-quarantined');
  expect(performance.now() - asked).toBeLessThan(5_000);
  expect(await shown()).toMatchObject({
    state: 'quarantined',
    switching: false,
    reason: expect.stringMatching(/broke off after it had changed the tables.*Upgrade again/),
  });
  const { plugins } = (await (await fetch(`${platform.url}/readyz`)).json()) as { plugins: object[] };
  expect(plugins).toMatchObject([{ id: 'stock', state: 'quarantined' }]);
  await upgrade();
  expect(await ask(platform, ACME)).toBe(`200 ${version}`);
  expect(await shown()).toMatchObject({ state: 'active', switching: false });
}

describe('a drained upgrade that fails once the tables are changed', () => {
  beforeEach(async () => {
    if ((await shown()).state !== 'active') throw new Error('what came before was not mended');
  });

  test('leaves no version serving that cannot work with them', async () => {
    await admin.rows(`create function core.test_refuse() returns trigger language plpgsql as $$
      begin raise 'no more versions'; end $$`);
    await admin.rows(`create trigger test_refuse before insert on core.plugin_versions
      for each row execute function core.test_refuse()`);
    const upgrade = () => send('/stock/upgrade?drain=true', renamed());
    await expect(upgrade()).rejects.toMatchObject({ reason: 'activate-failed' });
    expect(await last()).toMatchObject({ kind: 'upgrade', state: 'failed' });
    await admin.rows('drop trigger test_refuse on core.plugin_versions');
    await expectStoppedAndMended('2.0.0', upgrade);
  });

  test('and cannot be finished when its node was killed, lets nobody wait for it', async () => {
    const files = coloured('3.0.0', {
      'migrations/0003-size.sql': 'alter table goods rename column size to volume;\n',
      'migrations/0004-name.sql': 'alter table goods rename column volume to extent;\n',
    });
    const upgrade = () => send('/stock/upgrade?drain=true', files);
    const blocker = await platform.admin();
    await blocker.rows('begin');
    // The last step waits here until its node is dead.
    await blocker.rows('lock table core.plugin_versions in share row exclusive mode');
    const { told, stop } = watch.reached('activate');
    const work = upgrade().catch((error: unknown) => error);
    await Promise.race([told, work]);
    platform.process.child.kill('SIGKILL');
    await Promise.all([platform.process.exit, work]);
    stop();
    await blocker.rows('rollback');
    await admin.rows(
      `update core.plugin_packages p set archive = 'damaged'
         where not exists (select from core.plugin_versions v where v.integrity = p.integrity)`,
    );
    const unpacked = join(platform.folder, 'data/packages/stock');
    for (const name of await readdir(unpacked)) {
      if (name.startsWith('3.0.0-')) await rm(join(unpacked, name), { recursive: true });
    }
    await platform.startAgain();
    await expect.poll(async () => (await last())?.state, { timeout: 30_000 }).not.toBe('running');
    expect(await last()).toMatchObject({ kind: 'upgrade', state: 'failed', error: expect.any(String) });
    await expectStoppedAndMended('3.0.0', upgrade);
  });
});

test('a drained upgrade is refused while tenants are kept at a version that cannot live with it', async () => {
  const next = coloured('4.0.0', {
    'migrations/0003-size.sql': 'alter table goods rename column size to volume;\n',
    'migrations/0004-name.sql': 'alter table goods rename column volume to extent;\n',
    'migrations/0005-back.sql': 'alter table goods rename column extent to size;\n',
  });
  const upgrade = () => send('/stock/upgrade?drain=true', next);
  const pin = (version: string | null) => operate('/stock/pin', { tenant: ACME, version });
  await pin('3.0.0');
  await expect(upgrade()).rejects.toMatchObject({ status: 409, reason: 'version-kept' });
  expect(await ask(platform, ACME)).toBe('200 3.0.0');
  await pin(null);
  await upgrade();
  expect(await ask(platform, ACME)).toBe('200 4.0.0');
});

test('what an installation has changed before it failed is found when the parked plugin is restored', async () => {
  await operate('/stock/uninstall', { confirm: true });
  await admin.rows(`create trigger test_refuse before insert on core.plugin_versions
    for each row execute function core.test_refuse()`);
  const next = coloured('5.0.0', {
    'migrations/0003-size.sql': 'alter table goods rename column size to volume;\n',
    'migrations/0004-name.sql': 'alter table goods rename column volume to extent;\n',
    'migrations/0005-back.sql': 'alter table goods rename column extent to size;\n',
    'migrations/0006-again.sql': 'alter table goods rename column size to weight;\n',
  });
  const install = () => send('?grantAll=true&tier=inline', next);
  await expect(install()).rejects.toMatchObject({ reason: 'activate-failed' });
  await admin.rows('drop trigger test_refuse on core.plugin_versions');
  await expect(operate('/stock/restore')).rejects.toMatchObject({ status: 409, reason: 'tables-have-changed' });
  expect(await shown()).toMatchObject({ state: 'parked' });
  await install();
  expect(await ask(platform, ACME)).toBe('200 5.0.0');
});
