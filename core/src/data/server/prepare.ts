import type { Client } from 'pg';
import type { DatabaseWarning } from '../contract.ts';
import { migrateCore } from '../core-schema/migrate.ts';
import { connectAdmin, type ServerFacts } from './connect.ts';
import { harden } from './hardening.ts';
import { ensureInstallation, type Installation } from './installation.ts';
import type { Target } from './target.ts';
import { limitTemporaryFiles } from './temporary-files.ts';

export interface PreparedServer extends ServerFacts {
  installation: Installation;
  coreMigration: string;
  warnings: DatabaseWarning[];
}

/** Any constant: all kernels that prepare one database take turns on it. */
const MIGRATION_LOCK = 0x62617a61;
const PARTITION_MONTHS_AHEAD = 2;

/** Partitions of the coming months; returns a warning for each month whose rows stay in a default partition. */
export async function ensurePartitions(admin: Pick<Client, 'query'>): Promise<DatabaseWarning[]> {
  const { rows } = await admin.query<{ name: string }>('select core.ensure_partitions($1) as name', [
    PARTITION_MONTHS_AHEAD,
  ]);
  return rows.map(({ name }) => ({
    code: 'partition-missing',
    message: `Rows of partition core.${name} were written before it existed and stay in the default partition.`,
  }));
}

/** Roles, core migrations, revocations and partitions, under one lock. Repeats nothing that is in place. */
export async function prepareServer(target: Target, secret: string): Promise<PreparedServer> {
  const { client: admin, ...facts } = await connectAdmin(target);
  try {
    await admin.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const installation = await ensureInstallation(admin, target, secret);
    const coreMigration = await migrateCore(admin, installation.roles);
    const warnings = [
      ...(await harden(admin, installation.roles)),
      ...(await limitTemporaryFiles(admin, installation.prefix)),
      ...(await ensurePartitions(admin)),
    ];
    return { ...facts, installation, coreMigration, warnings };
  } finally {
    // Releases the lock as well.
    await admin.end();
  }
}
