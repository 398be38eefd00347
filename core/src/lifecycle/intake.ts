import { rm } from 'node:fs/promises';
import { ApiError } from '../errors/index.ts';
import { PackageError, type PluginPackage, readPluginPackage, unpackArchive } from '../plugins/index.ts';
import { temporaryFolder } from '../processes/index.ts';

/** What the operator is told of a package that is not in order. */
export function packageRefusal(error: PackageError): ApiError {
  return new ApiError('unprocessable', error.message, {
    reason: 'package-not-in-order',
    errors: error.issues.slice(0, 100).map(({ file, pointer, message }) => ({ pointer: `${file}${pointer}`, message })),
    cause: error,
  });
}

/**
 * Opens what the operator has sent, as npm packs it, for the time of `work`. Rejects with `unprocessable` when it is
 * no package in order.
 */
export async function withPackage<T>(archive: Buffer, work: (pkg: PluginPackage) => Promise<T>): Promise<T> {
  const folder = await temporaryFolder('intake');
  try {
    return await work(await unpack(archive, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function unpack(archive: Buffer, folder: string): Promise<PluginPackage> {
  try {
    if (archive.length === 0) {
      throw new PackageError([{ file: 'package', pointer: '', message: 'is empty; send a .tgz as npm packs it' }]);
    }
    await unpackArchive(archive, folder);
    return await readPluginPackage(folder, 'archive');
  } catch (error) {
    throw error instanceof PackageError ? packageRefusal(error) : error;
  }
}
