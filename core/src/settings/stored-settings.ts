import { createHash } from 'node:crypto';
import type { JsonObject, JsonValue } from '@bazaar/sdk';
import type { Sealer } from '../secrets/index.ts';
import type { SplitValues } from './secret-paths.ts';

/** A row of the database; `null` when nothing has been stored. */
export type SettingsRow = { values: JsonObject; secrets: Buffer | null; updatedAt: Date } | null;

export interface StoredSettings extends SplitValues {
  /** `false`: there are secrets, sealed with another key. */
  readable: boolean;
  revision: string;
  updatedAt: string | null;
}

/** A sealed text opens only where it was stored. */
function placeOf(tenantId: string, pluginId: string): string {
  return `settings/${tenantId}/${pluginId}`;
}

export function sealSecrets(
  sealer: Sealer,
  tenantId: string,
  pluginId: string,
  secrets: ReadonlyMap<string, JsonValue>,
): Buffer | null {
  if (secrets.size === 0) return null;
  return sealer.seal(placeOf(tenantId, pluginId), JSON.stringify(Object.fromEntries(secrets)));
}

export function readStored(sealer: Sealer, tenantId: string, pluginId: string, row: SettingsRow): StoredSettings {
  const sealed = row?.secrets ?? null;
  const opened = sealed === null ? '{}' : sealer.open(placeOf(tenantId, pluginId), sealed);
  return {
    visible: row?.values ?? {},
    secrets: new Map(opened === null ? [] : Object.entries(JSON.parse(opened) as Record<string, JsonValue>)),
    readable: opened !== null,
    revision: revisionOf(row),
    updatedAt: row?.updatedAt.toISOString() ?? null,
  };
}

/** Follows from the content: the database keeps `jsonb` in one order, and sealing the same text twice differs. */
function revisionOf(row: SettingsRow): string {
  if (row === null) return 'none';
  return createHash('sha256')
    .update(JSON.stringify(row.values))
    .update('\0')
    .update(row.secrets ?? '')
    .digest('base64url')
    .slice(0, 22);
}
