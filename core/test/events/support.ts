import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createChanges } from '../../src/caching/index.ts';
import { createEvents, type Events, type EventTiming } from '../../src/events/index.ts';
import type { PluginCalls } from '../../src/plugins/index.ts';
import { FIXTURES, startTestKernel, type TestKernel } from '../plugins/support/kernel.ts';

export interface EventsKernel extends TestKernel {
  events: Events;
  /** Folder by which the journal's handler is steered; see its `misfortune.ts`. */
  misfortune: string;
  query<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Numbers of a topic's entries in the journal, in the order they were written. */
  entries(topic: string): Promise<number[]>;
  note(topic: string, number: number, tenant?: 'a' | 'b'): Promise<void>;
  /** How often the handler was tried for a note. */
  attempts(topic: string, number: number): number;
}

/** Fast enough for tests; the same mechanics. */
export const QUICK: Partial<EventTiming> = {
  relayPollMs: 200,
  sweepMs: 300,
  queuePollMs: 50,
  heldSweepMs: 400,
  retryDelayMs: () => 60,
};

type Deliver = PluginCalls['deliver'];

/** Tenant A has a licence for both plugins, tenant B only for the notes. `around` may come between each delivery. */
export async function startEventsKernel(
  timing: Partial<EventTiming> = {},
  around: (deliver: Deliver) => Deliver = (deliver) => deliver,
): Promise<EventsKernel> {
  const misfortune = mkdtempSync(join(tmpdir(), 'bazaar-misfortune-'));
  process.env.JOURNAL_MISFORTUNE = misfortune;
  let wake = (): void => {};
  const kernel = await startTestKernel({
    licensed: false,
    plugins: [join(FIXTURES, 'notes'), join(FIXTURES, 'journal')],
    wakeRelay: () => wake(),
  });
  expect(kernel.loaded.problems).toEqual([]);
  const admin = await kernel.test.admin();
  for (const [tenant, plugins] of [
    [kernel.tenants.a.id, ['notes', 'journal']],
    [kernel.tenants.b.id, ['notes']],
  ] as const) {
    for (const plugin of plugins) {
      await admin.query(`insert into core.licences (tenant_id, plugin_id, kind) values ($1, $2, 'purchased')`, [
        tenant,
        plugin,
      ]);
    }
  }
  const { database } = kernel.test;
  const events = createEvents({
    db: database,
    changes: createChanges(database.bus, kernel.log),
    plugins: kernel.loaded.registry,
    deliver: around(kernel.calls.deliver),
    licences: kernel.licences,
    files: kernel.files,
    realtime: { publish: (message) => kernel.realtime.push(message) },
    log: kernel.log,
    timing: { ...QUICK, ...timing },
  });
  wake = () => events.wake();
  return {
    ...kernel,
    events,
    misfortune,
    query: async <Row extends object>(sql: string, values: unknown[] = []) =>
      (await admin.query(sql, values)).rows as Row[],
    entries: async (topic) => {
      const { rows } = await admin.query<{ number: number }>(
        'select number from p_journal.entries where topic = $1 order by id',
        [topic],
      );
      return rows.map((row) => row.number);
    },
    note: async (topic, number, tenant = 'a') => {
      await kernel.invoke('notes', 'notes.create', { topic, number }, { tenant });
    },
    attempts: (topic, number) => {
      const file = `${topic}-${number}.attempts`;
      return readdirSync(misfortune).includes(file) ? readFileSync(join(misfortune, file), 'utf8').length : 0;
    },
    close: async () => {
      await events.stop();
      await kernel.close();
      delete process.env.JOURNAL_MISFORTUNE;
      rmSync(misfortune, { recursive: true, force: true });
    },
  };
}

export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_unused, index) => index + 1);
}

/** Waits as long as a busy machine may need; a right answer comes much sooner. */
export function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { timeout: 60_000, interval: 30 });
}
