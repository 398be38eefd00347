import type { Sql } from '../data/index.ts';

/** A tenant with more than this waiting has no worse place in the queue than at this number. */
const MOST_COUNTED = 1_000;

/** A piece of work for the queue. Of several with one key, the last stands. */
export interface QueuedJob {
  /** Name of the kind of work. */
  task: string;
  key: string;
  tenantId: string;
  /** Plain data. */
  payload: object;
  /** Not before; at once when `null`. */
  runAt: Date | null;
  /** How many places further back it stands than what came of an event. */
  patience?: number;
}

/**
 * Puts work into the queue, in the caller's transaction. A tenant's jobs stand behind as many others as it has
 * deliveries waiting: whoever floods the queue waits behind those who do not.
 */
export async function enqueueJobs(sql: Sql, work: readonly QueuedJob[]): Promise<void> {
  if (work.length === 0) return;
  const backlog = await backlogs(sql, [...new Set(work.map(({ tenantId }) => tenantId))]);
  const jobs = work.map(({ task, key, tenantId, payload, runAt, patience = 0 }) => ({
    identifier: task,
    payload,
    job_key: key,
    priority: (backlog.get(tenantId) ?? 0) + patience,
    ...(runAt ? { run_at: runAt.toISOString() } : {}),
  }));
  await sql.query(
    `select count(*) from graphile_worker.add_jobs(
       (select array_agg(json_populate_record(null::graphile_worker.job_spec, job)) from json_array_elements($1::json) job))`,
    [JSON.stringify(jobs)],
  );
}

async function backlogs(sql: Sql, tenantIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ tenant: string; waiting: number }>(
    `select tenant, (
       select count(*) from (
         select from core.deliveries d where d.tenant_id = tenant and d.state = 'pending' limit ${MOST_COUNTED}
       ) counted
     ) as waiting from unnest($1::uuid[]) tenant`,
    [tenantIds],
  );
  return new Map(rows.map(({ tenant, waiting }) => [tenant, waiting]));
}
