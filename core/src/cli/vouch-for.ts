import { StartupError } from '../errors/index.ts';
import { lockPlugins, PackageError, type Tier } from '../plugins/index.ts';

/** Writes a lock file for the plugins in these folders as they are now. Resolves with its path. */
export async function vouchFor(lockFile: string, folders: readonly string[], tier: Tier): Promise<string> {
  try {
    await lockPlugins(lockFile, folders, { tier, grant: 'all' });
  } catch (error) {
    if (error instanceof PackageError) throw new StartupError(error.message, { cause: error });
    throw error;
  }
  return lockFile;
}
