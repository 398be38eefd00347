import { readFile, stat } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { ApiProblem } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type DemoTenant, OPERATOR, OperatedPlatform } from './support/operated-platform.ts';
import { coloured, packed, renamed, stock } from './support/stock-package.ts';
import type { TestSession } from './support/test-session.ts';
import { wholeState } from './support/whole-state.ts';

vi.setConfig({ testTimeout: 120_000 });

interface Impact {
  tenants: { licensed: number; switchedOn: number };
  tables: { table: string; rows: number }[];
  rows: number;
  users: number;
  openTasks: number;
}

describe.each(['inline', 'sandbox'])('the life of a plugin of tier %s', (tier) => {
  let platform: OperatedPlatform;
  let admin: TestSession;
  let before: Record<string, unknown>;
  beforeAll(async () => {
    platform = await OperatedPlatform.start();
    admin = await platform.admin();
    before = await wholeState(platform, admin);
  }, 120_000);
  afterAll(() => platform?.stop());

  const operate = <T = Record<string, unknown>>(path: string, body?: object) =>
    platform.call<T>('POST', `/api/operator/plugins${path}`, body);
  const plugin = () => platform.call<Record<string, never>>('GET', '/api/operator/plugins/stock');
  const list = (as: DemoTenant) =>
    platform.call<{ version: string; goods: { name: string; colour?: string }[] }>(
      'GET',
      '/api/p/stock/goods',
      undefined,
      as,
    );
  const add = (name: string, as: DemoTenant) => platform.call('POST', '/api/p/stock/goods', { name }, as);
  const versions = async () => [(await list('acme-staffing')).version, (await list('northwind-clinics')).version];
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => (error instanceof ApiProblem ? `${error.status} ${error.code} ${error.reason}` : error),
    );
  const nameOf = (rows: { name: string }[]) => rows.map(({ name }) => name);

  test('is verified, which changes nothing', async () => {
    const archive = await packed(platform.folder, stock());
    const found = await operate(`/verify?tier=${tier}`, archive);
    expect(found).toMatchObject({
      ok: true,
      tier,
      problems: [],
      capabilities: [{ capability: 'tasks', granted: false }],
    });
    const bad = await packed(platform.folder, stock('1.0.0', { 'queries/lost.sql': 'select lost from goods' }));
    expect(await operate('/verify', bad)).toMatchObject({
      ok: false,
      problems: [{ step: 'rehearse', message: expect.stringContaining('lost') }],
    });
    expect(await operate('/verify', Buffer.from('junk'))).toMatchObject({ ok: false, package: null });
    expect(await wholeState(platform, admin)).toEqual(before);
  });

  test('is installed and serves at once', async () => {
    const archive = await packed(platform.folder, stock());
    const response = await platform.fetch('POST', `/api/operator/plugins?grant=tasks&tier=${tier}`, archive);
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ kind: 'install', state: 'done', plugin: 'stock', version: '1.0.0' });
    for (const tenant of ['acme-staffing', 'northwind-clinics'] as const) {
      await platform.call('POST', '/api/licences/stock/trial', {}, tenant);
      await add(`of ${tenant}`, tenant);
    }
    expect(await list('acme-staffing')).toMatchObject({ version: '1.0.0', goods: [{ name: 'of acme-staffing' }] });
    expect(await plugin()).toMatchObject({
      state: 'active',
      tier,
      activeVersion: '1.0.0',
      versions: [{ version: '1.0.0', tier, source: 'installed', granted: ['tasks'], quarantine: null }],
      capabilities: [{ capability: 'tasks', granted: true, uses: 2 }],
      node: { version: '1.0.0', state: 'active' },
    });
    expect(JSON.parse(await platform.lockFile())).toMatchObject({
      plugins: { stock: { version: '1.0.0', source: 'installed', tier, grantedCapabilities: ['tasks'] } },
    });
    // Doing it again with the same files is no mistake, and how its tier is changed.
    const other = tier === 'inline' ? 'sandbox' : 'inline';
    for (const [query, becomes] of [
      ['', tier],
      [`?tier=${other}`, other],
      [`?tier=${tier}`, tier],
    ] as const) {
      expect(await operate(query, archive)).toMatchObject({ state: 'done' });
      expect(await plugin()).toMatchObject({ tier: becomes, node: { tier: becomes, state: 'active' } });
      expect((await list('acme-staffing')).goods).toHaveLength(1);
    }
  });

  test('is upgraded with a migration, keeps its grants, and is rolled back', async () => {
    expect(await operate('/stock/upgrade', await packed(platform.folder, coloured()))).toMatchObject({ state: 'done' });
    expect(await versions()).toEqual(['1.1.0', '1.1.0']);
    expect((await list('acme-staffing')).goods).toMatchObject([{ name: 'of acme-staffing', colour: 'grey' }]);
    await add('coloured', 'acme-staffing');
    expect(await operate('/stock/rollback', {})).toMatchObject({ kind: 'rollback', version: '1.0.0' });
    const { version, goods } = await list('acme-staffing');
    expect([version, nameOf(goods)]).toEqual(['1.0.0', ['of acme-staffing', 'coloured']]);
    // `select *` of the old version returns what it always did.
    expect(goods[0]).not.toHaveProperty('colour');
    expect(await plugin()).toMatchObject({ activeVersion: '1.0.0', previousVersion: '1.1.0', tier });
    expect(await refusal(operate('/stock/rollback', { version: '1.0.0' }))).toMatch(/^409/);
    expect(await refusal(operate('/stock/rollback', { version: '7.0.0' }))).toBe('404 not-found unknown-version');
  });

  test('is tried by some tenants, and promoted', async () => {
    const trial = { version: '1.1.0', tenants: ['acme-staffing'] };
    await operate('/stock/canary/start', trial);
    expect(await versions()).toEqual(['1.1.0', '1.0.0']);
    expect(await plugin()).toMatchObject({ canary: { version: '1.1.0', tenants: ['acme-staffing'], haltedAt: null } });
    await operate('/stock/canary/stop');
    expect(await versions()).toEqual(['1.0.0', '1.0.0']);
    expect(await plugin()).toMatchObject({ canary: { haltReason: expect.stringContaining('operator') } });
    expect(await refusal(operate('/stock/canary/promote'))).toBe('409 conflict no-canary');
    await operate('/stock/canary/start', { version: '1.1.0', percent: 100 });
    expect(await versions()).toEqual(['1.1.0', '1.1.0']);
    await operate('/stock/canary/promote');
    expect(await plugin()).toMatchObject({ activeVersion: '1.1.0', previousVersion: '1.0.0', canary: null });
    const newer = await packed(platform.folder, coloured('1.2.0'));
    await operate('/stock/canary?tenants=northwind-clinics&minCalls=5', newer);
    expect(await versions()).toEqual(['1.1.0', '1.2.0']);
    await operate('/stock/canary/stop');
  });

  test('is kept at a version for one tenant', async () => {
    await operate('/stock/pin', { tenant: 'northwind-clinics', version: '1.0.0' });
    expect(await versions()).toEqual(['1.1.0', '1.0.0']);
    expect(await plugin()).toMatchObject({
      pins: { count: 1, items: [{ tenant: 'northwind-clinics', version: '1.0.0' }] },
    });
    await operate('/stock/upgrade', await packed(platform.folder, coloured('1.3.0')));
    expect(await versions()).toEqual(['1.3.0', '1.0.0']);
    // Whoever waits for a drained switch finds the new version; who is kept would find this one.
    expect(await refusal(operate('/stock/upgrade', await packed(platform.folder, renamed())))).toBe(
      '409 conflict version-kept',
    );
    expect(await refusal(operate('/stock/upgrade?drain=true', await packed(platform.folder, renamed())))).toBe(
      '409 conflict version-kept',
    );
    await operate('/stock/pin', { tenant: 'northwind-clinics', version: null });
    expect(await versions()).toEqual(['1.3.0', '1.3.0']);
  });

  test('is switched off and on for one tenant, whose log has it', async () => {
    const asked = await operate<{ confirmed: boolean; impact: Impact }>('/stock/disable', { tenant: 'acme-staffing' });
    expect(asked).toMatchObject({ confirmed: false, impact: { rows: 2, tenants: { licensed: 1, switchedOn: 1 } } });
    expect(await versions()).toEqual(['1.3.0', '1.3.0']);
    const done = await operate<{ confirmed: boolean }>('/stock/disable', { tenant: 'acme-staffing', confirm: true });
    expect(done.confirmed).toBe(true);
    expect(await refusal(list('acme-staffing'))).toMatch(/^403 plugin-disabled/);
    expect((await list('northwind-clinics')).goods).toHaveLength(1);
    await operate('/stock/enable', { tenant: 'acme-staffing' });
    expect((await list('acme-staffing')).goods).toHaveLength(2);
    const { items } = await platform.call<{ items: { action: string; actor: { name: string } }[] }>(
      'GET',
      '/api/audit?plugin=stock',
      undefined,
      'acme-staffing',
    );
    const actions = items.filter(({ actor }) => actor.name === 'Olga Operator').map(({ action }) => action);
    expect(actions.slice(0, 2)).toEqual(['plugin.enabled', 'plugin.disabled']);
  });

  test('is uninstalled and comes back with all its data', async () => {
    const asked = await operate<{ confirmed: boolean; impact: Impact }>('/stock/uninstall');
    expect(asked.confirmed).toBe(false);
    expect(asked.impact).toMatchObject({ rows: 3, tenants: { licensed: 2, switchedOn: 2 }, openTasks: 3 });
    expect(asked.impact.users).toBeGreaterThan(3);
    expect(asked.impact.tables).toContainEqual({ table: 'goods', rows: 3 });
    expect((await versions()).length).toBe(2);
    expect(await refusal(operate('/stock/restore'))).toBe('409 conflict still-installed');
    expect(await refusal(operate('/stock/purge', { confirm: true }))).toBe('409 conflict still-installed');
    await operate('/stock/uninstall', { confirm: true, retentionDays: 3 });
    expect(await refusal(list('acme-staffing'))).toBe('404 not-found plugin-uninstalled');
    expect(await plugin()).toMatchObject({ state: 'parked', activeVersion: null });
    expect(JSON.parse(await platform.lockFile())).toEqual({ lockVersion: 1, plugins: {} });
    expect(await refusal(operate('/stock/uninstall', { confirm: true }))).toBe('409 conflict already-uninstalled');
    expect(await refusal(operate('/stock/pin', { tenant: 'acme-staffing', version: null }))).toMatch(/^404/);
    expect(await operate('/stock/restore')).toMatchObject({ kind: 'restore', version: '1.3.0' });
    expect(nameOf((await list('acme-staffing')).goods)).toEqual(['of acme-staffing', 'coloured']);
    expect(nameOf((await list('northwind-clinics')).goods)).toEqual(['of northwind-clinics']);
  });

  test('is removed for good after everything was written to a file', async () => {
    await operate('/stock/uninstall', { confirm: true });
    expect(await operate('/stock/purge')).toMatchObject({ confirmed: false, impact: { rows: 3 } });
    await admin.rows(
      `with another as (insert into core.files (tenant_id, plugin_id, name, type, size, sha256, storage_key)
           select id, 'job-board', 'cv.txt', 'text/plain', 1, '', 'none' from core.tenants where slug = 'acme-staffing'
           returning tenant_id, id)
         insert into core.file_grants (tenant_id, file_id, plugin_id) select tenant_id, id, 'stock' from another`,
    );
    const { operation } = await operate<{ operation: { outcome: { export: string } } }>('/stock/purge', {
      confirm: true,
    });
    // Whoever has its id next has not been let read the files of others.
    expect(await admin.rows(`select from core.file_grants where plugin_id = 'stock'`)).toEqual([]);
    const file = operation.outcome.export;
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const [head, ...rows] = gunzipSync(await readFile(file))
      .toString('utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { table: string; row: Record<string, unknown> });
    expect(head).toMatchObject({ format: 'bazaar-plugin-export', plugin: 'stock', version: '1.3.0' });
    const goods = rows.filter(({ table }) => table === 'goods').map(({ row }) => row.name);
    expect(goods.sort()).toEqual(['coloured', 'of acme-staffing', 'of northwind-clinics']);
    expect(await wholeState(platform, admin)).toEqual(before);
    expect(await refusal(plugin())).toBe('404 not-found not-installed');
    const log = await admin.rows<{ action: string }>(
      `select action, actor_kind as kind, u.email as actor, t.slug as tenant, plugin_id as plugin, entity_id as entity, detail
         from core.audit_log left join core.users u on u.id = actor_id left join core.tenants t on t.id = tenant_id
         where action ~ '^plugin.(canary-|uninstalled|restored|purged|upgraded|rolled-back)' order by at`,
    );
    const lines = (action: string) => log.filter((line) => line.action === action);
    const line = (action: string, detail: object) => ({
      ...{ action, kind: 'user', actor: OPERATOR.email, tenant: expect.any(String), plugin: 'stock', entity: 'stock' },
      detail,
    });
    expect(lines('plugin.rolled-back')).toEqual([line('plugin.rolled-back', { version: '1.0.0', replaced: '1.1.0' })]);
    expect(lines('plugin.upgraded')[0]).toEqual(line('plugin.upgraded', { version: '1.1.0', replaced: '1.0.0' }));
    const trial = { percent: 0, tenants: ['acme-staffing'], maxErrorRate: 0.05, minCalls: 20 };
    expect(lines('plugin.canary-started')[0]).toEqual(line('plugin.canary-started', { version: '1.1.0', ...trial }));
    // One of the three was promoted.
    expect(lines('plugin.canary-stopped')).toEqual([
      line('plugin.canary-stopped', { version: '1.1.0' }),
      line('plugin.canary-stopped', { version: '1.2.0' }),
    ]);
    expect(log.slice(-4)).toEqual([
      line('plugin.uninstalled', { version: '1.3.0', retentionDays: 3 }),
      line('plugin.restored', { version: '1.3.0' }),
      line('plugin.uninstalled', { version: '1.3.0', retentionDays: 30 }),
      line('plugin.purged', { version: '1.3.0', export: file }),
    ]);
    expect(await refusal(operate('/stock/purge', { confirm: true }))).toBe('404 not-found not-installed');
  });

  test('can be installed anew, and begins with nothing', async () => {
    // Licences are still there; an attempt that fails leaves everything purged.
    const bad = await packed(platform.folder, stock('1.0.0', { 'queries/lost.sql': 'select lost from goods' }));
    expect(await refusal(operate('?grantAll=true', bad))).toBe('422 unprocessable rehearse-failed');
    expect(await refusal(operate('', await packed(platform.folder, stock())))).toBe('409 conflict consent-needed');
    expect(await wholeState(platform, admin)).toEqual(before);
    await operate(`?grantAll=true&tier=${tier}`, await packed(platform.folder, renamed('1.0.0')));
    expect(await list('acme-staffing')).toEqual({ version: '1.0.0', goods: [] });
    const { items } = await platform.call<{ items: { state: string }[] }>('GET', '/api/operator/operations?limit=100');
    expect(items.filter(({ state }) => state === 'running')).toEqual([]);
    expect(items.length).toBeGreaterThan(15);
  });
});
