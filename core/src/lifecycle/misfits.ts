import type { PluginData } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import type { PluginHost, VersionRecord } from '../plugins/index.ts';

/** Why a version could not serve on the tables as they are now, in words; empty when it could. */
export async function misfitsOf(
  { host, data }: { host: Pick<PluginHost, 'read' | 'records'>; data: Pick<PluginData, 'misfits'> },
  id: string,
  { version, integrity, source, tier, granted }: VersionRecord,
): Promise<string[]> {
  const known = await host.records.description(id, version);
  const pkg = await host.read({ id, version, integrity, source, tier, grantedCapabilities: granted });
  return data.misfits(pkg.data, known);
}

export function tablesHaveChanged(id: string, version: string, reasons: readonly string[]): ApiError {
  return new ApiError('conflict', `${id} ${version} cannot work with its tables any more: ${reasons.join('; ')}.`, {
    reason: 'tables-have-changed',
  });
}
