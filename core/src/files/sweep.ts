import type { FileStoreParts } from './file-store.ts';

/** Longer than any upload takes: younger content may belong to a row that is about to be written. */
const GRACE_MS = 60 * 60 * 1000;
const BATCH = 500;

export interface SweepResult {
  /** Uploads that a crash ended. */
  incoming: number;
  /** Contents without a row. */
  orphans: number;
  /** Files their plugin had deleted. */
  deleted: number;
}

async function sweepOrphans({ storage, records }: FileStoreParts, before: Date): Promise<number> {
  let removed = 0;
  const removeUnknown = async (keys: string[]) => {
    const known = await records.knownKeys(keys);
    for (const key of keys) {
      if (known.has(key)) continue;
      await storage.remove(key);
      removed++;
    }
  };
  let batch: string[] = [];
  for await (const key of storage.keysOlderThan(before)) {
    batch.push(key);
    if (batch.length < BATCH) continue;
    await removeUnknown(batch);
    batch = [];
  }
  if (batch.length > 0) await removeUnknown(batch);
  return removed;
}

async function sweepDeleted({ storage, records }: FileStoreParts, before: Date): Promise<number> {
  let removed = 0;
  for (;;) {
    const rows = await records.deletedBefore(before, BATCH);
    for (const row of rows) {
      // The row goes last: a crash in between leaves something the next sweep finds.
      await storage.remove(row.key);
      await records.forget(row.tenantId, row.id);
      removed++;
    }
    if (rows.length < BATCH) return removed;
  }
}

/** Removes what is older than an hour and belongs to nobody. May run at any time, on any number of nodes. */
export async function sweepFiles(parts: FileStoreParts, now: Date): Promise<SweepResult> {
  const before = new Date(now.getTime() - GRACE_MS);
  return {
    incoming: await parts.spool.removeOlderThan(before),
    deleted: await sweepDeleted(parts, before),
    orphans: await sweepOrphans(parts, before),
  };
}
