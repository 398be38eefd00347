import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder for one run, to be removed at its end. */
export function benchFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `bazaar-bench-${name}-`));
  // Root's PostgreSQL runs as somebody else; where that one cannot enter, the database would lie elsewhere and stay.
  chmodSync(folder, 0o755);
  return folder;
}
