import { StartupError } from '../errors/index.ts';
import { ClaimTaken, claim } from '../processes/index.ts';

/** Makes this process the only platform on a data folder. Resolves with the release. */
export async function lockInstance(dataDir: string): Promise<() => Promise<void>> {
  try {
    return await claim(dataDir, 'bazaar');
  } catch (error) {
    if (!(error instanceof ClaimTaken)) throw error;
    throw new StartupError(
      error.isHeld
        ? `Bazaar is already running on ${dataDir} (process ${error.pid}). Stop it first, or use another BAZAAR_DATA_DIR.`
        : `Too many Bazaars want to start on ${dataDir} at the same time. Start one.`,
      { cause: error },
    );
  }
}
