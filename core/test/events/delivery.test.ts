import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SYSTEM_TRACE } from '../../src/audit/index.ts';
import { expireEvents } from '../../src/events/index.ts';
import { listDeliveries, redeliver } from '../../src/events/redelivery.ts';
import { type EventsKernel, eventually, startEventsKernel, upTo } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

let kernel: EventsKernel;

beforeAll(async () => {
  kernel = await startEventsKernel({ maxAttempts: 3 });
  await kernel.events.start({ worker: true });
});

afterAll(() => kernel.close());

beforeEach(() => {
  kernel.licences.states.clear();
  kernel.licences.disabled.clear();
});

const journal = () => `${kernel.tenants.a.id}/journal`;

async function settled(): Promise<void> {
  await eventually(async () => {
    const [row] = await kernel.query<{ n: number }>(
      `select (select count(*) from core.outbox) + (select count(*) from core.deliveries where state = 'pending') as n`,
    );
    return Number(row?.n);
  }).toBe(0);
}

describe('an event', () => {
  it('reaches its subscriber once, and is kept', async () => {
    await kernel.note('plain', 1);
    await eventually(() => kernel.entries('plain')).toEqual([1]);
    await settled();
    expect(await kernel.entries('plain')).toEqual([1]);
    const events = await kernel.query(
      `select name, subject, payload from core.events where subject = 'plain' order by seq`,
    );
    expect(events).toEqual([
      { name: 'note.created', subject: 'plain', payload: { topic: 'plain', number: 1 } },
      { name: 'entry.written', subject: 'plain', payload: { topic: 'plain' } },
    ]);
    const log = await kernel.query(
      `select l.subscriber, l.outcome, l.attempts from core.delivery_log l join core.events e on e.id = l.event_id where e.subject = 'plain'`,
    );
    expect(log).toEqual([{ subscriber: 'journal', outcome: 'delivered', attempts: 1 }]);
    expect(await kernel.query(`select 1 from core.deliveries where subject = 'plain'`)).toEqual([]);
  });

  it('is shown to the browsers of its audience', async () => {
    await kernel.note('shown', 1);
    await eventually(() => kernel.realtime.find((message) => message.payload.topic === 'shown')).toEqual({
      tenantId: kernel.tenants.a.id,
      permission: 'notes:notes.read',
      event: 'notes.note.created',
      payload: { topic: 'shown', number: 1 },
    });
  });

  it('hands its file over to the subscriber', async () => {
    const file = await kernel.files.store(
      { tenantId: kernel.tenants.a.id, pluginId: 'notes', userId: null },
      { name: 'a.txt', content: Readable.from([Buffer.from('text')]) },
    );
    const reader = { tenantId: kernel.tenants.a.id, pluginId: 'journal', userId: null };
    await expect(kernel.files.info(reader, file.id)).rejects.toMatchObject({ code: 'not-found' });
    await kernel.invoke('notes', 'notes.create', { topic: 'with file', number: 1, attachment: file.id });
    await eventually(() => kernel.entries('with file')).toEqual([1]);
    expect(await kernel.files.info(reader, file.id)).toMatchObject({ id: file.id });
  });

  it('of a tenant that never had the subscriber goes nowhere', async () => {
    await kernel.note('elsewhere', 1, 'b');
    await settled();
    expect(await kernel.query(`select 1 from core.deliveries where subject = 'elsewhere'`)).toEqual([]);
    expect(await kernel.query(`select 1 from core.events where subject = 'elsewhere'`)).toHaveLength(1);
  });
});

describe('failures', () => {
  it('keep the order of their subject and stop no other', async () => {
    const topics = ['fail-1-order', 'slow-order', 'fail-2-order', 'quick'];
    for (const number of upTo(12)) await Promise.all(topics.map((topic) => kernel.note(topic, number)));
    for (const topic of topics) await eventually(() => kernel.entries(topic)).toEqual(upTo(12));
    expect(kernel.attempts('fail-2-order', 5)).toBe(3);
    expect(kernel.attempts('quick', 5)).toBe(1);
    await settled();
  });

  it('end in a dead letter, a task for the admins, and the next delivery', async () => {
    await kernel.note('fail-99-dead', 1);
    await eventually(
      async () => (await kernel.query(`select 1 from core.deliveries where state = 'dead'`)).length,
    ).toBe(1);
    expect(kernel.attempts('fail-99-dead', 1)).toBe(3);
    const [dead] = await kernel.query<{ last_error: string }>(
      `select last_error from core.deliveries where state = 'dead'`,
    );
    expect(dead?.last_error).toBe('attempt 3 at fail-99-dead fails');
    const tasks = await kernel.query(`select plugin_id, kind, title, priority, audience, link from core.tasks`);
    expect(tasks).toEqual([
      {
        plugin_id: 'core',
        kind: 'DELIVERY_FAILED',
        title: 'Journal could not handle an event',
        priority: 'high',
        audience: 'core:plugins.manage',
        link: '/admin/plugins/journal',
      },
    ]);
    expect(await kernel.query(`select outcome, attempts, error from core.delivery_log where outcome = 'dead'`)).toEqual(
      [{ outcome: 'dead', attempts: 3, error: 'attempt 3 at fail-99-dead fails' }],
    );
    // The subject goes on: this one fails as well, but it is tried.
    await kernel.note('fail-99-dead', 2);
    await eventually(() => kernel.attempts('fail-99-dead', 2)).toBe(3);
    await settled();
    expect(await kernel.query(`select 1 from core.tasks`)).toHaveLength(1);
  });
});

describe('what was given up', () => {
  const list = (more: object = {}) =>
    listDeliveries(kernel.test.database.platform, { state: 'dead', limit: 10, plugin: 'journal', ...more });
  const again = (which: object) =>
    redeliver(kernel.test.database.platform, { plugin: 'journal', ...which }, SYSTEM_TRACE);

  it('is tried again when an operator says so, and the log of the tenant tells', async () => {
    await kernel.note('fail-3-again', 1);
    await kernel.note('fail-3-again', 2);
    const dead = async () => (await list()).items.filter(({ subject }) => subject === 'fail-3-again');
    await eventually(async () => (await dead()).length).toBe(2);
    const [second, first] = await dead();
    expect(first).toMatchObject({
      event: 'notes.note.created',
      attempts: 3,
      lastError: expect.stringContaining('fails'),
    });
    expect(await again({ id: first?.id, tenantId: kernel.tenants.b.id })).toEqual({ redelivered: 0, remaining: 0 });
    expect(await again({ id: first?.id })).toEqual({ redelivered: 1, remaining: 0 });
    await eventually(() => kernel.entries('fail-3-again')).toEqual([1]);
    expect((await dead()).map(({ id }) => id)).toEqual([second?.id]);
    const { redelivered } = await again({ tenantId: kernel.tenants.a.id });
    expect(redelivered).toBeGreaterThanOrEqual(1);
    await eventually(() => kernel.entries('fail-3-again')).toEqual([1, 2]);
    const told = await kernel.query(
      `select detail from core.audit_log where action = 'deliveries.redelivered' order by at`,
    );
    expect(told).toEqual([{ detail: { count: 1 } }, { detail: { count: redelivered } }]);
    await settled();
  });

  it('goes with its event when that is old, and so does what is held', async () => {
    await kernel.note('fail-99-old', 1);
    await eventually(async () => (await list()).items.some(({ subject }) => subject === 'fail-99-old')).toBe(true);
    await kernel.query(
      `update core.deliveries set event_at = event_at - interval '100 days' where subject = 'fail-99-old'`,
    );
    await kernel.query(
      `update core.events set occurred_at = occurred_at - interval '100 days' where subject = 'fail-99-old'`,
    );
    await kernel.query(
      `create table core.events_2020_01 partition of core.events for values from ('2020-01-01') to ('2020-02-01')`,
    );
    const recent = await kernel.query(`select count(*)::int as n from core.events where subject <> 'fail-99-old'`);
    await expireEvents(kernel.test.database, new Date(Date.now() - 90 * 86_400_000));
    expect(await kernel.query(`select from core.deliveries where subject = 'fail-99-old'`)).toEqual([]);
    expect(await kernel.query(`select count(*)::int as n from core.events`)).toEqual(recent);
    expect(await kernel.query(`select to_regclass('core.events_2020_01') as gone`)).toEqual([{ gone: null }]);
  });
});

describe('held deliveries', () => {
  it('wait for the licence and are then replayed in order', async () => {
    kernel.licences.states.set(journal(), { state: 'suspended', readable: false, writable: false });
    for (const number of upTo(5)) await kernel.note('held', number);
    const held = async () =>
      (await kernel.query(`select 1 from core.deliveries where subject = 'held' and state = 'held'`)).length;
    await eventually(held).toBe(5);
    expect(await kernel.entries('held')).toEqual([]);
    kernel.licences.states.clear();
    await kernel.events.releaseHeld(kernel.tenants.a.id, 'journal');
    await eventually(() => kernel.entries('held')).toEqual(upTo(5));
  });

  it('wait while the plugin is switched off, and go on by themselves', async () => {
    kernel.licences.disabled.add(journal());
    for (const number of upTo(3)) await kernel.note('switched off', number);
    await eventually(
      async () => (await kernel.query(`select 1 from core.deliveries where state = 'held'`)).length,
    ).toBe(3);
    kernel.licences.disabled.clear();
    await eventually(() => kernel.entries('switched off')).toEqual(upTo(3));
  });
});

describe('a tenant that floods the queue', () => {
  it('does not keep the others waiting', async () => {
    const many = upTo(250);
    await kernel.query(`insert into core.licences (tenant_id, plugin_id, kind) values ($1, 'journal', 'purchased')`, [
      kernel.tenants.b.id,
    ]);
    for (let start = 0; start < many.length; start += 25) {
      await Promise.all(many.slice(start, start + 25).map((number) => kernel.note(`slow-flood-${number}`, number)));
    }
    await kernel.note('patient', 1, 'b');
    await eventually(() => kernel.entries('patient')).toEqual([1]);
    await settled();
    const [behind] = await kernel.query<{ n: number }>(
      `select count(*)::int as n from p_journal.entries where topic like 'slow-flood-%'
         and id > (select id from p_journal.entries where topic = 'patient')`,
    );
    expect(behind?.n).toBeGreaterThan(20);
  });
});

describe('what can get lost', () => {
  it('jobs: found and put back', async () => {
    kernel.licences.states.set(journal(), { state: 'suspended', readable: false, writable: false });
    await kernel.note('lost job', 1);
    await eventually(
      async () => (await kernel.query(`select 1 from core.deliveries where state = 'held'`)).length,
    ).toBe(1);
    kernel.licences.states.clear();
    // As if a process had died after releasing and before enqueuing.
    await kernel.query(`update core.deliveries set state = 'pending', created_at = now() - interval '1 minute'`);
    await kernel.query('delete from graphile_worker._private_jobs');
    await eventually(() => kernel.entries('lost job')).toEqual([1]);
  });

  it('every connection to the database: work goes on by itself', async () => {
    const numbers = upTo(20);
    for (const number of numbers) {
      await kernel.note('slow-cut', number);
      if (number === 10) {
        await kernel.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
        );
        // What was under way fails; nobody asked for it again.
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    }
    await eventually(() => kernel.entries('slow-cut')).toEqual(numbers);
  });
});
