import { hash } from 'node:crypto';
import type { Manifest } from '@bazaar/sdk';
import type { LockEntry } from '../types.ts';
import type { PluginRecord, VersionRecord } from './records.ts';
import type { Assignment } from './serving.ts';
import type { Version } from './version.ts';

function pinnedAs(id: string, { version, integrity, source, tier, granted }: VersionRecord): LockEntry {
  return { id, version, integrity, source, tier, grantedCapabilities: [...granted].sort() };
}

/** The versions that serve somebody, the one for all first. What the operator's file says of one holds. */
export function servingVersions(record: PluginRecord, locked?: LockEntry): { pinned: LockEntry; manifest: Manifest }[] {
  const wanted = new Set([record.activeVersion, record.canary?.version, ...record.pins.values()]);
  const others = record.versions.filter(({ version }) => version !== record.activeVersion && wanted.has(version));
  const active = record.versions.filter(({ version }) => version === record.activeVersion);
  return [...active, ...others].map((version) => {
    const pinned = pinnedAs(record.id, version);
    const own = locked?.version === version.version ? locked : locked?.otherVersions?.[version.version];
    const said = own && {
      integrity: own.integrity,
      source: own.source,
      tier: own.tier,
      grantedCapabilities: [...own.grantedCapabilities].sort(),
    };
    return { pinned: { ...pinned, ...said }, manifest: version.manifest };
  });
}

/** Versions that serve of which the file says otherwise than the record where they run, what they may or where they lie. */
export function changedPins(record: PluginRecord, locked: LockEntry): LockEntry[] {
  const said = ({ tier, source, grantedCapabilities }: LockEntry) =>
    JSON.stringify([tier, source, grantedCapabilities]);
  const recorded = new Map(servingVersions(record).map(({ pinned }) => [pinned.version, said(pinned)]));
  return servingVersions(record, locked)
    .map(({ pinned }) => pinned)
    .filter((pinned) => said(pinned) !== recorded.get(pinned.version));
}

/** The plugin's entry in the operator's file; `undefined` when nothing of it serves. What `locked` says of one holds. */
export function toEntry(record: PluginRecord, locked?: LockEntry): LockEntry | undefined {
  if (record.state !== 'active') return undefined;
  const [active, ...others] = servingVersions(record, locked);
  if (!active || active.pinned.version !== record.activeVersion) return undefined;
  if (others.length === 0) return active.pinned;
  const otherVersions = Object.fromEntries(
    others.map(({ pinned: { version, integrity, source, tier, grantedCapabilities } }) => [
      version,
      { integrity, source, tier, grantedCapabilities },
    ]),
  );
  return { ...active.pinned, otherVersions };
}

/** A number from 0 to 99, the same on every node and at every time; other plugins draw other tenants. */
export function drawOf(pluginId: string, tenantId: string): number {
  return Number.parseInt(hash('sha1', `${pluginId}/${tenantId}`).slice(0, 8), 16) % 100;
}

/** Who is served by which version: a pin before a trial, a trial before what serves all. */
export function assignmentOf(record: PluginRecord, versions: readonly Version[]): Assignment {
  const { id, activeVersion, pins, canary } = record;
  const quarantined = new Map(
    record.versions.flatMap(({ version, quarantineReason }) =>
      quarantineReason === null ? [] : [[version, quarantineReason] as const],
    ),
  );
  const chosen = new Set(canary?.tenants);
  const versionOf = (tenantId: string) => {
    const pin = pins.get(tenantId);
    if (pin !== undefined || !canary) return pin;
    return chosen.has(tenantId) || drawOf(id, tenantId) < canary.percent ? canary.version : undefined;
  };
  return {
    versions,
    active: activeVersion ?? '',
    canary,
    ...(pins.size > 0 || canary ? { versionOf } : {}),
    ...(quarantined.size > 0 ? { quarantined } : {}),
  };
}
