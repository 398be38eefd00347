import { type Attack, NOTHING_REACHED } from '../support/attack.ts';

/** Text that the attacker's own rows of the second tenant hold. */
export const PLANTED = 'belongs to the second tenant';

const MIGRATION = `create table rows (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  body text not null,
  primary key (tenant_id, id)
);
select bazaar.protect('rows');
`;
/** Called for the second tenant before the attack; `input.known` has every id of both tenants. */
const PLANT = `const { own, other } = input.known;
  const reached = [];
  const attempt = async (what, work) => {
    try {
      const found = await work();
      if (Array.isArray(found) ? found.length > 0 : found) reached.push(what + ': ' + JSON.stringify(found));
    } catch {}
  };
  if (ctx.tenant.id === other.tenant) {
    if ((await ctx.db.rows.count({})) === 0) await ctx.db.rows.insert({ body: '${PLANTED}' });
    return { reached, bodies: (await ctx.db.rows.find({})).map(({ body }) => body) };
  }
`;

/** The same plugin's data of another tenant. */
export const TENANTS: readonly Attack[] = [
  {
    name: 'tenant-columns',
    tries: 'rows of another tenant, by naming that tenant in every table call',
    run: `${PLANT}
      const where = { tenantId: other.tenant };
      await attempt('find', () => ctx.db.rows.find({ where }));
      await attempt('find or', () => ctx.db.rows.find({ where: { or: [where, { tenantId: { ne: own.tenant } }] } }));
      await attempt('page', async () => (await ctx.db.rows.page({ where })).items);
      await attempt('count', () => ctx.db.rows.count(where));
      await attempt('body', () => ctx.db.rows.find({ where: { body: { contains: 'second' } } }));
      await attempt('update', () => ctx.db.rows.update(where, { body: 'mine' }));
      await attempt('update away', async () => {
        const { id } = await ctx.db.rows.insert({ body: 'x' });
        return ctx.db.rows.update({ id }, { tenantId: other.tenant });
      });
      await attempt('delete', () => ctx.db.rows.delete(where));
      return { reached };`,
    files: { 'migrations/0001-rows.sql': MIGRATION },
    ends: NOTHING_REACHED,
  },
  {
    name: 'tenant-insert',
    tries: 'to put rows into another tenant',
    run: `${PLANT}
      await attempt('insert', () => ctx.db.rows.insert({ tenantId: other.tenant, body: 'planted' }));
      return { reached };`,
    files: { 'migrations/0001-rows.sql': MIGRATION },
    ends: { kind: 'refused', status: 200, code: '', also: [200, 400, 403, 404, 500] },
  },
  {
    name: 'tenant-queries',
    tries: 'rows of another tenant, by queries that ask for it',
    run: `${PLANT}
      await attempt('by tenant', () => ctx.queries.byTenant({ tenant: other.tenant }));
      await attempt('others', () => ctx.queries.others({ tenant: own.tenant }));
      await attempt('as text', () => ctx.queries.byTenant({ tenant: "x' or true --" }));
      return { reached };`,
    files: {
      'migrations/0001-rows.sql': MIGRATION,
      'queries/by-tenant.sql': 'select id, body from rows where tenant_id = :tenant::uuid',
      'queries/others.sql': 'select r.id, r.body from rows r where r.tenant_id <> :tenant::uuid',
    },
    ends: NOTHING_REACHED,
  },
  {
    name: 'forged-context',
    tries: 'to become another tenant, person and plugin by changing its context',
    run: `${PLANT}
      for (const change of [
        () => { ctx.tenant.id = other.tenant; },
        () => { ctx.tenant = { id: other.tenant, slug: 'second', name: 'x' }; },
        () => { ctx.user = { id: other.user, permissions: ['core:plugins.manage', 'vault:secrets'] }; },
        () => { ctx.plugin.id = 'vault'; ctx.plugin = { id: 'vault', version: '1.0.0' }; },
        () => { Object.defineProperty(ctx, 'tenant', { get: () => ({ id: other.tenant }) }); },
        () => { Object.assign(ctx, { tenantId: other.tenant, requestId: other.tenant, chain: [] }); },
      ]) try { change(); } catch {}
      await attempt('find', () => ctx.db.rows.find({}));
      await attempt('secrets', () => ctx.db.secrets.find({}));
      await attempt('settings', async () => (await ctx.settings.get()).token);
      await attempt('action', () => ctx.actions.call('vault.list', {}));
      return { reached };`,
    files: { 'migrations/0001-rows.sql': MIGRATION },
    ends: NOTHING_REACHED,
  },
  {
    name: 'injected-names',
    tries: 'to write SQL into names of tables, columns, comparisons and orders',
    run: `${PLANT}
      const evil = ['id" or true --', "id' or true --", 'id; drop table rows', 'id) or (true', '*', 'tenant_id::text', 'ctid', 'xmin', 'tableoid'];
      for (const name of evil) {
        await attempt('column ' + name, () => ctx.db.rows.find({ where: { [name]: 'x' } }));
        await attempt('comparison ' + name, () => ctx.db.rows.find({ where: { id: { [name]: 'x' } } }));
        await attempt('order ' + name, () => ctx.db.rows.find({ order: [name] }));
        await attempt('table ' + name, () => ctx.db[name].find({}));
        await attempt('set ' + name, () => ctx.db.rows.update({ body: 'x' }, { [name]: 'x' }));
        await attempt('query ' + name, () => ctx.queries[name]({}));
        await attempt('limit ' + name, () => ctx.db.rows.find({ limit: name }));
        await attempt('cursor ' + name, async () => (await ctx.db.rows.page({ cursor: name })).items);
      }
      return { reached };`,
    files: { 'migrations/0001-rows.sql': MIGRATION },
    ends: NOTHING_REACHED,
  },
];
