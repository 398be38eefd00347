import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PackageError, type PluginPackage, readPluginPackage, unpackArchive } from '../plugins/index.ts';

/** Opens what the operator has sent, as npm packs it, for the time of `work`. Rejects with `PackageError`. */
export async function withPackage<T>(archive: Buffer, work: (pkg: PluginPackage) => Promise<T>): Promise<T> {
  if (archive.length === 0) {
    throw new PackageError([{ file: 'package', pointer: '', message: 'is empty; send a .tgz as npm packs it' }]);
  }
  const folder = await mkdtemp(join(tmpdir(), 'bazaar-intake-'));
  try {
    await unpackArchive(archive, folder);
    return await work(await readPluginPackage(folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
