import { Client, type ClientBase, escapeIdentifier, type Pool, type PoolClient } from 'pg';
import type { PluginData } from '../contract.ts';
import type { DataLogger } from '../logger.ts';
import { ConnectionBudget, openPluginDatabase } from '../plugin-database/index.ts';
import type { CoreRoles } from '../server/roles.ts';
import { ensureRole, pluginRoles, pluginSchema } from '../server/roles.ts';
import { roleConfig, type Target } from '../server/target.ts';
import { checkMigration, checkNamedQuery, loadParser } from '../sql-check/index.ts';
import type { PluginDatabase, PluginDataPackage } from '../types.ts';
import { readCatalogue } from './catalogue.ts';
import { applyMigrations, orderMigrations, pendingMigrations } from './migrate.ts';
import { PluginDataError } from './plugin-data-error.ts';
import { prepareQueries, type QueryToPrepare } from './prepare-queries.ts';
import { findViolations, type VerificationScope } from './verify.ts';

export interface PluginInstallerOptions {
  target: Target;
  secret: string;
  prefix: string;
  roles: CoreRoles;
  admin: Pool;
  /** Connections for all plugins together. */
  connections: number;
  logger: DataLogger;
}

const PLUGIN_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LONGEST_PLUGIN_ID = 40;
/** First half of the lock number; the second is the plugin's. */
const INSTALL_LOCK = 0x62617a70;

/** Brings a plugin's schema to what its package asks for and opens it. */
export class PluginInstaller implements PluginData {
  private readonly options: PluginInstallerOptions;
  private readonly budget: ConnectionBudget;

  constructor(options: PluginInstallerOptions) {
    this.options = options;
    this.budget = new ConnectionBudget(options.connections);
  }

  async install(pkg: PluginDataPackage): Promise<PluginDatabase> {
    const { pluginId } = pkg;
    if (!PLUGIN_ID.test(pluginId) || pluginId.length > LONGEST_PLUGIN_ID) {
      throw new PluginDataError(`"${pluginId}" is not a plugin id: kebab-case, at most ${LONGEST_PLUGIN_ID} letters.`);
    }
    const schema = pluginSchema(pluginId);
    const migrations = orderMigrations(pkg.migrations);
    await loadParser();
    for (const { name, up, down } of migrations) {
      checkMigration(up, { schema, name: `Migration ${name}` });
      if (down.trim() !== '') checkMigration(down, { schema, name: `Migration ${name} (down)` });
    }
    const queries = pkg.queries.map(({ name, sql }) => ({
      name,
      ...checkNamedQuery(sql, { schema, name: `Query "${name}"` }),
    }));

    const scope = { schema, ...pluginRoles(this.options.prefix, pluginId), sharedTables: pkg.sharedTables };
    const admin = await this.options.admin.connect();
    try {
      await admin.query('select pg_advisory_lock($1, hashtext($2))', [INSTALL_LOCK, pluginId]);
      await this.ensureSchema(admin, pluginId, scope);
      const pending = await pendingMigrations(admin, pluginId, migrations);
      if (pending.length > 0) {
        await this.asOwner(scope, (owner) =>
          applyMigrations(owner, pending, scope, async (session) => {
            await prepareQueries(session, queries, await readCatalogue(session, schema, pkg.sharedTables));
          }),
        );
        this.options.logger.info({ plugin: pluginId, migrations: pending.map(({ name }) => name) }, 'plugin migrated');
      } else {
        const violations = await findViolations(admin, scope);
        if (violations.length > 0)
          throw new PluginDataError(`The tables of ${pluginId} are unsafe: ${violations.join('; ')}.`);
      }
      return await this.openSchema(pkg, scope, queries, admin);
    } finally {
      await this.unlock(admin, pluginId);
    }
  }

  private async unlock(admin: PoolClient, pluginId: string): Promise<void> {
    try {
      await admin.query('select pg_advisory_unlock($1, hashtext($2))', [INSTALL_LOCK, pluginId]);
      admin.release();
    } catch {
      // The connection is gone, and with it the lock.
      admin.release(true);
    }
  }

  /** Schema, roles and their registration; the administrator owns the schema, so that the plugin cannot give it away. */
  private async ensureSchema(admin: ClientBase, pluginId: string, scope: VerificationScope): Promise<void> {
    const { target, secret, roles } = this.options;
    const { rows } = await admin.query<{ ready: boolean }>(
      `select (select count(*) = 2 from core.plugin_roles where plugin_id = $1)
          and to_regnamespace($2) is not null and to_regrole($3) is not null and to_regrole($4) is not null as ready`,
      [pluginId, scope.schema, scope.runtime, scope.owner],
    );
    if (rows[0]?.ready) return;
    await ensureRole(admin, target, secret, scope.runtime, { login: true, group: roles.runtimes });
    await ensureRole(admin, target, secret, scope.owner, { login: true, group: roles.owners });
    const schema = escapeIdentifier(scope.schema);
    await admin.query('begin');
    try {
      await admin.query('insert into core.plugins (id) values ($1) on conflict do nothing', [pluginId]);
      await admin.query(
        `insert into core.plugin_roles (role, plugin_id, kind) values ($2, $1, 'runtime'), ($3, $1, 'owner') on conflict do nothing`,
        [pluginId, scope.runtime, scope.owner],
      );
      await admin.query(`
        create schema if not exists ${schema};
        grant usage on schema ${schema} to ${escapeIdentifier(scope.runtime)};
        grant usage, create on schema ${schema} to ${escapeIdentifier(scope.owner)}`);
      await admin.query('commit');
    } catch (error) {
      await admin.query('rollback');
      throw error;
    }
  }

  private async asOwner(scope: VerificationScope, work: (owner: ClientBase) => Promise<void>): Promise<void> {
    const { target, secret } = this.options;
    const settings = { statement_timeout: '10min', lock_timeout: '15s' };
    const owner = new Client(roleConfig(target, secret, scope.owner, settings));
    owner.on('error', () => undefined);
    await owner.connect();
    try {
      await work(owner);
    } finally {
      await owner.end();
    }
  }

  private async openSchema(
    pkg: PluginDataPackage,
    scope: VerificationScope,
    queries: readonly QueryToPrepare[],
    admin: ClientBase,
  ): Promise<PluginDatabase> {
    const { target, secret, logger } = this.options;
    const login = roleConfig(target, secret, scope.runtime, { search_path: `${scope.schema},pg_temp`, jit: 'off' });
    const catalogue = await readCatalogue(admin, scope.schema, pkg.sharedTables);
    const runtime = new Client(login);
    runtime.on('error', () => undefined);
    await runtime.connect();
    try {
      const prepared = await prepareQueries(runtime, queries, catalogue);
      return openPluginDatabase({
        pluginId: pkg.pluginId,
        schema: scope.schema,
        login,
        tables: catalogue.tables,
        queries: prepared,
        budget: this.budget,
        onIdleError: (error) => logger.warn({ plugin: pkg.pluginId, err: error }, 'database connection lost'),
      });
    } finally {
      await runtime.end();
    }
  }
}
