import type { JsonObject } from '@bazaar/sdk';
import type { ClientBase } from 'pg';
import type { Bus, PluginData, Rehearsal } from '../contract.ts';
import {
  ConnectionBudget,
  knownTables,
  openPluginDatabase,
  type PluginDatabaseOptions,
  type PreparedQuery,
} from '../plugin-database/index.ts';
import type { PluginDatabase, PluginDataDescription, PluginDataPackage } from '../types.ts';
import { allRows, countOrphans, countRows } from './all-rows.ts';
import { readCatalogue } from './catalogue.ts';
import {
  type CheckedPackage,
  type CheckedQueries,
  checkPackage,
  checkPackageQueries,
  checkPluginId,
} from './checked-package.ts';
import { compareWithSchema } from './knowledge.ts';
import { knownQueries } from './known-queries.ts';
import { appliedMigrations, applyMigrations, orderMigrations, pendingMigrations } from './migrate.ts';
import { whenTablesAreFree } from './migration-locks.ts';
import { PluginDataError } from './plugin-data-error.ts';
import { prepareAll } from './prepare-queries.ts';
import { park, purge, restore } from './put-aside.ts';
import { removeRehearsal } from './rehearsal-place.ts';
import { rehearse } from './rehearse.ts';
import { removeTenantRows } from './remove-tenant.ts';
import { ensureSchema, findSchema, letOwnerActAsRuntime, requireLive, scopeOf } from './schema-home.ts';
import { Sessions, type SessionsOptions } from './sessions.ts';
import { Traffic } from './traffic.ts';
import { findViolations, type VerificationScope } from './verify.ts';

export interface PluginSchemasOptions extends SessionsOptions {
  /** Connections for all plugins together. */
  connections: number;
  bus: Pick<Bus, 'publish' | 'on'>;
}

const MIGRATION = { statement_timeout: '10min' };
const MIGRATION_PATIENCE_MS = 60_000;
const COUNTING = { statement_timeout: '10min', idle_in_transaction_session_timeout: '30min' };
/**
 * Whatever the server's settings: one statement keeps one of its processors busy, so that the time it took is the time
 * it used; and what does not fit into little memory goes to disk, of which there is a limit.
 */
const SERVING = { jit: 'off', max_parallel_workers_per_gather: '0', work_mem: '4MB' };
const inspecting = (schema: string) => ({ search_path: `${schema},pg_temp`, statement_timeout: '30s' });

/** The life of plugins' schemas, from the first migration to the last row. */
export class PluginSchemas implements PluginData {
  private readonly sessions: Sessions;
  private readonly budget: ConnectionBudget;
  private readonly traffic: Traffic;

  constructor(options: PluginSchemasOptions) {
    this.sessions = new Sessions(options);
    this.traffic = new Traffic(options.bus, options.logger);
    this.budget = new ConnectionBudget(options.connections);
  }

  async install(pkg: PluginDataPackage): Promise<PluginDatabase> {
    const checked = await checkPackage(pkg);
    const { pluginId } = pkg;
    const scope = scopeOf(this.sessions, pluginId, pkg.sharedTables);
    return this.sessions.locked(pluginId, async (admin) => {
      await ensureSchema(this.sessions, admin, pluginId, scope);
      const pending = pendingMigrations(await appliedMigrations(admin, pluginId), checked.migrations);
      if (pending.length > 0) await this.migrate(admin, checked, pending, scope);
      else await requireUnchanged(admin, pluginId, scope);
      return this.openAsItIs(checked, scope);
    });
  }

  async open(pkg: PluginDataPackage, known?: PluginDataDescription): Promise<PluginDatabase> {
    const checked = await checkPackageQueries(pkg);
    const scope = scopeOf(this.sessions, pkg.pluginId, pkg.sharedTables);
    if (known) return this.openWith(checked, scope, knownTables(known.tables), knownQueries(checked, known));
    await this.sessions.asAdmin((admin) => requireLive(admin, pkg.pluginId));
    return this.openAsItIs(checked, scope);
  }

  async pending(pkg: PluginDataPackage): Promise<string[]> {
    checkPluginId(pkg.pluginId);
    const migrations = orderMigrations(pkg.migrations);
    return this.sessions.asAdmin(async (admin) =>
      pendingMigrations(await appliedMigrations(admin, pkg.pluginId), migrations).map(({ name }) => name),
    );
  }

  async rehearse(pkg: PluginDataPackage, serving: readonly PluginDataPackage[]): Promise<Rehearsal> {
    const checked = await checkPackage(pkg);
    const others = await Promise.all(serving.map(checkPackage));
    return this.sessions.locked(pkg.pluginId, async (admin) => {
      const applied = await appliedMigrations(admin, pkg.pluginId);
      pendingMigrations(applied, checked.migrations);
      return rehearse(this.sessions, admin, checked, others, new Set(applied.keys()));
    });
  }

  async endRehearsal(pluginId: string): Promise<void> {
    checkPluginId(pluginId);
    await this.sessions.locked(pluginId, (admin) => removeRehearsal(this.sessions, admin, pluginId));
  }

  async misfits(pkg: PluginDataPackage, known: PluginDataDescription): Promise<string[]> {
    const checked = await checkPackageQueries(pkg);
    const { schema, runtime } = scopeOf(this.sessions, pkg.pluginId, pkg.sharedTables);
    const queries = knownQueries(checked, known);
    return this.sessions.as(runtime, inspecting(schema), (session) =>
      compareWithSchema(session, schema, { description: known, queries }, pkg.sharedTables),
    );
  }

  async park(pluginId: string): Promise<void> {
    checkPluginId(pluginId);
    await this.sessions.locked(pluginId, (admin) => park(admin, pluginId));
  }

  async restore(pluginId: string): Promise<void> {
    checkPluginId(pluginId);
    await this.sessions.locked(pluginId, (admin) => restore(this.sessions, admin, pluginId));
  }

  async purge(pluginId: string): Promise<void> {
    checkPluginId(pluginId);
    await this.sessions.locked(pluginId, (admin) => purge(this.sessions, admin, pluginId));
  }

  async rows(pluginId: string, tenantId: string | null = null): Promise<{ table: string; rows: number }[]> {
    const schema = await this.schemaOf(pluginId);
    if (schema === undefined) return [];
    const { owner } = scopeOf(this.sessions, pluginId, []);
    try {
      return await this.sessions.as(owner, COUNTING, (session) => countRows(session, schema, tenantId));
    } catch (error) {
      // Put aside, brought back or removed meanwhile: they are counted where they are now.
      if ((await this.schemaOf(pluginId)) === schema) throw error;
      return this.rows(pluginId, tenantId);
    }
  }

  async orphans(pluginId: string, tenantIds: readonly string[]): Promise<{ table: string; rows: number }[]> {
    const schema = await this.schemaOf(pluginId);
    if (schema === undefined) return [];
    const { owner } = scopeOf(this.sessions, pluginId, []);
    return this.sessions.as(owner, COUNTING, (session) => countOrphans(session, schema, tenantIds));
  }

  async removeTenant(pluginId: string, tenantId: string): Promise<number> {
    return this.sessions.locked(pluginId, async (admin) => {
      const { schema } = await findSchema(admin, pluginId);
      if (schema === undefined) return 0;
      const { owner } = scopeOf(this.sessions, pluginId, []);
      return this.sessions.as(owner, COUNTING, (session) => removeTenantRows(session, schema, tenantId));
    });
  }

  async *export(pluginId: string): AsyncGenerator<{ table: string; row: JsonObject }, void, undefined> {
    const schema = await this.schemaOf(pluginId);
    if (schema === undefined) return;
    const owner = await this.sessions.begin(scopeOf(this.sessions, pluginId, []).owner, COUNTING);
    try {
      yield* allRows(owner, schema);
    } finally {
      await owner.end();
    }
  }

  private async schemaOf(pluginId: string): Promise<string | undefined> {
    checkPluginId(pluginId);
    return this.sessions.asAdmin(async (admin) => (await findSchema(admin, pluginId)).schema);
  }

  private async migrate(
    admin: ClientBase,
    pkg: CheckedPackage,
    pending: CheckedPackage['migrations'],
    scope: VerificationScope,
  ): Promise<void> {
    const { pluginId } = pkg;
    const { schema, owner } = scope;
    await letOwnerActAsRuntime(admin, scope);
    const migrating = { ...scope, tenants: await tenantsEver(admin, pluginId) };
    const traffic = { hold: (milliseconds: number) => this.traffic.hold(pluginId, milliseconds) };
    await whenTablesAreFree(admin, { pluginId, schema, owner, milliseconds: MIGRATION_PATIENCE_MS }, () =>
      this.sessions
        .as(owner, MIGRATION, (session) =>
          applyMigrations(session, pending, migrating, traffic, async () => {
            await prepareAll(session, pkg.queries, await readCatalogue(session, schema, pkg.sharedTables));
          }),
        )
        .finally(() => this.traffic.release(pluginId)),
    );
    this.sessions.options.logger.info(
      { plugin: pluginId, migrations: pending.map(({ name }) => name) },
      'plugin migrated',
    );
  }

  private async openAsItIs(pkg: CheckedQueries, scope: VerificationScope): Promise<PluginDatabase> {
    return this.sessions.as(scope.runtime, inspecting(scope.schema), async (session) => {
      const catalogue = await readCatalogue(session, scope.schema, pkg.sharedTables);
      return this.openWith(pkg, scope, catalogue.tables, await prepareAll(session, pkg.queries, catalogue));
    });
  }

  private openWith(
    { pluginId }: CheckedQueries,
    { schema, runtime }: VerificationScope,
    tables: PluginDatabaseOptions['tables'],
    queries: readonly PreparedQuery[],
  ): PluginDatabase {
    return openPluginDatabase({
      pluginId,
      schema,
      login: this.sessions.login(runtime, { search_path: `${schema},pg_temp`, ...SERVING }),
      tables,
      queries,
      budget: this.budget,
      gate: this.traffic.gate(pluginId),
      onIdleError: (error) =>
        this.sessions.options.logger.warn({ plugin: pluginId, err: error }, 'database connection lost'),
    });
  }
}

/** All who had a licence at some time. */
async function tenantsEver(admin: ClientBase, pluginId: string): Promise<string[]> {
  const { rows } = await admin.query<{ tenant: string }>(
    'select distinct tenant_id as tenant from core.licences where plugin_id = $1',
    [pluginId],
  );
  return rows.map(({ tenant }) => tenant);
}

/** The catalogue is read at every start: whoever else may write to the database might have opened a table. */
async function requireUnchanged(admin: ClientBase, pluginId: string, scope: VerificationScope): Promise<void> {
  const violations = await findViolations(admin, scope);
  if (violations.length > 0) {
    throw new PluginDataError(`The tables of ${pluginId} are unsafe: ${violations.join('; ')}.`);
  }
}
