import type { Database } from '../data/index.ts';
import { messageOf } from '../errors/index.ts';
import type { Readiness } from '../http/index.ts';
import type { LoadedPlugins } from '../plugins/index.ts';
import type { Parts } from './parts.ts';

/** What `/readyz` says of this node. */
export async function readinessReport(
  version: string,
  db: Database,
  { registry, problems }: LoadedPlugins,
  { lifecycle, sandbox }: Pick<Parts, 'lifecycle' | 'sandbox'>,
): Promise<Readiness> {
  const { serverVersion, coreMigration, warnings } = db;
  let database: Readiness['database'];
  try {
    database = { ok: true, serverVersion, pingMs: Math.round((await db.ping()) * 100) / 100 };
  } catch (error) {
    database = { ok: false, serverVersion, problem: messageOf(error) };
  }
  const hardening = await sandbox
    .hardening()
    .catch((error: unknown) => [{ step: 'sandbox', ok: false, reason: messageOf(error) }]);
  return {
    ready: database.ok,
    version,
    database,
    migrations: { core: coreMigration },
    plugins: registry.statuses(),
    warnings: [
      ...warnings,
      ...problems.map((message) => ({ code: 'plugin-not-loaded', message })),
      ...lifecycle.convergence.problems().map((message) => ({ code: 'plugin-behind', message })),
      ...hardening
        .filter(({ ok }) => !ok)
        .map(({ step, reason }) => ({ code: 'sandbox-hardening', message: `${step}: ${reason}` })),
    ],
  };
}
