import semver from 'semver';
import { ApiError, messageOf } from '../errors/index.ts';
import type { PluginHost, PluginPackage, PluginRecord, Tier } from '../plugins/index.ts';
import { withPackage } from './intake.ts';
import type { Preparation } from './preparation.ts';
import type { PackageChoices } from './types.ts';

/** What installing a package would come to. */
export interface Verification {
  ok: boolean;
  /** `null` when it cannot even be read. */
  package: {
    id: string;
    name: string;
    version: string;
    integrity: string;
    migrations: number;
    queries: number;
    actions: number;
  } | null;
  tier: Tier | null;
  /** What the plugin asks for; `granted` as things stand, with what the operator has granted now. */
  capabilities: { capability: string; reason: string; granted: boolean }[];
  problems: { step: string; message: string; pointer?: string }[];
  /** Why serving versions could not go on beside it: an upgrade must be drained. */
  conflicts: string[];
  notes: string[];
}

/** Everything that installing or upgrading would check, all of it reported, nothing changed. */
export async function verifyPackage(
  host: PluginHost,
  preparation: Preparation,
  archive: Buffer,
  choices: PackageChoices,
): Promise<Verification> {
  try {
    return await withPackage(archive, (pkg) => verify(host, preparation, pkg, choices));
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'package-not-in-order') throw error;
    const problems = (error.errors ?? []).map((issue) => ({ step: 'package', ...issue }));
    return { ok: false, package: null, tier: null, capabilities: [], problems, conflicts: [], notes: [] };
  }
}

async function verify(
  host: PluginHost,
  preparation: Preparation,
  pkg: PluginPackage,
  choices: PackageChoices,
): Promise<Verification> {
  const { manifest, integrity, data } = pkg;
  const record = await host.records.one(manifest.id);
  const active = record?.versions.find(({ version }) => version === record.activeVersion) ?? record?.versions.at(-1);
  const requested = (manifest.capabilities ?? []).map(({ capability }) => capability);
  const granted = new Set(choices.grant === 'all' ? requested : [...choices.grant, ...(active?.granted ?? [])]);
  const problems: Verification['problems'] = [];
  const attempt = async <T>(step: string, work: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'unavailable') throw error;
      problems.push({ step, message: messageOf(error) });
      return undefined;
    }
  };
  const tier = choices.tier ?? active?.tier ?? 'sandbox';
  const entry = await attempt('check', () => {
    checkOrder(pkg, record);
    return preparation.check(pkg, { ...choices, tier, grant: 'all' }, record);
  });
  const isParked = record?.state === 'parked';
  const conflicts = isParked ? [] : ((await attempt('rehearse', () => preparation.rehearse(pkg, record))) ?? []);
  if (entry) await attempt('build', () => host.factory.prove(entry, pkg));
  return {
    ok: problems.length === 0,
    package: {
      id: manifest.id,
      name: manifest.name,
      version: manifest.version,
      integrity,
      migrations: data.migrations.length,
      queries: data.queries.length,
      actions: manifest.actions.length,
    },
    tier,
    capabilities: (manifest.capabilities ?? []).map((request) => ({
      ...request,
      granted: granted.has(request.capability),
    })),
    problems,
    conflicts: conflicts.map(({ message }) => message),
    notes: isParked ? ['Its data is parked: whether its migrations fit them shows when it is installed.'] : [],
  };
}

function checkOrder({ manifest }: PluginPackage, record: PluginRecord | undefined): void {
  const running = record?.activeVersion;
  // One that is known serves, or did: going back to it is a rollback.
  if (!running || record.versions.some(({ version }) => version === manifest.version)) return;
  if (semver.compare(manifest.version, running) > 0) return;
  throw new ApiError('conflict', `It is version ${manifest.version}, and ${running} serves.`, { reason: 'not-newer' });
}
