import type { Sql } from '../../data/index.ts';
import { mergeResults } from '../certificate.ts';
import { eraseAccount, eraseFromTenant, type PluginPeople } from '../people/index.ts';
import type { ClaimedRequest } from '../requests/index.ts';
import type { PartErasure, Person, Workspace } from '../types.ts';

export interface ErasureTools {
  people: PluginPeople;
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Kept in the database before it resolves. */
  save(percent: number, stage: string): Promise<void>;
}

/**
 * Files are asked for before anything goes: what one plugin keeps of a file of another can be found only while the other
 * still knows whose it was.
 */
async function discover(request: ClaimedRequest, workspace: Workspace, person: Person, { people }: ErasureTools) {
  const known = request.progress.files?.[workspace.id] ?? [];
  const { files } = await people.export({ workspace, person, files: known, requestId: request.id });
  request.progress.files = { ...request.progress.files, [workspace.id]: files };
}

async function erasePlugins(
  request: ClaimedRequest,
  workspace: Workspace,
  person: Person,
  tools: ErasureTools,
  percent: (share: number) => number,
): Promise<void> {
  const keeping = await tools.people.keeping(workspace);
  const files = request.progress.files?.[workspace.id] ?? [];
  for (const [index, plugin] of keeping.entries()) {
    const result = await tools.people.erase(plugin, { workspace, person, files, requestId: request.id });
    request.progress.results = mergeResults(request.progress.results ?? [], result);
    await tools.save(percent((index + 1) / keeping.length), `${workspace.name}: ${plugin.name}`);
  }
}

/**
 * Erases a person from the plugins of all workspaces, then from the platform. Whether everything could be asked: if not,
 * it is to be run again later, as a whole – a plugin that comes back may name files that others know.
 */
export async function erasePerson(
  request: ClaimedRequest,
  workspaces: readonly Workspace[],
  person: Person,
  withAccount: (sql: Sql) => Promise<boolean>,
  tools: ErasureTools,
): Promise<boolean> {
  const { progress } = request;
  for (const workspace of workspaces) await discover(request, workspace, person, tools);
  await tools.save(10, 'Files');
  for (const [index, workspace] of workspaces.entries()) {
    const percent = (share: number) => 10 + (75 * (index + share)) / workspaces.length;
    await erasePlugins(request, workspace, person, tools, percent);
  }
  await tools.transaction(async (sql) => {
    const results: PartErasure[] = [];
    for (const workspace of workspaces) results.push(await eraseFromTenant(sql, workspace, person));
    if (await withAccount(sql)) results.push(await eraseAccount(sql, person));
    for (const result of results) progress.results = mergeResults(progress.results ?? [], result);
    // With the deletions themselves: counted once, whatever happens after.
    await sql.query('update core.privacy_requests set progress = $3 where tenant_id = $1 and id = $2', [
      request.tenantId,
      request.id,
      JSON.stringify(progress),
    ]);
  });
  await tools.save(90, 'Certificate');
  return !(progress.results ?? []).some(({ state }) => state === 'waiting');
}
