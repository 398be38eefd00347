import type { ClientBase } from 'pg';

export interface VerificationScope {
  schema: string;
  owner: string;
  runtime: string;
  sharedTables: readonly string[];
}

/** The policy that bazaar.protect() makes, as PostgreSQL prints it. */
const TENANT_POLICY = `(tenant_id = (current_setting('app.tenant_id'::text))::uuid)`;

/** Each returns one column: the violation in words. $1 schema, $2 owner role, $3 runtime role, $4 shared tables. */
const CHECKS = {
  kinds: `
    select format(case c.relkind
        when 'm' then 'materialised view "%s" would hold the rows of all tenants: use a table'
        when 'f' then '"%s" is a foreign table'
        else 'table "%s" is unlogged or temporary: its rows would not survive' end, c.relname)
      from pg_class c
      where c.relnamespace = $1::regnamespace
        and (c.relkind in ('m', 'f') or c.relkind in ('r', 'p') and c.relpersistence <> 'p')`,

  inheritance: `
    select format('table "%s" inherits from "%s", whose readers would see its rows: give it its own columns', c.relname, p.relname)
      from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
      where $1::regnamespace in (c.relnamespace, p.relnamespace) and p.relkind = 'r'`,

  tenantColumn: `
    select format('table "%s" has no "tenant_id uuid not null" column: add it, or name the table in sharedTables of the manifest if it is the same for every tenant', c.relname)
      from pg_class c
      where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and c.relname <> all ($4)
        and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id'
          and a.atttypid = 'uuid'::regtype and a.attnotnull and not a.attisdropped)`,

  tenantDefault: `
    select format('column tenant_id of table "%s" has no default: write "tenant_id uuid not null default bazaar.current_tenant()"', c.relname)
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
      where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all ($4)
        and not exists (select from pg_attrdef d where d.adrelid = c.oid and d.adnum = a.attnum
          and pg_get_expr(d.adbin, c.oid) = 'bazaar.current_tenant()')`,

  rowSecurity: `
    select format('table "%s" is not protected by row level security: add "select bazaar.protect(''%s'');" to the migration', c.relname, c.relname)
      from pg_class c
      where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and c.relname <> all ($4)
        and not (c.relrowsecurity and c.relforcerowsecurity and exists (
          select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd = '*' and p.polroles = '{0}'
            and pg_get_expr(p.polqual, c.oid) = $tenant$${TENANT_POLICY}$tenant$ and pg_get_expr(p.polwithcheck, c.oid) = $tenant$${TENANT_POLICY}$tenant$))`,

  policies: `
    select format('table "%s" has the policy "%s", which could open it to other tenants: only bazaar.protect() makes policies', c.relname, p.polname)
      from pg_policy p join pg_class c on c.oid = p.polrelid
      where c.relnamespace = $1::regnamespace and p.polpermissive
        and not coalesce(pg_get_expr(p.polqual, c.oid) = $tenant$${TENANT_POLICY}$tenant$
          and pg_get_expr(p.polwithcheck, c.oid) = $tenant$${TENANT_POLICY}$tenant$, false)
        and not (p.polname = 'bazaar_migration' and p.polroles = array[(select r.oid from pg_roles r where r.rolname = $2)])`,

  primaryKey: `
    select format('the primary key of table "%s" does not begin with tenant_id: write "primary key (tenant_id, id)"', c.relname)
      from pg_class c
      where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and c.relname <> all ($4)
        and not exists (
          select from pg_constraint k join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
            where k.conrelid = c.oid and k.contype = 'p' and a.attname = 'tenant_id')`,

  foreignKeys: `
    select format('foreign key "%s" of table "%s" does not begin with tenant_id on both sides: write "foreign key (tenant_id, …) references … (tenant_id, …)"', k.conname, c.relname)
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class t on t.oid = k.confrelid
      where c.relnamespace = $1::regnamespace and k.contype = 'f' and t.relname <> all ($4)
        and (t.relnamespace <> c.relnamespace
          or (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = k.conkey[1]) <> 'tenant_id'
          or (select a.attname from pg_attribute a where a.attrelid = t.oid and a.attnum = k.confkey[1]) <> 'tenant_id')`,

  foreignKeyActions: `
    select format('foreign key "%s" of table "%s" would set tenant_id to null: write "on delete set null (<column>)"', k.conname, c.relname)
      from pg_constraint k join pg_class c on c.oid = k.conrelid
      where c.relnamespace = $1::regnamespace and k.contype = 'f'
        and (k.confupdtype in ('n', 'd') or k.confdeltype in ('n', 'd'))
        and (select a.attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')
          = any (case when k.confupdtype in ('n', 'd') then k.conkey else coalesce(k.confdelsetcols, k.conkey) end)`,

  indexes: `
    select format('index "%s" of table "%s" does not begin with tenant_id', i.relname, c.relname)
      from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
        join pg_am m on m.oid = i.relam
      where c.relnamespace = $1::regnamespace and c.relname <> all ($4) and m.amname in ('btree', 'hash')
        and not exists (select from pg_attribute a
          where a.attrelid = c.oid and a.attnum = x.indkey[0] and a.attname = 'tenant_id')`,

  exclusions: `
    select format('constraint "%s" of table "%s" would let tenants exclude each other: include tenant_id', k.conname, c.relname)
      from pg_constraint k join pg_class c on c.oid = k.conrelid
      where c.relnamespace = $1::regnamespace and c.relname <> all ($4) and k.contype = 'x'
        and not exists (select from pg_attribute a
          where a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnum = any (k.conkey))`,

  sharedTables: `
    select format(case when c.oid is null then 'sharedTables names "%s", which is not a table'
        else 'table "%s" is declared in sharedTables but has a tenant_id' end, s.name)
      from unnest($4::text[]) as s (name)
        left join pg_class c on c.relnamespace = $1::regnamespace and c.relname = s.name and c.relkind in ('r', 'p')
      where c.oid is null
        or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)`,

  sharedRows: `
    select format('table "%s" is declared in sharedTables but was protected, and may hold rows of tenants: make another', c.relname)
      from pg_class c
      where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and c.relname = any ($4) and c.relrowsecurity`,

  views: `
    select format('view "%s" reads with its owner''s rights: create it "with (security_invoker = true)"', c.relname)
      from pg_class c
      where c.relnamespace = $1::regnamespace and c.relkind = 'v'
        and not coalesce('security_invoker=true' = any (c.reloptions) or 'security_invoker=on' = any (c.reloptions), false)`,

  functions: `
    select format(case
        when p.prosecdef then 'function "%s" is SECURITY DEFINER: it would run with its owner''s rights'
        when p.proconfig is not null then 'function "%s" sets configuration parameters'
        else 'function "%s" is not written in plain SQL ("language sql"), which is the only language that can be checked' end, p.proname)
      from pg_proc p join pg_language l on l.oid = p.prolang
      where p.pronamespace = $1::regnamespace and (p.prosecdef or p.proconfig is not null or l.lanname <> 'sql')`,

  triggers: `
    select format('trigger "%s" of table "%s" runs a function of the plugin, which cannot be checked', t.tgname, c.relname)
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
      where c.relnamespace = $1::regnamespace and not t.tgisinternal and p.pronamespace <> 'pg_catalog'::regnamespace
    union all
    select format('rule "%s" of "%s" rewrites statements', r.rulename, c.relname)
      from pg_rewrite r join pg_class c on c.oid = r.ev_class
      where c.relnamespace = $1::regnamespace and not (c.relkind = 'v' and r.rulename = '_RETURN')`,

  ownership: `
    select format('"%s" does not belong to the plugin', c.relname)
      from pg_class c where c.relnamespace = $1::regnamespace and c.relowner <> $2::regrole
    union all
    select format('"%s" is outside the plugin''s schema', d.classid::regclass || ' ' || d.objid)
      from pg_shdepend d
      where d.refclassid = 'pg_authid'::regclass and d.refobjid = $2::regrole and d.deptype = 'o'
        and d.dbid = (select oid from pg_database where datname = current_database())
        and not case d.classid
          when 'pg_class'::regclass then (select c.relnamespace in ($1::regnamespace, 'pg_toast'::regnamespace) from pg_class c where c.oid = d.objid)
          when 'pg_type'::regclass then (select t.typnamespace = $1::regnamespace from pg_type t where t.oid = d.objid)
          when 'pg_proc'::regclass then (select p.pronamespace = $1::regnamespace from pg_proc p where p.oid = d.objid)
          when 'pg_statistic_ext'::regclass then (select s.stxnamespace = $1::regnamespace from pg_statistic_ext s where s.oid = d.objid)
          else false end`,

  grants: `
    select distinct format('"%s" is granted to %s', c.relname, a.grantee::regrole)
      from pg_class c, aclexplode(c.relacl) a
      where c.relnamespace = $1::regnamespace and a.grantee not in ($2::regrole, $3::regrole)
    union all
    select distinct format('column "%s" of "%s" is granted to %s', t.attname, c.relname, a.grantee::regrole)
      from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
      where c.relnamespace = $1::regnamespace and a.grantee not in ($2::regrole, $3::regrole)`,
} as const;

/**
 * Reads the catalogue of a plugin's schema and returns what would let one tenant meet another, or the plugin leave
 * its schema. The session must be the owner's or the administrator's, inside the transaction that made the changes.
 */
export async function findViolations(session: ClientBase, scope: VerificationScope): Promise<string[]> {
  const values = [scope.schema, scope.owner, scope.runtime, scope.sharedTables];
  const violations: string[] = [];
  for (const check of Object.values(CHECKS)) {
    // Parameters a check does not mention still need a type.
    const text = `with input as (select $1::text, $2::text, $3::text, $4::text[]) select * from (${check.replaceAll('$4)', '$4::text[])')}) as v (violation)`;
    const { rows } = await session.query<{ violation: string }>(text, values);
    violations.push(...rows.map((row) => row.violation));
  }
  return [...new Set(violations)];
}
