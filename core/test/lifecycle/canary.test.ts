import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openDatabase } from '../../src/data/index.ts';
import { silentLogger } from '../support/test-database.ts';
import { OperatedPlatform } from './support/operated-platform.ts';
import { Asking, ask } from './support/served.ts';
import { coloured, type Files, packed, stock } from './support/stock-package.ts';

const TENANTS = ['acme-staffing', 'northwind-clinics'] as const;
const [ACME, NORTHWIND] = TENANTS;

vi.setConfig({ testTimeout: 180_000 });

let platform: OperatedPlatform;
beforeAll(async () => {
  platform = await OperatedPlatform.start();
  await send('?grantAll=true&tier=sandbox', withBoard(stock, '1.0.0'));
  for (const tenant of TENANTS) {
    await platform.call('POST', '/api/licences/stock/trial', {}, tenant);
    await platform.call('POST', '/api/p/stock/goods', { name: 'kept' }, tenant);
  }
}, 120_000);
afterAll(() => platform?.stop());

const operate = <T = Record<string, unknown>>(path: string, body?: object) =>
  platform.call<T>('POST', `/api/operator/plugins${path}`, body);
const send = async (path: string, files: Files) => operate(path, await packed(platform.folder, files));
const served = () => Promise.all(TENANTS.map((tenant) => ask(platform, tenant)));
const canary = async () =>
  (
    await platform.call<{ canary: { haltedAt: string | null; haltReason: string | null } }>(
      'GET',
      '/api/operator/plugins/stock',
    )
  ).canary;

/** With a screen that tells its version. */
function withBoard(make: typeof stock, version: string, files: Files = {}): Files {
  const board = `customElements.define('stock-board', class extends HTMLElement { version = '${version}'; });\nexport {};\n`;
  const screens = [{ path: '/board', title: 'Board', element: 'stock-board', module: 'board.js', permission: 'read' }];
  return make(version, { 'ui/board.ts': board, ...files }, { screens });
}

/** Does what `work` says when something is added. */
function misbehaving(version: string, work: string): Files {
  return withBoard(coloured, version, {
    'src/plugin.ts': `import { definePlugin } from '@bazaar/sdk';

let calls = 0;
export default definePlugin({
  actions: {
    'goods.list': async (ctx) => ({ version: '${version}', goods: await ctx.queries.allGoods({}) }),
    'goods.add': async (ctx, { name }) => {
      calls += 1;
      ${work}
      return { id: (await ctx.db.goods.insert({ name })).id };
    },
  },
});
`,
  });
}

describe('two versions at once', () => {
  test('serve their tenants with their own queries and screens', async () => {
    await send(`/stock/canary?tenants=${ACME}&minCalls=1000`, withBoard(coloured, '1.1.0'));
    expect(await served()).toEqual(['200 1.1.0', '200 1.0.0']);
    for (const [tenant, version, colour] of [
      [ACME, '1.1.0', 'grey'],
      [NORTHWIND, '1.0.0', undefined],
    ] as const) {
      const { goods } = await platform.call<{ goods: { name: string; colour?: string }[] }>(
        'GET',
        '/api/p/stock/goods',
        undefined,
        tenant,
      );
      expect(goods.map((one) => [one.name, one.colour])).toEqual([['kept', colour]]);
      const { screens } = await platform.call<{ screens: { plugin: string; module: string }[] }>(
        'GET',
        '/api/shell',
        undefined,
        tenant,
      );
      const module = screens.find(({ plugin }) => plugin === 'stock')?.module;
      expect(module).toBe(`/ui/plugins/stock/${version}/board.js`);
      expect(await (await fetch(`${platform.url}${module}`)).text()).toContain(version);
    }
    await operate('/stock/canary/promote');
    expect(await served()).toEqual(['200 1.1.0', '200 1.1.0']);
  });

  test('a tenant that is kept at a version stays there through a trial for all, its promotion and an upgrade', async () => {
    await operate('/stock/pin', { tenant: NORTHWIND, version: '1.0.0' });
    await send('/stock/canary?percent=100&minCalls=1000', withBoard(coloured, '1.2.0'));
    expect(await served()).toEqual(['200 1.2.0', '200 1.0.0']);
    await operate('/stock/canary/promote');
    await send('/stock/upgrade', withBoard(coloured, '1.3.0'));
    expect(await served()).toEqual(['200 1.3.0', '200 1.0.0']);
    await operate('/stock/pin', { tenant: NORTHWIND, version: null });
    expect(await served()).toEqual(['200 1.3.0', '200 1.3.0']);
  });
});

describe('a trial', () => {
  test('of a version that fails too often ends by itself, and nobody else notices', async () => {
    const archive = misbehaving('1.4.0', `if (calls % 2 === 0) throw new Error('out of goods');`);
    await send(`/stock/canary?tenants=${ACME}&minCalls=10&maxErrorRate=0.2`, archive);
    const asking = new Asking({ a: platform }, [NORTHWIND]);
    let [calls, failures] = [0, 0];
    while ((await ask(platform, ACME)) === '200 1.4.0' && calls < 200) {
      calls += 1;
      const { status } = await platform.fetch('POST', '/api/p/stock/goods', { name: 'tried' }, ACME);
      if (status !== 200) failures += 1;
      // Who is on trial gets an answer in words, or what was asked for.
      expect([200, 500]).toContain(status);
    }
    await expect.poll(served, { timeout: 30_000 }).toEqual(['200 1.3.0', '200 1.3.0']);
    await asking.stop();
    expect(new Set(asking.answers.map(({ said }) => said))).toEqual(new Set(['200 1.3.0']));
    // Two of the ten calls that are watched at least are as many as the trial bears.
    expect(failures).toBeGreaterThanOrEqual(2);
    expect(await canary()).toMatchObject({
      haltedAt: expect.any(String),
      haltReason: expect.stringMatching(/^\d+ of \d+ calls failed/),
    });
    for (let call = 0; call < 20; call++) {
      expect((await platform.fetch('POST', '/api/p/stock/goods', { name: 'after' }, ACME)).status).toBe(200);
    }
    const { items } = await platform.call<{ items: { kind: string; state: string; outcome: object }[] }>(
      'GET',
      '/api/operator/operations?plugin=stock&limit=1',
    );
    expect(items).toMatchObject([{ kind: 'canary-stop', state: 'done', outcome: { version: '1.4.0' } }]);
  });

  test('ends also when something else was being done to the plugin at that moment', async () => {
    const secret = (await readFile(join(platform.folder, 'data/secret'), 'utf8')).trim();
    const database = await openDatabase({ server: platform.server, secret, logger: silentLogger });
    try {
      const failing = misbehaving('1.4.1', `throw new Error('out of goods');`);
      await send(`/stock/canary?tenants=${ACME}&minCalls=3&maxErrorRate=0.9`, failing);
      const operation = await database.locks.tryAcquire('plugin-operation:stock');
      for (let call = 0; call < 3; call++) await platform.fetch('POST', '/api/p/stock/goods', { name: 'tried' }, ACME);
      expect(await canary()).toMatchObject({ haltedAt: null });
      await operation?.release();
      await expect.poll(canary, { timeout: 30_000 }).toMatchObject({ haltReason: expect.stringMatching(/^3 of 3/) });
      // It ends when all nodes have followed; until then the plugin is not free for what comes next.
      await (await database.locks.acquire('plugin-operation:stock')).release();
    } finally {
      await database.close();
    }
    const admin = await platform.admin();
    expect(
      await admin.rows(
        `select actor_kind as kind, tenant_id as tenant, detail from core.audit_log
           where action = 'plugin.canary-stopped' and detail @> '{"version": "1.4.1"}'`,
      ),
    ).toEqual([
      {
        kind: 'system',
        tenant: '00000000-0000-0000-0000-000000000000',
        detail: { version: '1.4.1', reason: expect.stringMatching(/^3 of 3 calls failed/) },
      },
    ]);
  });

  test('of a version that had to be stopped returns its tenants to what all others use', async () => {
    await send(`/stock/canary?tenants=${ACME}&minCalls=1000`, misbehaving('1.5.0', `while (name === 'spin');`));
    expect(await served()).toEqual(['200 1.5.0', '200 1.3.0']);
    const asking = new Asking({ a: platform }, [NORTHWIND]);
    await expect
      .poll(
        async () => {
          await platform.fetch('POST', '/api/p/stock/goods', { name: 'spin' }, ACME).catch(() => undefined);
          return (await canary()).haltedAt;
        },
        { timeout: 120_000 },
      )
      .not.toBeNull();
    // The node follows what was written down.
    await expect.poll(served, { timeout: 10_000 }).toEqual(['200 1.3.0', '200 1.3.0']);
    await asking.stop();
    expect(new Set(asking.answers.map(({ said }) => said))).toEqual(new Set(['200 1.3.0']));
    // The plugin itself is as well as before, and the version is not tried again by mistake.
    const { state } = await platform.call<{ state: string }>('GET', '/api/operator/plugins/stock');
    expect(state).toBe('active');
    await expect(operate('/stock/canary/start', { version: '1.5.0', percent: 10 })).rejects.toMatchObject({
      status: 409,
      reason: 'plugin-quarantined',
    });
  });
});
