import { mkdir, mkdtemp, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlatformSql } from '../../data/index.ts';
import { readPackedFiles } from '../package/packed-files.ts';
import { packArchive, unpackArchive } from './archive.ts';

const DRAFT = '.unpacking-';
const DRAFT_MAX_AGE_MS = 60 * 60 * 1000;

/** What was built from packages. */
interface Built {
  forget(integrity: string): Promise<void>;
}

/** Packages that the operator has handed to the platform: kept in the database, unpacked on each node that needs them. */
export class PackageStore {
  readonly #sql: PlatformSql;
  readonly #folder: string;
  readonly #built: Built;

  /** `folder`: this node's place for unpacked packages; made when it is needed. `built`: what was made of them. */
  constructor(sql: PlatformSql, folder: string, built: Built) {
    this.#sql = sql;
    this.#folder = folder;
    this.#built = built;
  }

  /** Keeps the packed files of a folder under their integrity; in place of what was kept, which may be damaged. */
  async keep(folder: string, paths: readonly string[], integrity: string): Promise<void> {
    const archive = await packArchive(folder, paths);
    await this.#sql.query(
      `insert into core.plugin_packages as kept (integrity, archive) values ($1, $2)
         on conflict (integrity) do update set archive = excluded.archive where kept.archive <> excluded.archive`,
      [integrity, archive],
    );
  }

  /** Folder of the unpacked package on this node; what was unpacked before is not unpacked again. */
  async folderOf(id: string, version: string, integrity: string): Promise<string> {
    const folder = this.#place(id, version, integrity);
    if (await exists(folder)) return folder;
    const { rows } = await this.#sql.query<{ archive: Buffer }>(
      'select archive from core.plugin_packages where integrity = $1',
      [integrity],
    );
    const [row] = rows;
    if (!row) throw new Error(`the package of ${id} ${version} is not kept in this database; install it again`);
    await mkdir(this.#folder, { recursive: true });
    const draft = await mkdtemp(join(this.#folder, DRAFT));
    try {
      await unpackArchive(row.archive, draft);
      await mkdir(join(this.#folder, id), { recursive: true });
      await rename(draft, folder).catch(async (error: unknown) => {
        // Another process with the same data folder was faster.
        if (!(await exists(folder))) throw error;
      });
      return folder;
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  }

  /** Drops a package that no version refers to any more. */
  async drop(id: string, version: string, integrity: string): Promise<void> {
    await this.#sql.query(
      `delete from core.plugin_packages where integrity = $1
         and not exists (select from core.plugin_versions v where v.integrity = $1)`,
      [integrity],
    );
    await rm(this.#place(id, version, integrity), { recursive: true, force: true });
    await this.#built.forget(integrity);
  }

  /** Removes everything of a plugin from this node, unpacked and built. */
  async dropAll(id: string): Promise<void> {
    const versions = join(this.#folder, id);
    for (const name of await readdir(versions).catch(() => [])) {
      await this.#remove(join(versions, name));
    }
    await rm(versions, { recursive: true, force: true });
  }

  /**
   * Removes what processes have left behind that were killed while they unpacked, and packages that were dropped while
   * this node was away. What is new may still be in use.
   */
  async sweep(): Promise<void> {
    // Before the look at what is kept: a package is kept before it is unpacked anywhere.
    const names = await readdir(this.#folder).catch(() => []);
    const unpacked = new Map<string, string[]>();
    for (const name of names) {
      const place = join(this.#folder, name);
      if (!name.startsWith(DRAFT)) unpacked.set(place, await readdir(place).catch(() => []));
      else if (await isOlder(place, DRAFT_MAX_AGE_MS)) await rm(place, { recursive: true, force: true });
    }
    if (unpacked.size === 0) return;
    const { rows } = await this.#sql.query<{ integrity: string }>(
      'select integrity from core.plugin_packages union select integrity from core.plugin_versions',
    );
    const kept = new Set(rows.map(({ integrity }) => shortOf(integrity)));
    for (const [place, versions] of unpacked) {
      const dropped = versions.filter((version) => !kept.has(version.slice(version.lastIndexOf('-') + 1)));
      for (const version of dropped) await this.#remove(join(place, version));
      if (dropped.length === versions.length) await rmdir(place).catch(() => undefined);
    }
  }

  /** An unpacked package, and what was built from it. */
  async #remove(folder: string): Promise<void> {
    // What cannot be read any more was not built from either.
    const files = await readPackedFiles(folder, 'archive').catch(() => undefined);
    if (files) await this.#built.forget(files.integrity);
    await rm(folder, { recursive: true, force: true });
  }

  #place(id: string, version: string, integrity: string): string {
    return join(this.#folder, id, `${version}-${shortOf(integrity)}`);
  }
}

/** What tells packages of one version apart in the names of folders. */
function shortOf(integrity: string): string {
  return Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex').slice(0, 12);
}

async function isOlder(path: string, milliseconds: number): Promise<boolean> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > milliseconds;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
