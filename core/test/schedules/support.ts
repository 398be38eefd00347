import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TenantIdentity } from '@bazaar/sdk';
import { expect } from 'vitest';
import type { Events } from '../../src/events/index.ts';
import type { Schedules, ScheduleTiming } from '../../src/schedules/index.ts';
import { FIXTURES, startTestKernel, type TestKernel } from '../plugins/support/kernel.ts';
import { clockOf, composeSchedules } from './compose.ts';

export interface SchedulesKernel extends TestKernel {
  events: Events;
  schedules: Schedules;
  /** Folder by which the plugin's action is steered, and the clock of all nodes. */
  misfortune: string;
  setClock(time: string): void;
  /** See the plugin's `misfortune.ts`. */
  suffer(tenant: 'a' | 'b', mode: string): void;
  /** How often the action was tried. */
  attempts(tenant: 'a' | 'b'): number;
  /** Labels and due times of the runs whose effect was committed. */
  ticks(tenant: 'a' | 'b'): Promise<string[]>;
  query<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Works from now on: relays, runs jobs, looks for what is due. Resolves when it has looked. */
  work(): Promise<void>;
  row(tenant: 'a' | 'b', name?: string): Promise<RunRow | undefined>;
}

interface RunRow {
  due: Date | null;
  attempts: number;
  outcome: string | null;
  detail: string | null;
  ran: Date | null;
  locked: boolean;
}

export async function startSchedulesKernel(timing: Partial<ScheduleTiming> = {}): Promise<SchedulesKernel> {
  const misfortune = mkdtempSync(join(tmpdir(), 'bazaar-clockwork-'));
  process.env.CLOCKWORK_MISFORTUNE = misfortune;
  const kernel = await startTestKernel({ licensed: false, plugins: [join(FIXTURES, 'clockwork')] });
  expect(kernel.loaded.problems).toEqual([]);
  const admin = await kernel.test.admin();
  for (const { id } of Object.values(kernel.tenants)) {
    await admin.query(`insert into core.licences (tenant_id, plugin_id, kind) values ($1, 'clockwork', 'purchased')`, [
      id,
    ]);
  }
  const tenantOf = (which: 'a' | 'b'): TenantIdentity => kernel.tenants[which];
  const setClock = (time: string) => {
    // Other processes never see it half-written.
    writeFileSync(join(misfortune, 'clock.next'), time);
    renameSync(join(misfortune, 'clock.next'), join(misfortune, 'clock'));
  };
  setClock('2026-11-21T02:14:30.000Z');
  const node = composeSchedules(kernel.test.database, kernel, clockOf(misfortune), timing);
  const query = async <Row extends object>(sql: string, values: unknown[] = []) =>
    (await admin.query(sql, values)).rows as Row[];
  return {
    ...kernel,
    ...node,
    misfortune,
    setClock,
    query,
    suffer: (tenant, mode) => {
      rmSync(join(misfortune, `${tenantOf(tenant).slug}.attempts`), { force: true });
      writeFileSync(join(misfortune, `${tenantOf(tenant).slug}.mode`), mode);
    },
    attempts: (tenant) => {
      const file = join(misfortune, `${tenantOf(tenant).slug}.attempts`);
      return existsSync(file) ? readFileSync(file, 'utf8').length : 0;
    },
    ticks: async (tenant) => {
      const rows = await query<{ tick: string }>(
        `select label || ' ' || right(request_id, 24) as tick from p_clockwork.ticks where tenant_id = $1 order by id`,
        [tenantOf(tenant).id],
      );
      return rows.map(({ tick }) => tick);
    },
    work: async () => {
      await node.events.start({ worker: true });
      node.schedules.start();
      await eventually(async () => (await query('select from core.plugin_schedules')).length).toBe(2);
    },
    row: async (tenant, name = 'nightly') => {
      const rows = await query<RunRow>(
        `select due, attempts, last_run ->> 'outcome' as outcome, last_run ->> 'detail' as detail,
           (last_run ->> 'due')::timestamptz as ran, locked_by is not null as locked
         from core.plugin_schedule_runs where tenant_id = $1 and name = $2`,
        [tenantOf(tenant).id, name],
      );
      return rows[0];
    },
    close: async () => {
      await node.schedules.stop();
      await node.events.stop();
      await kernel.close();
      delete process.env.CLOCKWORK_MISFORTUNE;
      rmSync(misfortune, { recursive: true, force: true });
    },
  };
}

/** Waits as long as a busy machine may need; a right answer comes much sooner. */
export function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { timeout: 60_000, interval: 30 });
}
