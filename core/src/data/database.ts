import { Client } from 'pg';
import { StartupError } from '../errors/index.ts';
import type { Log } from '../logging/index.ts';
import { createSealer, deriveKey } from '../secrets/index.ts';
import { SessionLocks } from './advisory-locks.ts';
import { NotifyBus } from './bus.ts';
import type { Database, DatabaseWarning, SqlResult } from './contract.ts';
import { PooledSql } from './kernel-sql/platform-sql.ts';
import { openPool } from './kernel-sql/pool.ts';
import { PluginSchemas } from './plugin-schema/plugin-schemas.ts';
import { openCoreAccess } from './sequelize/core-access.ts';
import { expireLog } from './server/expire-log.ts';
import { pluginBytes } from './server/plugin-bytes.ts';
import { ensurePartitions, prepareServer } from './server/prepare.ts';
import { adminConfig, type DatabaseServer, resolveTarget, roleConfig } from './server/target.ts';

export interface OpenDatabaseOptions {
  /** `{ url }` or the result of `startEmbeddedPostgres`. */
  server: DatabaseServer;
  /** At least 16 characters; passwords of database roles on other servers follow from it. */
  secret: string;
  logger: Log;
  /** Connections for all plugins together; follows from what the server allows when absent. */
  pluginConnections?: number;
}

const PARTITION_INTERVAL_MS = 6 * 60 * 60 * 1000;
const PING_TIMEOUT_MS = 2_000;
/** What the kernel's own pools may open, and what is left of the server for its plugins. */
const OWN_CONNECTIONS = 60;
const LEAST_PLUGIN_CONNECTIONS = 10;
const MOST_PLUGIN_CONNECTIONS = 120;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Makes the database ready (roles, core migrations, partitions) and opens it. Throws StartupError with one clear line. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const { secret, logger } = options;
  const target = resolveTarget(options.server);
  const prepared = await prepareServer(target, secret);
  const { roles } = prepared.installation;
  const ofServer = 'connection' in options.server ? options.server.warnings : undefined;
  const warnings: DatabaseWarning[] = [...(ofServer ?? []), ...prepared.warnings];
  for (const warning of warnings) logger.warn({ code: warning.code }, warning.message);

  const platformConfig = roleConfig(target, secret, roles.platform, {
    statement_timeout: '30s',
    idle_in_transaction_session_timeout: '60s',
  });
  const tenantConfig = roleConfig(target, secret, roles.tenant, {
    statement_timeout: '15s',
    idle_in_transaction_session_timeout: '60s',
  });
  const sessionConfig = roleConfig(target, secret, roles.platform);

  const platformPool = openPool(platformConfig, { max: 10, pipeline: true }, logger);
  const tenantPool = openPool(tenantConfig, { max: 10, pipeline: true }, logger);
  const adminPool = openPool(adminConfig(target), { max: 4, idleTimeoutMillis: 5_000 }, logger);
  const jobQueue = openPool(sessionConfig, { max: 12 }, logger);
  const platform = new PooledSql(platformPool);
  const tenantSql = new PooledSql(tenantPool);
  const mailSealer = createSealer(deriveKey(secret, 'mail'));
  const tenantModels = openCoreAccess(tenantConfig, 'tenant', 10, mailSealer);
  const platformModels = openCoreAccess(platformConfig, 'platform', 5, mailSealer);
  const locks = new SessionLocks(sessionConfig, logger);
  const bus = new NotifyBus(sessionConfig, platformPool, logger);
  const plugins = new PluginSchemas({
    target,
    secret,
    ...prepared.installation,
    admin: adminPool,
    bus,
    connections:
      options.pluginConnections ??
      Math.max(LEAST_PLUGIN_CONNECTIONS, Math.min(MOST_PLUGIN_CONNECTIONS, prepared.maxConnections - OWN_CONNECTIONS)),
    logger,
  });

  const partitions = setInterval(() => {
    ensurePartitions({ query: adminPool.query.bind(adminPool) }).then(
      (missing) => warnings.push(...missing),
      (error: unknown) => logger.error({ err: error }, 'partitions of the coming months could not be made'),
    );
  }, PARTITION_INTERVAL_MS);
  partitions.unref();

  const close = async () => {
    clearInterval(partitions);
    await bus.close();
    await Promise.all([tenantModels.close(), platformModels.close(), locks.close()]);
    await Promise.all([platformPool.end(), tenantPool.end(), adminPool.end(), jobQueue.end()]);
  };
  try {
    await bus.start();
  } catch (error) {
    await close();
    throw new StartupError(
      `The PostgreSQL server does not let the role "${roles.platform}" sign in (pg_hba.conf): ${(error as Error).message}.`,
      { cause: error },
    );
  }

  return {
    serverVersion: prepared.serverVersion,
    warnings,
    coreMigration: prepared.coreMigration,
    inTenant: (tenantId, work) => tenantModels.run({ tenantId }, work),
    asPlatform: (work) => platformModels.run({}, work),
    queryInTenant: <Row extends object>(tenantId: string, text: string, values: readonly unknown[] = []) => {
      if (!UUID.test(tenantId)) return Promise.reject<SqlResult<Row>>(new Error('tenant id is not a uuid'));
      return tenantSql.queryAfter<Row>(`begin; set local app.tenant_id = '${tenantId}'`, text, values);
    },
    platform,
    expireLog: (log, before) => expireLog(adminPool, log, before),
    plugins,
    pluginBytes: (pluginId) => pluginBytes(platform, pluginId),
    jobQueue,
    locks,
    bus,
    ping: () =>
      ping(new Client({ ...sessionConfig, connectionTimeoutMillis: PING_TIMEOUT_MS, query_timeout: PING_TIMEOUT_MS })),
    close,
  };
}

async function ping(client: Client): Promise<number> {
  const start = performance.now();
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return performance.now() - start;
  } finally {
    await client.end().catch(() => undefined);
  }
}
