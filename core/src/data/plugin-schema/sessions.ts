import { Client, type ClientBase, type ClientConfig, type Pool, type PoolClient } from 'pg';
import type { Log } from '../../logging/index.ts';
import type { CoreRoles } from '../server/roles.ts';
import { roleConfig, type Target } from '../server/target.ts';

export interface SessionsOptions {
  target: Target;
  secret: string;
  prefix: string;
  roles: CoreRoles;
  admin: Pool;
  logger: Log;
}

/** First half of the lock number; the second is the plugin's. */
const PLUGIN_LOCK = 0x62617a70;

/** Connections with which plugins' schemas are changed, and the lock under which that happens. */
export class Sessions {
  readonly options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.options = options;
  }

  /** As administrator, one at a time for each plugin in all of the database. */
  async locked<T>(pluginId: string, work: (admin: ClientBase) => Promise<T>): Promise<T> {
    return this.asAdmin(async (admin) => {
      await admin.query('select pg_advisory_lock($1, hashtext($2))', [PLUGIN_LOCK, pluginId]);
      return work(admin).finally(() => this.unlock(admin, pluginId));
    });
  }

  /** The same if nobody is at work on that plugin, with a session that already works on another. */
  async ifFree(admin: ClientBase, pluginId: string, work: () => Promise<void>): Promise<void> {
    const { rows } = await admin.query<{ got: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as got', [
      PLUGIN_LOCK,
      pluginId,
    ]);
    if (rows[0]?.got) await work().finally(() => this.unlock(admin, pluginId));
  }

  async asAdmin<T>(work: (admin: PoolClient) => Promise<T>): Promise<T> {
    const admin = await this.options.admin.connect();
    let broken: Error | undefined;
    try {
      return await work(admin);
    } catch (error) {
      // A session that may still hold a lock or a transaction serves nobody else.
      broken = error as Error;
      throw error;
    } finally {
      admin.release(broken);
    }
  }

  /** In a session of a login role of the plugin, which ends with the work. `settings` as for the session. */
  async as<T>(
    role: string,
    settings: Readonly<Record<string, string>>,
    work: (session: Client) => Promise<T>,
  ): Promise<T> {
    const session = await this.begin(role, settings);
    try {
      return await work(session);
    } finally {
      await session.end();
    }
  }

  /** A session of a login role, which the caller ends. */
  async begin(role: string, settings: Readonly<Record<string, string>>): Promise<Client> {
    const session = new Client(this.login(role, settings));
    // A loss also fails the statement that meets it.
    session.on('error', () => undefined);
    try {
      await session.connect();
      return session;
    } catch (error) {
      await session.end().catch(() => undefined);
      throw error;
    }
  }

  login(role: string, settings: Readonly<Record<string, string>>): ClientConfig {
    return roleConfig(this.options.target, this.options.secret, role, settings);
  }

  private async unlock(admin: ClientBase, pluginId: string): Promise<void> {
    await admin.query('select pg_advisory_unlock($1, hashtext($2))', [PLUGIN_LOCK, pluginId]).catch(() => {
      // The connection is gone, and with it the lock.
    });
  }
}
