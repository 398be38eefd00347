import type { FileInfo } from '@bazaar/sdk';
import type { Database } from '../data/index.ts';
import type { FileScope } from './types.ts';

type FileDatabase = Pick<Database, 'queryInTenant' | 'platform'>;

interface FileRow {
  id: string;
  plugin_id: string;
  name: string;
  type: string;
  size: number;
  sha256: string;
  storage_key: string;
  created_at: Date;
}

/** A stored file as the database knows it. */
export interface FileRecord {
  info: FileInfo;
  ownerId: string;
  key: string;
}

const COLUMNS = 'id, plugin_id, name, type, size, sha256, storage_key, created_at';
const READABLE = `deleted_at is null and (plugin_id = $2 or exists (
  select from core.file_grants g where g.tenant_id = f.tenant_id and g.file_id = f.id and g.plugin_id = $2))`;

function record(row: FileRow): FileRecord {
  return {
    ownerId: row.plugin_id,
    key: row.storage_key,
    info: {
      id: row.id,
      name: row.name,
      type: row.type,
      size: Number(row.size),
      sha256: row.sha256,
      createdAt: row.created_at.toISOString(),
    },
  };
}

/** Rows of `core.files` and `core.file_grants`: who owns which file and who may read it. */
export class FileRecords {
  readonly #database: FileDatabase;

  constructor(database: FileDatabase) {
    this.#database = database;
  }

  async add(scope: FileScope, file: Omit<FileInfo, 'createdAt'> & { key: string }): Promise<FileRecord> {
    const { rows } = await this.#database.queryInTenant<FileRow>(
      scope.tenantId,
      `insert into core.files (tenant_id, id, plugin_id, name, type, size, sha256, storage_key, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${COLUMNS}`,
      [scope.tenantId, file.id, scope.pluginId, file.name, file.type, file.size, file.sha256, file.key, scope.userId],
    );
    const [row] = rows;
    if (!row) throw new Error('the row of a new file was not returned');
    return record(row);
  }

  /** `null` unless the file exists in the tenant and the plugin owns it or was granted it. */
  async readable(scope: Pick<FileScope, 'tenantId' | 'pluginId'>, id: string): Promise<FileRecord | null> {
    const { rows } = await this.#database.queryInTenant<FileRow>(
      scope.tenantId,
      `select ${COLUMNS} from core.files f where tenant_id = $3 and id = $1 and ${READABLE}`,
      [id, scope.pluginId, scope.tenantId],
    );
    return rows[0] ? record(rows[0]) : null;
  }

  /** `false` when the plugin does not own such a file. The content goes with the next sweep. */
  async markDeleted(scope: Pick<FileScope, 'tenantId' | 'pluginId'>, id: string): Promise<boolean> {
    const { rowCount } = await this.#database.queryInTenant(
      scope.tenantId,
      `update core.files set deleted_at = now()
       where tenant_id = $3 and id = $1 and plugin_id = $2 and deleted_at is null`,
      [id, scope.pluginId, scope.tenantId],
    );
    return rowCount > 0;
  }

  /** `false` when the tenant has no such file. Granting again changes nothing. */
  async grant(tenantId: string, id: string, pluginId: string): Promise<boolean> {
    const { rows } = await this.#database.queryInTenant(
      tenantId,
      `with file as (select id from core.files where tenant_id = $1 and id = $2 and deleted_at is null),
       granted as (
         insert into core.file_grants (tenant_id, file_id, plugin_id) select $1, id, $3 from file
         on conflict do nothing)
       select id from file`,
      [tenantId, id, pluginId],
    );
    return rows.length > 0;
  }

  /** Those of the storage keys that some row still names, deleted or not. */
  async knownKeys(keys: readonly string[]): Promise<Set<string>> {
    const { rows } = await this.#database.platform.query<{ storage_key: string }>(
      `select storage_key from core.files where (tenant_id, id) in (
         select split_part(key, '/', 1)::uuid, split_part(key, '/', 3)::uuid from unnest($1::text[]) as key)`,
      [keys],
    );
    return new Set(rows.map((row) => row.storage_key));
  }

  async deletedBefore(time: Date, limit: number): Promise<{ tenantId: string; id: string; key: string }[]> {
    const { rows } = await this.#database.platform.query<{ tenant_id: string; id: string; storage_key: string }>(
      'select tenant_id, id, storage_key from core.files where deleted_at < $1 order by deleted_at limit $2',
      [time, limit],
    );
    return rows.map((row) => ({ tenantId: row.tenant_id, id: row.id, key: row.storage_key }));
  }

  async forget(tenantId: string, id: string): Promise<void> {
    await this.#database.platform.query('delete from core.files where tenant_id = $1 and id = $2', [tenantId, id]);
  }
}
