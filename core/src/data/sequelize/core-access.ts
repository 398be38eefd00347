import type { ClientConfig } from 'pg';
import type { Options } from 'sequelize';
import type { Sealer } from '../../secrets/index.ts';
import { mapDatabaseError } from '../database-error.ts';
import { type CoreModels, defineModels } from './models/index.ts';
import { TenantSequelize, type UnitScope } from './tenant-sequelize.ts';

/** The core models as one database role sees them. */
export interface CoreAccess {
  run<T>(scope: UnitScope, work: (models: CoreModels) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function openCoreAccess(
  config: ClientConfig,
  role: 'tenant' | 'platform',
  connections: number,
  mailSealer: Sealer,
): CoreAccess {
  const options: Options & { keepDefaultTimezone: boolean } = {
    dialect: 'postgres',
    logging: false,
    pool: { min: 0, max: connections, idle: 30_000, acquire: 10_000 },
    // Session settings come with the connection; these two would cost statements of their own.
    keepDefaultTimezone: true,
    dialectOptions: {
      clientMinMessages: 'ignore',
      application_name: config.application_name,
      options: config.options,
      ssl: config.ssl,
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 60_000,
    },
  };
  if (config.host !== undefined) options.host = config.host;
  if (config.port !== undefined) options.port = config.port;
  if (config.database !== undefined) options.database = config.database;
  if (config.user !== undefined) options.username = config.user;
  if (typeof config.password === 'string') options.password = config.password;
  const sequelize = new TenantSequelize(options);
  const models = defineModels(sequelize, () => sequelize.currentScope()?.tenantId, mailSealer);
  if (role === 'tenant') {
    // The role may read every column of users but these.
    const exclude = ['passwordHash', 'profile', 'preferences', 'picture', 'lastSignInAt'];
    models.User.addScope('defaultScope', { attributes: { exclude } }, { override: true });
  }
  return {
    run: async (scope, work) => {
      try {
        return await sequelize.unit(scope, () => work(models));
      } catch (error) {
        throw mapDatabaseError(error);
      }
    },
    close: () => sequelize.close(),
  };
}
