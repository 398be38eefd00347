import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CoreModels } from '../../src/data/index.ts';
import { openCoreAccess } from '../../src/data/sequelize/core-access.ts';
import { ApiError } from '../../src/errors/index.ts';
import { createSealer, deriveKey } from '../../src/secrets/index.ts';
import { createTestDatabase, seedTenants, type TestDatabase } from '../support/test-database.ts';

let test_: TestDatabase;
let ids: Awaited<ReturnType<typeof seedTenants>>;

beforeAll(async () => {
  test_ = await createTestDatabase();
  ids = await seedTenants(test_.database);
});
afterAll(() => test_.drop());

async function modelsOutside(): Promise<CoreModels> {
  return test_.database.asPlatform(async (models) => models);
}

test('a tenant sees itself, its members and nothing of another', async () => {
  const { database } = test_;
  await database.inTenant(ids.b, (m) => m.Setting.create({ pluginId: 'core', values: { of: 'b' } }));
  const seen = await database.inTenant(ids.a, async (m) => ({
    tenants: (await m.Tenant.findAll()).map((tenant) => tenant.id),
    users: (await m.User.findAll()).map((user) => user.id),
    settings: await m.Setting.count(),
  }));
  expect(seen).toEqual({ tenants: [ids.a], users: [ids.userA], settings: 0 });
});

test('a row for another tenant is refused and the tenant is filled in', async () => {
  const { database } = test_;
  await expect(database.inTenant(ids.a, (m) => m.Setting.create({ tenantId: ids.b, pluginId: 'x' }))).rejects.toThrow(
    /row-level security/,
  );
  const own = await database.inTenant(ids.a, (m) => m.Setting.create({ pluginId: 'x', values: { n: 1 } }));
  expect(own.tenantId).toBe(ids.a);
});

test('the password hash is invisible to the tenant role', async () => {
  const user = await test_.database.inTenant(ids.a, (m) => m.User.findOne());
  expect(user?.passwordHash).toBeUndefined();
  await expect(test_.database.queryInTenant(ids.a, 'select password_hash from core.users')).rejects.toThrow(
    /permission denied/,
  );
});

test('members are read with their user', async () => {
  const [member] = await test_.database.inTenant(ids.a, (m) => m.Membership.findAll({ include: 'user' }));
  expect(member?.user?.email).toBe('tenant-a@example.test');
});

test('a query outside a unit of work throws', async () => {
  const models = await modelsOutside();
  await expect(models.Tenant.findAll()).rejects.toThrow('query outside a unit of work');
  await expect(models.Tenant.sequelize?.query('select 1')).rejects.toThrow('query outside a unit of work');
  await expect(models.Tenant.sequelize?.transaction()).rejects.toThrow('transaction outside a unit of work');
});

test("hole 1: another instance's query does not run inside this instance's transaction", async () => {
  const platform = await modelsOutside();
  await test_.database.inTenant(ids.a, async (tenant) => {
    await expect(platform.Tenant.findAll()).rejects.toThrow('query outside a unit of work');
    await tenant.Tenant.sequelize?.transaction(async (transaction) => {
      await expect(platform.Tenant.findAll({ transaction })).rejects.toThrow("query with another role's transaction");
    });
  });
});

test('hole 2: a straggler after commit or rollback is refused', async () => {
  const { database } = test_;
  const outcomes: string[] = [];
  const straggler = async (m: CoreModels) => {
    await sleep(60);
    outcomes.push(
      await m.Tenant.findAll().then(
        () => 'ran',
        (error: Error) => error.message,
      ),
    );
  };
  await database.inTenant(ids.a, async (m) => {
    await m.Tenant.count();
    void straggler(m);
  });
  await database
    .inTenant(ids.a, (m) => Promise.all([straggler(m), Promise.reject(new Error('stop'))]))
    .catch(() => undefined);
  await sleep(150);
  expect(outcomes).toHaveLength(2);
  for (const outcome of outcomes) expect(outcome).toMatch(/commit|rollback/);
});

test('hole 3: a nested transaction shares the connection and is undone alone', async () => {
  const slugs = await test_.database.inTenant(ids.a, async (m) => {
    const pid = async () => {
      const [rows] = (await m.Role.sequelize?.query('select pg_backend_pid() as pid')) ?? [[]];
      return (rows as { pid: number }[])[0]?.pid;
    };
    const outer = await pid();
    await m.Role.sequelize
      ?.transaction(async () => {
        expect(await pid()).toBe(outer);
        await m.Role.create({ name: 'undone', title: 'Undone' });
        throw new Error('undo');
      })
      .catch(() => undefined);
    const [found, created] = await m.Role.findOrCreate({
      where: { name: 'kept' },
      defaults: { name: 'kept', title: 'Kept' },
    });
    expect([found.name, created]).toEqual(['kept', true]);
    return (await m.Role.findAll()).map((role) => role.name);
  });
  expect(slugs).toEqual(['kept']);
});

test('hole 4: a transaction with a swallowed error rejects instead of committing nothing', async () => {
  const { database } = test_;
  await expect(
    database.inTenant(ids.a, async (m) => {
      await m.Role.create({ name: 'lost', title: 'Lost' });
      await m.Role.sequelize?.query('select 1/0').catch(() => undefined);
      return 'fine';
    }),
  ).rejects.toThrow('the transaction is aborted');
  await expect(
    database.platform.transaction(async (sql) => {
      await sql.query('select 1/0').catch(() => undefined);
    }),
  ).rejects.toThrow('the transaction is aborted');
  expect(await database.inTenant(ids.a, (m) => m.Role.count({ where: { name: 'lost' } }))).toBe(0);
});

test('units of one tenant join, of another are refused, and ids are never SQL', async () => {
  const { database } = test_;
  await expect(database.inTenant(ids.a, () => database.inTenant(ids.b, (m) => m.Tenant.count()))).rejects.toThrow(
    'another',
  );
  await expect(database.inTenant("x'; reset role; --", (m) => m.Tenant.count())).rejects.toThrow('not a uuid');
  await expect(database.queryInTenant("x'; reset role; --", 'select 1')).rejects.toThrow('not a uuid');
  const joined = database.inTenant(ids.a, async (m) => {
    await m.Role.create({ name: 'joined', title: 'Joined' });
    await database.inTenant(ids.a, (inner) => inner.Role.count());
    throw new Error('undo both');
  });
  await expect(joined).rejects.toThrow('undo both');
  expect(await database.inTenant(ids.a, (m) => m.Role.count({ where: { name: 'joined' } }))).toBe(0);
});

test('three hundred interleaved units never mix tenants', async () => {
  const { database } = test_;
  const wrong = await Promise.all(
    Array.from({ length: 300 }, async (_, index) => {
      const tenant = index % 2 ? ids.a : ids.b;
      return database.inTenant(tenant, async (m) => {
        await sleep(Math.random() * 3);
        const rows = await m.Tenant.findAll();
        return rows.length === 1 && rows[0]?.id === tenant ? 0 : 1;
      });
    }),
  );
  expect(wrong.reduce<number>((sum, one) => sum + one, 0)).toBe(0);
});

test('constraint violations are errors of the API', async () => {
  const { database } = test_;
  const again = database.asPlatform((m) => m.Tenant.create({ slug: 'tenant-a', name: 'again' }));
  await expect(again).rejects.toBeInstanceOf(ApiError);
  await expect(again).rejects.toMatchObject({ code: 'conflict', reason: 'already-exists' });
  await expect(database.platform.query('select $1::uuid', ['nonsense'])).rejects.toMatchObject({
    code: 'invalid-input',
  });
  await expect(database.inTenant(ids.a, (m) => m.Task.findByPk('nonsense'))).rejects.toMatchObject({
    code: 'invalid-input',
  });
});

test('the audit log is append-only, also for the platform', async () => {
  const { database } = test_;
  await database.inTenant(ids.a, (m) => m.AuditEntry.create({ actorKind: 'system', action: 'test' }));
  await expect(database.platform.query('delete from core.audit_log')).rejects.toThrow(/permission denied/);
  await expect(database.platform.query(`update core.audit_log set action = 'x'`)).rejects.toThrow(/permission denied/);
});

test('a wrong port is an unavailable service, not a crash', async () => {
  const access = openCoreAccess(
    { host: '127.0.0.1', port: 1, user: 'nobody', database: 'none' },
    'tenant',
    1,
    createSealer(deriveKey('secret of the tests', 'mail')),
  );
  await expect(access.run({}, (m) => m.Tenant.count())).rejects.toMatchObject({ code: 'unavailable' });
  await access.close();
});
