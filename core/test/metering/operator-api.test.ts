import type { JsonObject } from '@bazaar/sdk';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type FloodPlatform, startFloodPlatform, TOKEN } from './support.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let flood: FloodPlatform;
beforeAll(async () => {
  flood = await startFloodPlatform('inline');
  expect((await flood.flood('fill', { count: 100 })).status).toBe(200);
  expect((await flood.flood('ask', { count: 7 }, 'second')).status).toBe(200);
});
afterAll(() => flood.platform.stop());

interface Page {
  items: (JsonObject & {
    plugin: string;
    tenant: { slug: string } | null;
    totals: JsonObject;
    lastMinute: JsonObject;
  })[];
  nextCursor?: string;
}

it('metrics are for operators and for who holds the token', async () => {
  const { platform, operator } = flood;
  const status = async (client: { fetch(method: string, path: string): Promise<Response> }) =>
    (await client.fetch('GET', '/metrics')).status;
  expect(await status(platform.visitor())).toBe(401);
  expect(await status(platform.client('token of somebody else'))).toBe(401);
  expect(await status(await platform.as('owner'))).toBe(403);
  expect(await status(operator)).toBe(200);
  const answer = await platform.client(TOKEN).fetch('GET', '/metrics');
  expect(answer.headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const version = 'plugin="flood",version="1.0.0"';
  expect((await answer.text()).split('\n')).toEqual(
    expect.arrayContaining([
      `bazaar_plugin_calls_total{${version},kind="action",outcome="ok"} 2`,
      `bazaar_plugin_host_calls_total{${version},operation="db.insert"} 1`,
      `bazaar_plugin_host_calls_total{${version},operation="settings.get"} 7`,
      `bazaar_plugin_rows_total{${version},direction="written"} 100`,
      `bazaar_plugin_call_duration_seconds_count{${version},kind="action"} 2`,
    ]),
  );
});

it('an operator sees what each plugin uses, of all tenants and of each', async () => {
  const { operator } = flood;
  const { items } = await operator.json<Page>('GET', '/api/operator/usage');
  expect(items.map(({ plugin, tenant }) => [plugin, tenant?.slug ?? null]).sort()).toEqual([
    ['flood', null],
    ['flood', 'first'],
    ['flood', 'second'],
  ]);
  const of = (slug: string | null) => items.find(({ tenant }) => (tenant?.slug ?? null) === slug);
  expect(of('first')).toMatchObject({
    totals: { calls: { ok: 1, refused: 0, failed: 0 }, hostCalls: 1, rowsWritten: 100, quotaRefusals: 0 },
    lastMinute: { rows: 100, concurrentCalls: 0 },
    quotas: { rows: 12_000_000 },
  });
  expect(of(null)).toMatchObject({ totals: { hostCalls: 8 }, quotas: { rows: 50_000_000 } });

  const page = await operator.json<Page>('GET', '/api/operator/usage', { query: { limit: 2 } });
  const rest = await operator.json<Page>('GET', '/api/operator/usage', {
    query: { limit: 2, cursor: page.nextCursor ?? '' },
  });
  expect([...page.items, ...rest.items]).toHaveLength(3);
  const { id } = (of('second') as { tenant: { id: string } } | undefined)?.tenant ?? { id: '' };
  const filtered = await operator.json<Page>('GET', '/api/operator/usage', {
    query: { plugin: 'flood', tenant: id.toUpperCase() },
  });
  expect(filtered.items).toHaveLength(1);
  expect(filtered.items[0]?.totals.hostCalls).toBe(7);
});

it('a tenant sees its own use only', async () => {
  const owner = await flood.platform.as('owner', 'second');
  expect(await owner.json('GET', '/api/plugins/flood/usage')).toMatchObject({
    plugin: 'flood',
    totals: { hostCalls: 7, rowsWritten: 0 },
    quotas: { hostCalls: 1_200_000 },
  });
  expect((await owner.fetch('GET', '/api/plugins/nothing/usage')).status).toBe(404);
  expect((await (await flood.platform.as('viewer')).fetch('GET', '/api/plugins/flood/usage')).status).toBe(403);
  for (const path of ['/api/operator/usage', '/api/operator/quotas', '/api/operator/quota-defaults']) {
    expect((await owner.fetch('GET', path)).status).toBe(403);
  }
});

interface Quotas {
  changes: JsonObject;
  quotas: { tenant: { rows: number; events: number }; call: { rows: number } };
  updatedAt: string | null;
}

it('what an operator sets goes before what holds for every plugin, and is audited', async () => {
  const { operator } = flood;
  const put = (path: string, changes: JsonObject) => operator.json<Quotas>('PUT', path, { body: { changes } });
  const before = await operator.json<Quotas>('GET', '/api/operator/quotas/flood');
  expect(before).toMatchObject({ changes: {}, updatedAt: null, quotas: { tenant: { rows: 12_000_000 } } });

  await put('/api/operator/quota-defaults', { tenant: { rows: 50, events: 60 } });
  const own = await put('/api/operator/quotas/flood', { tenant: { rows: 70 } });
  expect(own).toMatchObject({
    plugin: 'flood',
    changes: { tenant: { rows: 70 } },
    quotas: { tenant: { rows: 70, events: 60 }, call: { rows: 100_000 } },
  });
  expect(own.updatedAt).toMatch(/Z$/);
  const { items } = await operator.json<{ items: Quotas[] }>('GET', '/api/operator/quotas');
  expect(items).toEqual([own]);

  expect(await put('/api/operator/quotas/flood', {})).toMatchObject({ changes: {}, quotas: { tenant: { rows: 50 } } });
  expect(await put('/api/operator/quota-defaults', { tenant: {} })).toMatchObject({
    updatedAt: null,
    quotas: { tenant: { rows: 12_000_000 } },
  });
  const log = await operator.json<{ items: { action: string; plugin: string | null; detail: JsonObject }[] }>(
    'GET',
    '/api/audit',
    { query: { action: 'quotas.changed' } },
  );
  expect(log.items.map(({ plugin, detail }) => [plugin, detail])).toEqual([
    [null, { tenant: {} }],
    ['flood', {}],
    ['flood', { tenant: { rows: 70 } }],
    [null, { tenant: { rows: 50, events: 60 } }],
  ]);
});

it.each<[string, string, unknown, number]>([
  ['an unknown plugin', '/api/operator/quotas/nothing', { changes: {} }, 404],
  ['no changes', '/api/operator/quotas/flood', {}, 400],
  ['an unknown quota', '/api/operator/quotas/flood', { changes: { tenant: { dreams: 1 } } }, 400],
  ['an unknown level', '/api/operator/quotas/flood', { changes: { galaxy: {} } }, 400],
  ['zero', '/api/operator/quotas/flood', { changes: { tenant: { rows: 0 } } }, 400],
  ['a fraction', '/api/operator/quota-defaults', { changes: { tenant: { rows: 1.5 } } }, 400],
  ['a text', '/api/operator/quota-defaults', { changes: { tenant: { rows: '5' } } }, 400],
  ['more than can be counted', '/api/operator/quota-defaults', { changes: { tenant: { rows: 1e300 } } }, 400],
])('%s is refused', async (_what, path, body, status) => {
  expect((await flood.operator.fetch('PUT', path, { body })).status).toBe(status);
});
