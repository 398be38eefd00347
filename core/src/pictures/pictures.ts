import { Readable } from 'node:stream';
import type { FileInfo, TenantIdentity } from '@bazaar/sdk';
import type { Sql } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import type { FileScope, FileStore } from '../files/index.ts';
import type { Log } from '../logging/index.ts';
import type { Route } from '../routes/index.ts';
import { fileOf, nameOf, PICTURE_TYPES } from './names.ts';
import { readPicture } from './read-picture.ts';
import { pictureRoutes } from './routes.ts';

/** As whose files pictures are stored; no plugin can be called like this. */
export const PICTURE_OWNER = 'core:pictures';

/** The browser sends some fifty kilobytes. */
export const MOST_BYTES = 1024 * 1024;

/** Whose picture it is: of somebody in no tenant in particular, or a tenant's own. */
export type PicturePlace = Pick<FileScope, 'tenantId' | 'userId'>;

export interface PicturesOptions {
  files: Pick<FileStore, 'store' | 'read' | 'discard'>;
  sql: Sql;
  findTenant(slug: string): Promise<TenantIdentity | null>;
  log: Log;
}

export interface Pictures {
  /**
   * Puts another picture, or none, in the place of the present one. `write` puts its name into the row it belongs to, in
   * a transaction, and says which stood there; that picture is removed once this is committed.
   */
  change(
    place: PicturePlace,
    bytes: Buffer | null,
    write: (name: string | null) => Promise<string | null>,
  ): Promise<string | null>;
  readonly routes: Route[];
  /** Removes what belongs to nobody: crashes leave it behind. May run at any time, on any node. */
  sweep(): Promise<void>;
}

class KeptPictures implements Pictures {
  readonly #options: PicturesOptions;
  readonly routes: Route[];

  constructor(options: PicturesOptions) {
    this.#options = options;
    this.routes = pictureRoutes({
      findTenant: options.findTenant,
      read: (tenantId, name) => this.#read(tenantId, name),
    });
  }

  async change(
    place: PicturePlace,
    bytes: Buffer | null,
    write: (name: string | null) => Promise<string | null>,
  ): Promise<string | null> {
    const name = bytes === null ? null : await this.#keep(place, bytes);
    // Should this fail, the new file stays for the sweep: the row may have been committed before the answer was lost.
    const before = await write(name);
    if (before !== null && before !== name) await this.#remove(place, before);
    return name;
  }

  async #keep(place: PicturePlace, bytes: Buffer): Promise<string> {
    const { content } = readPicture(bytes);
    const file = { name: 'picture', content: Readable.from([content]), maxBytes: MOST_BYTES, accept: PICTURE_TYPES };
    return nameOf(await this.#options.files.store({ ...place, pluginId: PICTURE_OWNER }, file));
  }

  async #remove(place: PicturePlace, name: string): Promise<void> {
    const { files, log } = this.#options;
    await files.discard({ ...place, pluginId: PICTURE_OWNER }, fileOf(name)).catch((error: unknown) => {
      // Gone already where two replaced it at the same time; whatever else it was, the sweep makes it good.
      log.warn({ err: error, picture: name }, 'a picture that was replaced could not be removed');
    });
  }

  async #read(tenantId: string, name: string): Promise<{ info: FileInfo; content: Readable }> {
    const scope = { tenantId, pluginId: PICTURE_OWNER, userId: null };
    const found = await this.#options.files.read(scope, fileOf(name));
    if (nameOf(found.info) === name) return found;
    found.content.destroy();
    throw new ApiError('not-found', 'There is no such picture.');
  }

  async sweep(): Promise<void> {
    await this.#options.sql.query(
      `update core.files set deleted_at = now()
        where plugin_id = $1 and deleted_at is null and created_at < now() - interval '1 hour'
          and id not in (select left(picture, 36)::uuid from core.users where picture is not null
                         union all select left(logo, 36)::uuid from core.tenants where logo is not null)`,
      [PICTURE_OWNER],
    );
  }
}

/** Pictures of people and logos of workspaces: what is taken, how it is kept, and how browsers get it. */
export function createPictures(options: PicturesOptions): Pictures {
  return new KeptPictures(options);
}
