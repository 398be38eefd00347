import { readFile, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { StartupError } from '../../errors/index.ts';
import {
  PackageError,
  type PluginPackage,
  packArchive,
  readPluginPackage,
  unpackArchive,
} from '../../plugins/index.ts';
import { temporaryFolder } from '../../processes/index.ts';
import { packageProblems } from '../package-problems.ts';

/** A package as it is sent, and opened for the time of `work`. */
export interface PackageFile {
  archive: Buffer;
  package: PluginPackage;
}

/**
 * A folder is packed by the rules of npm; a .tgz is taken as it is. Rejects with `StartupError` when it is no package
 * in order.
 */
export async function withPackageFile<T>(path: string, work: (file: PackageFile) => Promise<T>): Promise<T> {
  const place = resolve(path);
  const kind = await stat(place).catch((cause: unknown) => {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is nothing there' : code;
    throw new StartupError(`${path} cannot be read: ${why}.`, { cause });
  });
  if (kind.isDirectory()) {
    const pkg = await inOrder(path, () => readPluginPackage(place, 'folder'));
    return work({ archive: await packArchive(place, [...pkg.files]), package: pkg });
  }
  // A pipe or a device might be without end.
  if (!kind.isFile()) throw new StartupError(`${path} is neither a folder nor a file.`);
  const folder = await temporaryFolder('package');
  try {
    const archive = await readFile(place);
    const pkg = await inOrder(path, async () => {
      await unpackArchive(archive, folder);
      return readPluginPackage(folder, 'archive');
    });
    return await work({ archive, package: pkg });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inOrder<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PackageError) throw new StartupError(packageProblems(path, error), { cause: error });
    throw error;
  }
}
