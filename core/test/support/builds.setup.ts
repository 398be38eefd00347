import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The kernels of one test run build each package once. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'bazaar-builds-'));
  process.env.BAZAAR_BUILD_CACHE = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
