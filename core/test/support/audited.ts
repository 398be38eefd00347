import type { TestDatabase } from './test-database.ts';

/**
 * The actions of the audit log, each once. For the end of a test file: what its tests have changed is to be written
 * down, whether they looked at it or not.
 */
export async function auditedActions({ database }: Pick<TestDatabase, 'database'>): Promise<string[]> {
  const { rows } = await database.platform.query<{ action: string }>(
    'select distinct action from core.audit_log order by action',
  );
  return rows.map(({ action }) => action);
}
