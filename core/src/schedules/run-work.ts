import type { ScheduleDeclaration, TenantIdentity } from '@bazaar/sdk';
import { ApiError, messageOf } from '../errors/index.ts';
import { type LoadedPlugin, parseCron } from '../plugins/index.ts';
import type { RunStore, TakenRun } from './run-store.ts';
import type { LastRun, SchedulesOptions, ScheduleTiming, ScheduleTurn } from './types.ts';

const SYSTEM = { kind: 'system', userId: null } as const;
/** Refusals that say that the plugin may not work for the tenant, not that it could not. */
const NOT_NOW: ReadonlySet<string> = new Set(['licence-required', 'licence-ended', 'usage-limit', 'plugin-disabled']);

/** What is found when a turn has come: it ran, or why there was nothing to do. */
type Result = { outcome: 'done'; version: string } | { outcome: 'skipped'; reason: string };

/** What people are told: of a plugin that failed, what it failed with. */
function explain(error: unknown): string {
  return messageOf(error instanceof ApiError && error.code === 'plugin-failed' ? (error.cause ?? error) : error);
}

function scheduleOf(plugin: LoadedPlugin, name: string): ScheduleDeclaration | undefined {
  return plugin.manifest.schedules?.find((schedule) => schedule.name === name);
}

/** Runs schedules: each due time once, failures again later, at last a task for those who can do something. */
export class RunWork {
  readonly #options: SchedulesOptions;
  readonly #timing: ScheduleTiming;
  readonly #store: RunStore;
  /** What this process is working on, and whether to look again before it is left. */
  readonly #active = new Map<string, { again: boolean }>();

  constructor(options: SchedulesOptions, timing: ScheduleTiming, store: RunStore) {
    this.#options = options;
    this.#timing = timing;
    this.#store = store;
  }

  /** Works until nothing waits: another time may have come due meanwhile, and its turn found the run taken. */
  async takeTurn(turn: ScheduleTurn, node: string): Promise<void> {
    const key = `${turn.tenantId}/${turn.plugin}/${turn.name}`;
    const before = this.#active.get(key);
    if (before) {
      before.again = true;
      return;
    }
    const state = { again: false };
    this.#active.set(key, state);
    try {
      do {
        state.again = false;
        for (let run = await this.#store.claim(turn, node); run; run = await this.#store.claim(turn, node)) {
          await this.#handle(run);
        }
      } while (state.again);
    } finally {
      this.#active.delete(key);
    }
  }

  /** Runs the schedule now, whatever its times, and waits for the outcome. Rejects when there is no such schedule. */
  async runNow(tenant: TenantIdentity, plugin: string, name: string, requestId: string): Promise<LastRun> {
    const { plugins, now } = this.#options;
    const serving = plugins.get(plugin, tenant.id);
    if (!serving) throw new ApiError('not-found', `There is no plugin "${plugin}" that runs.`);
    if (!scheduleOf(serving, name)) {
      throw new ApiError('not-found', `${serving.manifest.name} has no schedule "${name}".`);
    }
    const turn = { tenantId: tenant.id, plugin, name };
    const startedAt = now().toISOString();
    const ended = (outcome: LastRun['outcome'], detail: string | null, version: string | null): LastRun => {
      return { due: null, startedAt, finishedAt: now().toISOString(), outcome, attempts: 1, detail, version };
    };
    let run: LastRun;
    try {
      const result = await this.#attempt(turn, { tenant, requestId });
      run = result.outcome === 'done' ? ended('done', null, result.version) : ended('skipped', result.reason, null);
    } catch (error) {
      run = ended('failed', explain(error), serving.manifest.version);
    }
    await this.#store.recordRequested(turn, run);
    return run;
  }

  async #handle(run: TakenRun): Promise<void> {
    const { turn, node } = run;
    if (run.attempts > this.#timing.maxAttempts) {
      return this.#giveUp(run, 'The process ended each time while running it.');
    }
    try {
      const due = run.due.toISOString();
      // The same for every attempt: whoever calls services outside can tell them by it.
      const requestId = `schedule-${turn.plugin}-${turn.name}-${due}`;
      const result = await this.#attempt(turn, { tenant: run.tenant, requestId, due: { at: run.due, node } });
      if (result.outcome === 'skipped') await this.#store.skip(run, result.reason);
      else if (run.failedBefore && (await this.#store.closeTask(turn))) this.#tellTasks(turn);
    } catch (error) {
      await this.#failed(run, error);
    }
  }

  async #attempt(
    { tenantId, plugin: id, name }: ScheduleTurn,
    call: { tenant: TenantIdentity; requestId: string; due?: { at: Date; node: string } },
  ): Promise<Result> {
    const { plugins, invoker } = this.#options;
    const obstacle = await this.#obstacle(tenantId, id);
    if (obstacle !== undefined) return { outcome: 'skipped', reason: obstacle };
    const { tenant, requestId, due } = call;
    try {
      return await plugins.use<Result>(id, tenantId, async (plugin) => {
        const schedule = scheduleOf(plugin, name);
        const { version } = plugin.manifest;
        if (!schedule || (due && !parseCron(schedule.cron).includes(due.at))) {
          return { outcome: 'skipped', reason: `Version ${version} has no schedule at this time.` };
        }
        await invoker.invoke(plugin, schedule.action, {
          tenant,
          user: null,
          actor: SYSTEM,
          requestId,
          input: structuredClone(schedule.input ?? {}),
          ...(due ? { run: { name, due: due.at.toISOString(), node: due.node, version } } : {}),
        });
        return { outcome: 'done', version };
      });
    } catch (error) {
      if (error instanceof ApiError && NOT_NOW.has(error.code)) return { outcome: 'skipped', reason: error.message };
      throw error;
    }
  }

  /** Why the plugin may not work for the tenant at the moment. */
  async #obstacle(tenantId: string, id: string): Promise<string | undefined> {
    const { plugins, licences } = this.#options;
    if (await licences.suspended(tenantId)) return 'The workspace is suspended.';
    if (!plugins.get(id, tenantId)) {
      const status = plugins.statuses().find((one) => one.id === id);
      // What failed here may run at the next attempt, or on another node.
      if (status?.state === 'failed') throw new ApiError('unavailable', `${status.name} is not running at the moment.`);
      return 'The plugin is not in service.';
    }
    if (!(await licences.decide(tenantId, id)).writable) return 'The licence does not allow changes.';
    return (await licences.enabled(tenantId, id)) ? undefined : 'The plugin is switched off.';
  }

  async #failed(run: TakenRun, error: unknown): Promise<void> {
    const { turn, attempts, due } = run;
    const about = { plugin: turn.plugin, schedule: turn.name, tenant: turn.tenantId, due: due.toISOString(), attempts };
    this.#options.log.warn({ ...about, err: error }, 'a scheduled run failed');
    if (attempts >= this.#timing.maxAttempts) return this.#giveUp(run, explain(error));
    await this.#store.postpone(run, explain(error), this.#timing.retryDelayMs(attempts));
  }

  async #giveUp(run: TakenRun, reason: string): Promise<void> {
    const { turn } = run;
    const name = this.#options.plugins.get(turn.plugin, turn.tenantId)?.manifest.name ?? turn.plugin;
    const ours = await this.#store.giveUp(run, reason, {
      title: `${name} could not do its scheduled work`,
      description: `"${turn.name}" was tried ${this.#timing.maxAttempts} times. The last error: ${reason}`,
    });
    if (ours) this.#tellTasks(turn);
  }

  #tellTasks({ tenantId }: ScheduleTurn): void {
    this.#options.realtime.publish({ tenantId, event: 'task.changed', payload: {} });
  }
}
