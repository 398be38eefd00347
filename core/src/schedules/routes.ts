import type { TenantIdentity } from '@bazaar/sdk';
import { recordAudit, traceOf } from '../audit/index.ts';
import type { Database } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import { PAGE_INPUT, type PageInput, pageOfAll, pageOutput } from '../paging/index.ts';
import { type PluginRegistry, parseCron } from '../plugins/index.ts';
import { defineRoute, PLUGIN_INPUT, type Route, signedIn } from '../routes/index.ts';
import { LAST_RUN, SCHEDULE } from './schemas.ts';
import type { LastRun } from './types.ts';

export interface ScheduleRouteOptions {
  db: Pick<Database, 'queryInTenant' | 'asPlatform' | 'platform'>;
  plugins: Pick<PluginRegistry, 'get' | 'statuses'>;
  now(): Date;
  runNow(tenant: TenantIdentity, plugin: string, name: string, requestId: string): Promise<LastRun>;
}

interface ShownSchedule {
  name: string;
  action: string;
  summary: string;
  cron: string;
  nextDue: string;
  waiting: { due: string; attempts: number; retryAt: string | null; running: boolean; error: string | null } | null;
  lastRun: LastRun | null;
}

interface RunRow {
  name: string;
  due: Date | null;
  attempts: number;
  retryAt: Date | null;
  runningDue: Date | null;
  error: string | null;
  lastRun: LastRun | null;
}

const TAG = 'Schedules';
const RUNS = `
  select name, due, attempts, retry_at as "retryAt", running_due as "runningDue", last_error as error,
    last_run as "lastRun"
  from core.plugin_schedule_runs where tenant_id = $1 and plugin_id = $2`;

export function scheduleRoutes({ db, plugins, now, runNow }: ScheduleRouteOptions): Route[] {
  async function schedulesOf(tenantId: string, plugin: string): Promise<ShownSchedule[]> {
    const manifest = plugins.get(plugin, tenantId)?.manifest;
    if (!manifest) {
      if (plugins.statuses().some(({ id }) => id === plugin)) return [];
      throw new ApiError('not-found', `There is no plugin "${plugin}".`);
    }
    const { schedules = [], actions } = manifest;
    if (schedules.length === 0) return [];
    const { rows } = await db.queryInTenant<RunRow>(tenantId, RUNS, [tenantId, plugin]);
    const runs = new Map(rows.map((row) => [row.name, row]));
    return schedules.map(({ name, action, cron }) => {
      const run = runs.get(name);
      return {
        name,
        action,
        summary: actions.find((declared) => declared.name === action)?.summary ?? action,
        cron,
        nextDue: parseCron(cron).next(now()).toISOString(),
        waiting: run ? waiting(run) : null,
        lastRun: run?.lastRun ? lastRun(run.lastRun) : null,
      };
    });
  }

  async function findTenant(tenant: string): Promise<TenantIdentity> {
    const { rows } = await db.platform.query<TenantIdentity>(
      'select id, slug, name from core.tenants where slug = $1 or id::text = lower($1)',
      [tenant],
    );
    if (!rows[0]) throw new ApiError('not-found', `There is no tenant "${tenant}".`);
    return rows[0];
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/api/plugins/{plugin}/schedules',
      operationId: 'listSchedules',
      summary: 'What a plugin does by the clock, and how it went last in this tenant',
      tag: TAG,
      access: { permission: 'core:plugins.read' },
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['plugin'],
        properties: { plugin: PLUGIN_INPUT, ...PAGE_INPUT, limit: { ...PAGE_INPUT.limit, default: 100 } },
      },
      output: pageOutput(SCHEDULE),
      handler: async (context, { plugin, ...page }: PageInput & { plugin: string }) =>
        pageOfAll(await schedulesOf(signedIn(context).tenant.id, plugin), page, 'schedules', ({ name }) => name),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/operator/plugins/{plugin}/schedules/{name}/run',
      operationId: 'runSchedule',
      summary: 'Run a schedule of a plugin for one tenant now, and wait for the outcome',
      tag: TAG,
      access: 'operator',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['plugin', 'name', 'tenant'],
        properties: {
          plugin: PLUGIN_INPUT,
          name: { ...PLUGIN_INPUT, maxLength: 60 },
          tenant: { type: 'string', minLength: 2, maxLength: 63, description: 'Slug or id.' },
        },
      },
      output: LAST_RUN,
      handler: async (context, { plugin, name, tenant: named }: { plugin: string; name: string; tenant: string }) => {
        const tenant = await findTenant(named);
        const run = await runNow(tenant, plugin, name, context.requestId);
        await db.asPlatform((models) =>
          recordAudit(models, traceOf(context), {
            tenantId: tenant.id,
            pluginId: plugin,
            action: 'schedule.run',
            entityId: name,
            detail: { outcome: run.outcome },
          }),
        );
        return run;
      },
    }),
  ];
}

function waiting({ due, attempts, retryAt, runningDue, error }: RunRow): ShownSchedule['waiting'] {
  if (!due) return null;
  return {
    due: due.toISOString(),
    attempts,
    retryAt: retryAt?.toISOString() ?? null,
    running: runningDue !== null,
    error,
  };
}

/** The database writes times in a form of its own. */
function lastRun(run: LastRun): LastRun {
  const iso = (time: string | null) => (time === null ? null : new Date(time).toISOString());
  return {
    ...run,
    due: iso(run.due),
    startedAt: iso(run.startedAt),
    finishedAt: new Date(run.finishedAt).toISOString(),
  };
}
