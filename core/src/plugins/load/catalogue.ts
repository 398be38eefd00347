import type { Manifest } from '@bazaar/sdk';
import type { PlatformSql } from '../../data/index.ts';

export interface KnownPlugins {
  /** Integrities of packages that served before: they have passed every check of their own. */
  reviewed: ReadonlySet<string>;
  /** What plugins were called when they last served, for those whose package cannot be read now. */
  names: ReadonlyMap<string, string>;
}

/** The plugins as the database knows them: what other nodes, and the relay, go by. */
export interface Catalogue {
  known(): Promise<KnownPlugins>;
  /** Before the data of a plugin is installed: other rows refer to this one. */
  announce(id: string): Promise<void>;
  /** This version serves from now on. */
  activate(manifest: Manifest, integrity: string): Promise<void>;
  /** Plugins that the operator has taken out of the lock file hear no more events. */
  retireAllBut(ids: readonly string[]): Promise<void>;
}

export function createCatalogue(sql: PlatformSql): Catalogue {
  return {
    known: async () => {
      const { rows } = await sql.query<{ id: string; name: string; integrity: string }>(
        `select plugin_id as id, manifest ->> 'name' as name, integrity from core.plugin_versions order by installed_at`,
      );
      return {
        reviewed: new Set(rows.map((row) => row.integrity)),
        names: new Map(rows.map((row) => [row.id, row.name])),
      };
    },
    announce: async (id) => {
      await sql.query('insert into core.plugins (id) values ($1) on conflict (id) do nothing', [id]);
    },
    activate: (manifest, integrity) =>
      sql.transaction(async (transaction) => {
        await transaction.query(
          `insert into core.plugin_versions (plugin_id, version, integrity, manifest) values ($1, $2, $3, $4)
           on conflict (plugin_id, version) do update set integrity = excluded.integrity, manifest = excluded.manifest
           where plugin_versions.integrity <> excluded.integrity`,
          [manifest.id, manifest.version, integrity, JSON.stringify(manifest)],
        );
        await transaction.query(
          `update core.plugins set active_version = $2, updated_at = now()
           where id = $1 and active_version is distinct from $2`,
          [manifest.id, manifest.version],
        );
      }),
    retireAllBut: async (ids) => {
      await sql.query(
        `update core.plugins set active_version = null, updated_at = now()
         where active_version is not null and id <> all ($1::text[])`,
        [ids],
      );
    },
  };
}
