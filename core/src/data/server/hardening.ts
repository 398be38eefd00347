import type { Client } from 'pg';
import type { DatabaseWarning } from '../contract.ts';
import type { CoreRoles } from './roles.ts';

/**
 * Functions that PostgreSQL lets everybody call and that plugins' roles have no business with: they set the tenant,
 * run SQL given as text, keep data outside tables, or hold up other sessions. The check of named queries refuses
 * them too; this closes them should it ever be passed by.
 */
const CLOSED = [
  'set_config',
  'lo_creat lo_create lo_from_bytea lo_get lo_open lo_put lo_truncate lo_truncate64 lo_unlink lo_close lo_lseek',
  'lo_lseek64 lo_tell lo_tell64 loread lowrite',
  'query_to_xml query_to_xmlschema query_to_xml_and_xmlschema cursor_to_xml cursor_to_xmlschema table_to_xml',
  'table_to_xmlschema table_to_xml_and_xmlschema schema_to_xml schema_to_xmlschema schema_to_xml_and_xmlschema',
  'database_to_xml database_to_xmlschema database_to_xml_and_xmlschema ts_stat',
  'pg_notify pg_cancel_backend pg_terminate_backend pg_sleep pg_sleep_for pg_sleep_until',
  'pg_advisory_lock pg_advisory_lock_shared pg_advisory_unlock pg_advisory_unlock_all pg_advisory_unlock_shared',
  'pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_try_advisory_lock pg_try_advisory_lock_shared',
  'pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared',
].flatMap((line) => line.split(' '));

const STILL_OPEN = `
  select p.oid::regprocedure::text as signature
    from pg_catalog.pg_proc p, pg_catalog.aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    where p.pronamespace = 'pg_catalog'::regnamespace and p.proname = any($1) and a.grantee = 0
    order by 1`;

async function openToEverybody(admin: Client): Promise<{ functions: string[]; language: boolean; temporary: boolean }> {
  const functions = await admin.query<{ signature: string }>(STILL_OPEN, [CLOSED]);
  const { rows } = await admin.query<{ language: boolean; temporary: boolean }>(
    `select
       exists (select from pg_catalog.pg_language l, pg_catalog.aclexplode(coalesce(l.lanacl, acldefault('l', l.lanowner))) a
         where l.lanname = 'plpgsql' and a.grantee = 0) as language,
       exists (select from pg_catalog.pg_database d, pg_catalog.aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
         where d.datname = current_database() and a.grantee = 0 and a.privilege_type = 'TEMPORARY') as temporary`,
  );
  return {
    functions: functions.rows.map((row) => row.signature),
    language: rows[0]?.language ?? true,
    temporary: rows[0]?.temporary ?? true,
  };
}

/**
 * Takes from PUBLIC what a hostile statement could use. On a managed server we are no superuser and PostgreSQL only
 * warns: what stays open is read back from the catalogue and reported.
 */
export async function harden(admin: Client, roles: CoreRoles): Promise<DatabaseWarning[]> {
  let open = await openToEverybody(admin);
  const own = `${roles.platform}, ${admin.escapeIdentifier(admin.user ?? '')}`;
  if (open.functions.length > 0 || open.language) {
    const statements = open.functions.map(
      (signature) =>
        `grant execute on function ${signature} to ${own}; revoke execute on function ${signature} from public`,
    );
    if (open.language) {
      statements.push(`grant usage on language plpgsql to ${own}; revoke usage on language plpgsql from public`);
    }
    for (const statement of statements) {
      await admin.query(statement).catch((error: Error) => {
        // Not ours to change; found open again below.
        if ((error as { code?: string }).code !== '42501') throw error;
      });
    }
    open = await openToEverybody(admin);
  }
  const warnings: DatabaseWarning[] = [];
  if (open.functions.length > 0) {
    warnings.push({
      code: 'functions-open-to-public',
      message: `The database user may not revoke ${open.functions.length} functions from PUBLIC, e.g. ${open.functions[0]}; the check of plugins' SQL still refuses them.`,
    });
  }
  if (open.language) {
    warnings.push({
      code: 'language-open-to-public',
      message: 'The database user may not revoke language plpgsql from PUBLIC.',
    });
  }
  if (open.temporary) {
    warnings.push({
      code: 'temporary-open-to-public',
      message: 'The database user may not revoke temporary tables from PUBLIC.',
    });
  }
  return warnings;
}
