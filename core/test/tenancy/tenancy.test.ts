import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM_TRACE } from '../../src/audit/index.ts';
import { createChanges } from '../../src/caching/index.ts';
import { addMember, createTenant, createTenantDirectory } from '../../src/tenancy/index.ts';
import { createTestDatabase, silentLogger, type TestDatabase } from '../support/test-database.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});

afterAll(() => test.drop());

const MEMBER = { email: 'Ann@Example.test', name: 'Ann', passwordHash: 'x', roles: ['owner'] };

function create(slug: string) {
  return test.database.asPlatform((models) => createTenant(models, { slug, name: slug }, SYSTEM_TRACE));
}

describe('tenants', () => {
  it('come with their built-in roles', async () => {
    const tenant = await create('first');
    const roles = await test.database.inTenant(tenant.id, (models) => models.Role.findAll());
    expect(roles.map(({ name }) => name).sort()).toEqual(['admin', 'manager', 'owner', 'recruiter', 'sales', 'viewer']);
    expect(roles.every(({ builtIn, permissions }) => builtIn && permissions.length === 0)).toBe(true);
  });

  it('have a short name of their own, also when two are made at once', async () => {
    await expect(create('first')).rejects.toMatchObject({ code: 'conflict', reason: 'slug-taken' });
    const made = await Promise.allSettled([1, 2, 3, 4].map(() => create('contested')));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of made) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'conflict' });
  });

  it('share people by e-mail address, whatever its case', async () => {
    const [one, two] = [await create('one'), await create('two')];
    const join = (tenantId: string, email: string, roles = ['viewer']) =>
      test.database.asPlatform((models) => addMember(models, tenantId, { ...MEMBER, email, roles }, SYSTEM_TRACE));
    const ann = await join(one.id, ' Ann@Example.TEST ');
    expect((await join(two.id, 'ann@example.test', ['owner', 'sales'])).id).toBe(ann.id);
    await expect(join(two.id, 'ANN@example.test')).rejects.toMatchObject({ reason: 'already-member' });
    await expect(join(one.id, 'bob@example.test', ['emperor'])).rejects.toThrow();
    expect(await test.database.asPlatform((models) => models.User.count())).toBe(1);
  });

  it('are found by their short name, from memory until they change', async () => {
    const changes = createChanges(test.database.bus, silentLogger);
    const directory = createTenantDirectory(test.database, changes);
    expect(await directory.bySlug('new')).toBeNull();
    const tenant = await create('new');
    expect(await directory.bySlug('new')).toBeNull();
    await changes.announce('tenant', { tenantId: tenant.id, slug: 'new' });
    expect(await directory.bySlug('new')).toEqual({ id: tenant.id, slug: 'new', name: 'new' });
    expect(await directory.faceOf('new')).toEqual({ profile: {}, logo: null, isVerified: false });
    const profile = { website: 'https://new.test', foundedYear: 1999 };
    await test.database.asPlatform((models) => models.Tenant.update({ profile }, { where: { id: tenant.id } }));
    await changes.announce('tenant', { tenantId: tenant.id, slug: 'new' });
    expect(await directory.faceOf('new')).toMatchObject({ profile });
    expect(await directory.faceOf('unknown')).toMatchObject({ profile: {} });
    for (const strange of ['', 'x', 'A', "'", 'x'.repeat(64)]) expect(await directory.bySlug(strange)).toBeNull();
    directory.close();
  });
});
