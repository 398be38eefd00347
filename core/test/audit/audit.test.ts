import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordAudit, SYSTEM_TRACE } from '../../src/audit/index.ts';
import { createTestTenant, signIn } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { startTestNode, type TestNode } from '../support/test-node.ts';

let test: TestDatabase;
let node: TestNode;
let tenantId: string;
let userId: string;
let token: string;
let stranger: string;

beforeAll(async () => {
  test = await createTestDatabase();
  node = await startTestNode(test.database);
  const first = await createTestTenant(test.database, 'tenant-a', { 'owner@a.test': 'owner' });
  tenantId = first.tenantId;
  userId = first.users['owner@a.test'] ?? '';
  await createTestTenant(test.database, 'tenant-b', { 'owner@b.test': 'owner' });
  token = (await signIn(node, 'owner@a.test')).accessToken;
  stranger = (await signIn(node, 'owner@b.test')).accessToken;
});

afterAll(async () => {
  await node.close();
  await test.drop();
});

async function items(query: string, as = token): Promise<{ id: string; action: string; detail: unknown }[]> {
  const { status, body } = await node.call('GET', `/api/audit${query}`, { token: as });
  expect(status).toBe(200);
  return body.items as { id: string; action: string; detail: unknown }[];
}

describe('the audit log', () => {
  it('commits with the change it speaks of, or not at all', async () => {
    const failing = test.database.inTenant(tenantId, async (models) => {
      await recordAudit(models, SYSTEM_TRACE, { tenantId, action: 'test.failed' });
      throw new Error('changed our mind');
    });
    await expect(failing).rejects.toThrow('changed our mind');
    await test.database.inTenant(tenantId, (models) =>
      recordAudit(models, SYSTEM_TRACE, { tenantId, action: 'test.done', pluginId: 'cv-analysis', detail: { n: 1 } }),
    );
    expect(await items('?action=test.failed')).toEqual([]);
    expect(await items('?action=test.done')).toMatchObject([
      { plugin: 'cv-analysis', actor: { kind: 'system', id: null, name: null }, detail: { n: 1 } },
    ]);
  });

  it('cannot be written for another tenant', async () => {
    const { tenant } = await node.identity.authenticate(stranger);
    const forged = test.database.inTenant(tenantId, (models) =>
      recordAudit(models, SYSTEM_TRACE, { tenantId: tenant.id, action: 'test.forged' }),
    );
    await expect(forged).rejects.toThrow();
    expect(await items('?action=test.forged', stranger)).toEqual([]);
    expect(await items('?action=test.done', stranger)).toEqual([]);
  });

  it('can be changed, emptied or removed by no role of the platform', async () => {
    const statements = [
      "update core.audit_log set action = 'x'",
      'delete from core.audit_log',
      'truncate core.audit_log',
      'drop table core.audit_log',
      'alter table core.audit_log disable row level security',
      'delete from core.audit_log_default',
    ];
    for (const statement of statements) {
      await expect(test.database.platform.query(statement), statement).rejects.toThrow();
      await expect(test.database.queryInTenant(tenantId, statement), statement).rejects.toThrow();
    }
    const { rows } = await test.database.platform.query<{ grants: string }>(
      `select table_name || ' ' || privilege_type || ' to ' || grantee as grants
         from information_schema.role_table_grants
        where table_schema = 'core' and table_name like 'audit_log%' and privilege_type not in ('SELECT', 'INSERT')
          and grantee <> (select pg_get_userbyid(relowner) from pg_class where oid = 'core.audit_log'::regclass)`,
    );
    expect(rows).toEqual([]);
    expect(await items('?action=test.done')).toHaveLength(1);
  });

  it('is filtered by person, plugin, action and time', async () => {
    expect((await items(`?actor=${userId}`)).map(({ action }) => action)).toEqual(['session.opened']);
    expect(await items('?plugin=cv-analysis')).toHaveLength(1);
    expect(await items('?plugin=job-board')).toEqual([]);
    const from = new Date(Date.now() - 60_000).toISOString();
    const to = new Date(Date.now() + 60_000).toISOString();
    expect((await items(`?from=${from}&to=${to}`)).length).toBeGreaterThan(2);
    expect(await items(`?from=${to}`)).toEqual([]);
    expect(await items(`?to=${from}`)).toEqual([]);
    expect(await items('?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z')).not.toEqual([]);
  });

  it.each([
    '?actor=x',
    '?from=yesterday',
    '?from=2026-13-01T00:00:00Z',
    '?from=0000-01-01T00:00:00Z',
    '?from=2026-02-30T00:00:00Z',
    '?to=2016-12-31T23:59:60Z',
    '?limit=1000',
    '?cursor=abc',
    '?q=1',
  ])('refuses %s', async (query) => {
    expect(await node.call('GET', `/api/audit${query}`, { token })).toMatchObject({ status: 400 });
  });

  it('is read page by page, newest first, nothing twice', async () => {
    await test.database.platform.query(
      `insert into core.audit_log (tenant_id, actor_kind, action, at)
       select $1, 'system', 'bulk.written', now() - (n / 7) * interval '1 microsecond' from generate_series(1, 95) n`,
      [tenantId],
    );
    const seen: string[] = [];
    let path = '/api/audit?action=bulk.written&limit=10';
    while (path !== '') {
      const { body } = await node.call('GET', path, { token });
      seen.push(...(body.items as { id: string }[]).map(({ id }) => id));
      path = body.nextCursor === undefined ? '' : `/api/audit?action=bulk.written&limit=10&cursor=${body.nextCursor}`;
    }
    expect([seen.length, new Set(seen).size]).toEqual([95, 95]);
  });
});
