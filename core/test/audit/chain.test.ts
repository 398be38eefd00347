import type { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BEGINNING, type Position } from '../../src/audit/chain/verify.ts';
import { type AuditChain, createAuditChain, recordAudit, SYSTEM_TRACE } from '../../src/audit/index.ts';
import { deriveKey } from '../../src/secrets/index.ts';
import { createTestDatabase, seedTenants, type TestDatabase } from '../support/test-database.ts';

const KEY = deriveKey('the platform secret of the tests, long enough', 'audit-chain');
const log = pino({ level: 'silent' });

let test: TestDatabase;
let ids: Awaited<ReturnType<typeof seedTenants>>;
let chain: AuditChain;
let admin: Client;

beforeAll(async () => {
  test = await createTestDatabase();
  ids = await seedTenants(test.database);
  chain = createAuditChain({ sql: test.database.platform, key: KEY, log });
  admin = await test.admin();
});
afterAll(() => test?.drop());

/** What somebody can do who is the administrator of the database. */
async function tamper(statement: string, values: readonly unknown[] = []): Promise<void> {
  await admin.query('set session_replication_role = replica');
  await admin.query(statement, [...values]);
  await admin.query('reset session_replication_role');
}

async function write(tenantId: string, count: number): Promise<void> {
  for (let n = 1; n <= count; n++) {
    await test.database.inTenant(tenantId, (models) =>
      recordAudit(models, SYSTEM_TRACE, { tenantId, action: 'test.done', entityId: `${n}`, detail: { n } }),
    );
  }
}

async function found(tenantId?: string, by = chain) {
  const broken = [];
  let [links, rows] = [0, 0];
  for (let at: Position | null = BEGINNING; at !== null; ) {
    const part: Awaited<ReturnType<AuditChain['verify']>> = await by.verify(at, tenantId);
    links += part.links;
    rows += part.rows;
    broken.push(...part.broken.map(({ kind, tenant, link }) => `${kind} ${tenant} ${link}`));
    at = part.next;
  }
  // Tenants come in the order of their random ids.
  return { links, rows, broken: broken.sort() };
}

const rowOf = (seq: number) => `(select row_id from core.audit_chain where tenant_id = '${ids.a}' and seq = ${seq})`;

describe('the chain of the audit log', () => {
  beforeEach(async () => {
    await tamper(`truncate core.audit_log, core.audit_chain, core.audit_heads, core.audit_pending;
      update core.audit_seal set links = 0, chains = 0, kept_from = null, signature = null`);
    await write(ids.a, 6);
    await write(ids.b, 2);
    await chain.seal();
  });

  it('holds what was written by transactions at once, through models and plugins, in old and new partitions', async () => {
    expect(await found()).toEqual({ links: 8, rows: 8, broken: [] });
    await Promise.all([write(ids.a, 10), write(ids.a, 10), chain.seal(), write(ids.b, 5), chain.seal()]);
    expect(await found()).toEqual({ links: 33, rows: 33, broken: [] });
    expect(await found(ids.b)).toEqual({ links: 7, rows: 7, broken: [] });
  });

  it.each<[string, () => Promise<void>, string[]]>([
    [
      'a row that says something else',
      () => tamper(`update core.audit_log set action = 'x' where id = ${rowOf(3)}`),
      ['altered tenant-a 3'],
    ],
    [
      'a row by somebody else',
      () => tamper(`update core.audit_log set actor_id = tenant_id where id = ${rowOf(1)}`),
      ['altered tenant-a 1'],
    ],
    [
      'a row given to another tenant',
      () => tamper(`update core.audit_log set tenant_id = '${ids.b}' where id = ${rowOf(6)}`),
      ['removed tenant-a 6', 'inserted tenant-b null'],
    ],
    ['a row that is gone', () => tamper(`delete from core.audit_log where id = ${rowOf(4)}`), ['removed tenant-a 4']],
    [
      'a row at another time',
      () => tamper(`update core.audit_log set at = at - interval '1 hour' where id = ${rowOf(4)}`),
      ['removed tenant-a 4', 'inserted tenant-a null'],
    ],
    [
      'a link and its row that are gone',
      () =>
        tamper(
          `with gone as (delete from core.audit_chain where tenant_id = '${ids.a}' and seq = 2 returning row_id) delete from core.audit_log where id in (select row_id from gone)`,
        ),
      ['removed tenant-a 2'],
    ],
    [
      'the tail that is gone',
      () =>
        tamper(
          `with gone as (delete from core.audit_chain where tenant_id = '${ids.a}' and seq > 4 returning row_id) delete from core.audit_log where id in (select row_id from gone)`,
        ),
      ['cut tenant-a 5'],
    ],
    [
      'all of a chain',
      () =>
        tamper(
          `with gone as (delete from core.audit_chain where tenant_id = '${ids.a}') delete from core.audit_log where tenant_id = '${ids.a}'`,
        ),
      ['cut tenant-a 1'],
    ],
    [
      'all of a chain, with its end',
      () =>
        tamper(
          `with gone as (delete from core.audit_chain where tenant_id = '${ids.b}'), head as (delete from core.audit_heads where tenant_id = '${ids.b}') delete from core.audit_log where tenant_id = '${ids.b}'`,
        ),
      ['miscounted null null'],
    ],
    [
      'a row that no link stands for',
      () =>
        tamper(`insert into core.audit_log (tenant_id, actor_kind, action) values ('${ids.a}', 'system', 'forged')`),
      ['inserted tenant-a null'],
    ],
    [
      'a chain without an end',
      () => tamper(`delete from core.audit_heads where tenant_id = '${ids.b}'`),
      ['forged tenant-b 2', 'miscounted null null'],
    ],
    ['a count made anew', () => tamper('update core.audit_seal set links = 7'), ['forged null null']],
    ['no count', () => tamper('update core.audit_seal set signature = null'), ['forged null null']],
    [
      'a link made anew',
      () => tamper(`update core.audit_chain set hash = content where tenant_id = '${ids.a}' and seq = 6`),
      ['reordered tenant-a 6', 'forged tenant-a 6'],
    ],
  ])('names %s', async (_name, attack, expected) => {
    await attack();
    expect((await found()).broken).toEqual(expected.sort());
  });

  it('names rows that changed places', async () => {
    await tamper('drop index core.audit_chain_row');
    const swap = `update core.audit_chain c set row_id = o.row_id, row_at = o.row_at, content = o.content
      from core.audit_chain o where c.tenant_id = '${ids.a}' and o.tenant_id = '${ids.a}' and c.seq in (2, 4)
        and o.seq = 6 - c.seq`;
    await tamper(swap);
    expect((await found()).broken).toEqual(['reordered tenant-a 2', 'reordered tenant-a 4']);
    await tamper(swap);
    await tamper('create unique index audit_chain_row on core.audit_chain (tenant_id, row_at, row_id)');
    expect((await found()).broken).toEqual([]);
  });

  it('is not made good by being continued', async () => {
    const [head] = (await admin.query('select * from core.audit_heads where tenant_id = $1', [ids.a])).rows;
    await write(ids.a, 2);
    await chain.seal();
    await tamper(`with gone as (delete from core.audit_chain where tenant_id = '${ids.a}' and seq > 6 returning row_id)
      delete from core.audit_log where id in (select row_id from gone)`);
    await tamper('update core.audit_heads set seq = $2, hash = $3, signature = $4 where tenant_id = $1', [
      ids.a,
      head.seq,
      head.hash,
      head.signature,
    ]);
    expect((await found()).broken).toEqual(['miscounted null null']);
    await write(ids.a, 2);
    expect((await found()).broken).toEqual(['miscounted null null']);
  });

  it('is not continued by who has another key, nor believed', async () => {
    const other = createAuditChain({
      sql: test.database.platform,
      key: deriveKey(`another ${'secret'.repeat(6)}`, 'x'),
      log,
    });
    await write(ids.a, 1);
    expect(await other.seal()).toBe(0);
    expect((await found(undefined, other)).broken).toEqual([
      'forged null null',
      'forged tenant-a 6',
      'forged tenant-b 2',
    ]);
    expect(await chain.seal()).toBe(1);
    expect((await found()).broken).toEqual([]);
  });

  it('keeps the others going when one was tampered with', async () => {
    await tamper(`update core.audit_heads set seq = 5 where tenant_id = '${ids.a}'`);
    await write(ids.a, 1);
    await write(ids.b, 1);
    expect(await chain.seal()).toBe(1);
    expect((await found()).broken).toEqual(['forged tenant-a 6', 'miscounted null null']);
    await tamper(`update core.audit_pending set at = at - interval '1 hour';
      update core.audit_log l set at = p.at from core.audit_pending p where p.id = l.id`);
    expect((await found()).broken).toContain('unsealed tenant-a null');
  });

  it('names a row that came later than it says', async () => {
    const late = `insert into core.audit_log (tenant_id, actor_kind, action, at) values ($1, 'system', 'late', now() - interval '2 days')`;
    await admin.query(late, [ids.a]);
    await write(ids.a, 1);
    expect((await found()).broken).toEqual(['backdated tenant-a 7']);
  });

  it('has no place for what was lost before it was sealed', async () => {
    await write(ids.b, 2);
    await tamper(`delete from core.audit_log where id = (select id from core.audit_pending limit 1)`);
    expect((await found()).broken).toEqual(['removed tenant-b null']);
  });

  it('lets the past go by retention alone', async () => {
    const old = `insert into core.audit_log (tenant_id, actor_kind, action, at) select $1, 'system', 'old', now() - interval '400 days'`;
    await tamper(old, [ids.b]);
    await tamper(
      'insert into core.audit_pending (tenant_id, at, id, noted_at) select tenant_id, at, id, at from core.audit_log where action = $1',
      ['old'],
    );
    await chain.seal();
    const limit = new Date(Date.now() - 300 * 86_400_000);
    await chain.keepFrom(limit);
    await expect(admin.query(`delete from core.audit_log where action = 'old'`)).rejects.toThrow('append-only');
    expect((await admin.query('select core.expire_audit($1, 1000) as n', [limit])).rows).toEqual([{ n: '1' }]);
    expect((await found()).broken.filter((line) => !line.startsWith('backdated'))).toEqual([]);
    await tamper('update core.audit_seal set kept_from = now()');
    expect((await found()).broken).toContain('forged null null');
  });

  it('refuses changes by everybody, the administrator included', async () => {
    for (const statement of [
      `update core.audit_log set action = 'x'`,
      'delete from core.audit_log',
      'truncate core.audit_log',
      'truncate core.audit_log_default',
      `update core.audit_chain set seq = seq + 10`,
      'delete from core.audit_chain',
      'truncate core.audit_chain',
    ]) {
      await expect(admin.query(statement), statement).rejects.toThrow('append-only');
      await expect(test.database.platform.query(statement), statement).rejects.toThrow();
    }
    const { rows } = await admin.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'core.audit_log'::regclass`,
    );
    expect(rows.length).toBeGreaterThan(2);
    for (const { name } of rows) await expect(admin.query(`truncate ${name}`), name).rejects.toThrow('append-only');
  });
});
