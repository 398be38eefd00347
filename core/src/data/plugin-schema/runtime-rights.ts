import { type ClientBase, escapeIdentifier } from 'pg';
import type { VerificationScope } from './verify.ts';

/**
 * Rights of the runtime role on what the owner has made: rows of protected tables, everything else to read. A rehearsal
 * has one role for both.
 */
export async function grantRuntime(
  owner: ClientBase,
  { schema, owner: ownerRole, runtime }: VerificationScope,
): Promise<void> {
  if (runtime === ownerRole) return;
  const role = escapeIdentifier(runtime);
  const { rows } = await owner.query<{ name: string; kind: string; protected: boolean }>(
    `select relname as name, relkind as kind, relrowsecurity as protected from pg_catalog.pg_class
      where relnamespace = $1::regnamespace and relkind in ('r', 'p', 'v', 'S') and not relispartition`,
    [schema],
  );
  const statements = rows.map(({ name, kind, protected: isProtected }) => {
    const object = `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
    if (kind === 'S') return `grant usage on sequence ${object} to ${role}`;
    if (isProtected) return `grant select, insert, update, delete on ${object} to ${role}`;
    return `revoke all on ${object} from ${role}; grant select on ${object} to ${role}`;
  });
  if (statements.length > 0) await owner.query(statements.join('; '));
}
