import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Changes, createChanges } from '../../src/caching/index.ts';
import { createLicensing, DEFAULT_POLICY, type Licensing } from '../../src/licensing/index.ts';
import { type EventsKernel, eventually, startEventsKernel, upTo } from '../events/support.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const TRACE = { actor: { kind: 'system', userId: null }, requestId: null } as const;
const DAY = 86_400_000;

let kernel: EventsKernel;
let changes: Changes;
let licensing: Licensing;
let tenantId: string;

beforeAll(async () => {
  kernel = await startEventsKernel();
  tenantId = kernel.tenants.a.id;
  const { database } = kernel.test;
  changes = createChanges(database.bus, kernel.log);
  licensing = createLicensing({
    db: database,
    changes,
    plugins: kernel.loaded.registry,
    realtime: { publish: (message) => kernel.realtime.push(message) },
    releaseHeld: kernel.events.releaseHeld,
    mailer: { wake: () => {}, publicOrigin: () => 'http://localhost:4000' },
    findTenant: async () => null,
    log: pino({ level: 'silent' }),
    now: () => new Date(),
    policy: DEFAULT_POLICY,
  });
  await kernel.events.start({ worker: true });
});

afterAll(async () => {
  licensing.close();
  await kernel.close();
});

beforeEach(async () => {
  kernel.licences.real = licensing.licences;
  await change(`expires_at = null, revoked_at = null, seats = null, limits = '{}', kind = 'purchased'`);
});

/** Writes to the licences of tenant A as billing would, and tells everybody. */
async function change(set: string, plugin = ''): Promise<void> {
  await kernel.query(`update core.licences set ${set} where tenant_id = $1 and plugin_id like '%' || $2 || '%'`, [
    tenantId,
    plugin,
  ]);
  for (const one of ['notes', 'journal']) await licensing.writer.announce(tenantId, one);
}

async function rows(topic: string): Promise<number> {
  return (await kernel.query('select from p_notes.notes where topic = $1', [topic])).length;
}

async function counted(meter: string): Promise<number> {
  const [row] = await kernel.query<{ quantity: number }>(
    'select coalesce(sum(quantity), 0)::int as quantity from core.usage where tenant_id = $1 and meter = $2',
    [tenantId, meter],
  );
  return row?.quantity ?? 0;
}

describe('a licence that does not allow changes', () => {
  it.each([
    ['ended before its grace', `expires_at = now() - interval '3 days 1 second'`],
    ['was revoked', 'revoked_at = now()'],
  ])('is refused by the database when it %s and the node does not know', async (how, set) => {
    await kernel.note(how, 1);
    // The node's memory says that all is well.
    kernel.licences.real = undefined;
    await kernel.query(`update core.licences set ${set} where tenant_id = $1`, [tenantId]);
    await expect(kernel.note(how, 2)).rejects.toMatchObject({
      code: 'licence-ended',
      reason: 'licence-read-only',
      action: { href: '/admin/plugins/notes' },
    });
    expect(await rows(how)).toBe(1);
    const told = 'select from core.events where subject = $1 union all select from core.outbox where subject = $1';
    expect(await kernel.query(told, [how])).toHaveLength(1);
    // The other tenant's is another matter.
    await kernel.note(how, 1, 'b');
  });

  it('is allowed to the last moment of its grace', async () => {
    await change(`expires_at = now() - interval '3 days' + interval '1 minute'`);
    await kernel.note('grace', 1);
    expect(await rows('grace')).toBe(1);
  });

  it('makes the transactions of what comes past admission read-only', async () => {
    const { real } = kernel.licences;
    if (!real) throw new Error('no licensing');
    // Admission is told that it may, whoever opens the transaction that it may not; the database would allow it.
    let asked = 0;
    kernel.licences.real = {
      ...real,
      decide: async (...args) => {
        asked += 1;
        const decision = await real.decide(...args);
        return asked <= 2 ? decision : { ...decision, state: 'read-only', writable: false };
      },
    };
    await expect(kernel.note('late', 1)).rejects.toMatchObject({ code: 'licence-ended', reason: 'licence-read-only' });
    expect(await rows('late')).toBe(0);
  });

  it('opens nothing that writes, not even for work that nobody admitted', async () => {
    const plugin = kernel.loaded.registry.get('notes');
    const { database } = (await plugin?.live()) ?? {};
    const scope = { tenantId, readOnly: false, actor: TRACE.actor, requestId: 'r' };
    const held = database?.open({ ...scope, licence: 'read-only' });
    await expect(held?.insert('notes', [{ topic: 'held', number: 1, body: '' }])).rejects.toMatchObject({
      code: 'licence-ended',
    });
    await held?.rollback();
    await change('revoked_at = now()');
    const open = database?.open(scope);
    await open?.insert('notes', [{ topic: 'held', number: 1, body: '' }]);
    await expect(open?.commit()).rejects.toMatchObject({ code: 'licence-ended' });
    // What the kernel does by itself needs none.
    const erasing = database?.open({ ...scope, licence: 'not-needed' });
    await erasing?.insert('notes', [{ topic: 'erased', number: 1, body: '' }]);
    await erasing?.commit();
    expect([await rows('held'), await rows('erased')]).toEqual([0, 1]);
  });
});

describe('a suspended subscriber', () => {
  it('gets on renewal what came meanwhile: all, once, in order', async () => {
    const topics = ['s-one', 's-two', 's-three'];
    for (const topic of topics) for (const number of upTo(3)) await kernel.note(topic, number);
    await change(
      `kind = 'subscription', source = 'subscription:1', expires_at = now() - interval '20 days'`,
      'journal',
    );
    for (const number of [4, 5, 6]) for (const topic of topics) await kernel.note(topic, number);
    const held = async () =>
      (await kernel.query(`select from core.deliveries where state = 'held' and subject like 's-%'`)).length;
    await eventually(held).toBeGreaterThanOrEqual(9);
    expect((await kernel.entries('s-one')).every((number) => number <= 3)).toBe(true);
    const renewal = {
      tenantId,
      plugin: 'journal',
      kind: 'subscription' as const,
      plan: 'monthly' as const,
      expiresAt: new Date(Date.now() + 30 * DAY),
      seats: null,
      source: 'subscription:1',
    };
    const project = () => kernel.test.database.asPlatform((models) => licensing.writer.project(models, renewal, TRACE));
    expect([await project(), await project()]).toEqual([true, false]);
    await licensing.writer.announce(tenantId, 'journal');
    for (const number of [7, 8]) for (const topic of topics) await kernel.note(topic, number);
    for (const topic of topics) await eventually(() => kernel.entries(topic)).toEqual(upTo(8));
    await change(`source = 'operator'`);
  });

  it('of a workspace that operators have suspended gets what came meanwhile when it is taken up again', async () => {
    const suspend = async (when: 'now()' | 'null') => {
      await kernel.query(`update core.tenants set suspended_at = ${when} where id = $1`, [tenantId]);
      await changes.announce('tenant', { tenantId, slug: kernel.tenants.a.slug });
    };
    await kernel.note('closed', 1);
    await eventually(() => kernel.entries('closed')).toEqual([1]);
    await suspend('now()');
    expect([
      await licensing.licences.suspended(tenantId),
      await licensing.licences.suspended(kernel.tenants.b.id),
    ]).toEqual([true, false]);
    for (const number of [2, 3]) await kernel.note('closed', number);
    const states = async () =>
      (await kernel.query<{ state: string }>(`select state from core.deliveries where subject = 'closed'`)).map(
        ({ state }) => state,
      );
    await eventually(states).toEqual(['held', 'held']);
    expect(await kernel.entries('closed')).toEqual([1]);
    await suspend('null');
    await eventually(() => kernel.entries('closed')).toEqual([1, 2, 3]);
  });
});

describe('meters', () => {
  it('count what commits, once, also what is delivered several times', async () => {
    const [notes, entries] = [await counted('notes'), await counted('entries')];
    // Fails twice, then succeeds.
    await kernel.note('fail-2-metered', 1);
    await kernel.note('metered', 1);
    await expect(kernel.invoke('notes', 'notes.create', { topic: 'metered', number: 1 })).rejects.toMatchObject({
      code: 'conflict',
    });
    await eventually(() => kernel.entries('fail-2-metered')).toEqual([1]);
    await eventually(() => kernel.entries('metered')).toEqual([1]);
    expect([await counted('notes'), await counted('entries')]).toEqual([notes + 2, entries + 2]);
  });

  it('stop at what the licence allows, however many come at once', async () => {
    const used = await counted('notes');
    await change(`limits = '{"notes": ${used + 3}}'`, 'notes');
    const outcomes = await Promise.allSettled(upTo(12).map((number) => kernel.note('rush', number)));
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'usage-limit', status: 402 });
    }
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect([await rows('rush'), await counted('notes')]).toEqual([3, used + 3]);
    // Refused before the work, with what can be done.
    await expect(kernel.note('rush', 99)).rejects.toMatchObject({ action: { href: '/admin/plugins/notes' } });
  });

  it('let deliveries wait that the licence has no more of', async () => {
    const used = await counted('entries');
    await change(`limits = '{"entries": ${used}}'`, 'journal');
    await kernel.note('waits', 1);
    const waiting = () =>
      kernel.query<{ attempts: number; last_error: string }>(
        `select attempts, last_error from core.deliveries where subject = 'waits'`,
      );
    await eventually(async () => (await waiting())[0]?.last_error).toMatch(/have been used/);
    expect((await waiting())[0]?.attempts).toBe(0);
    expect(await kernel.entries('waits')).toEqual([]);
  });
});

describe('seats', () => {
  it('are taken on first use while they are free, and given up with the membership', async () => {
    await change('seats = 2', 'notes');
    const people = await Promise.all(
      upTo(5).map(async (number) => {
        const [row] = await kernel.query<{ id: string }>(
          `with u as (insert into core.users (email, name) values ($2, 'Person') returning id)
           insert into core.memberships (tenant_id, user_id) select $1, id from u returning user_id as id`,
          [tenantId, `seat-${number}@example.test`],
        );
        return { ...kernel.users.a, id: row?.id ?? '' };
      }),
    );
    const read = (person: (typeof people)[number] | undefined) =>
      kernel.invoke('notes', 'notes.list', {}, { user: person ?? null }).then(
        () => 'ok',
        (error: { code: string }) => error.code,
      );
    const seated = async () =>
      (
        await kernel.query<{ id: string }>(
          `select user_id as id from core.licence_seats where tenant_id = $1 order by taken_at`,
          [tenantId],
        )
      ).map(({ id }) => id);
    const answers = await Promise.all(people.map(read));
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(2);
    expect(answers.filter((answer) => answer === 'seat-required')).toHaveLength(3);
    const holders = await seated();
    expect(holders).toHaveLength(2);
    // Who has one keeps it.
    const [first, last] = holders.map((id) => people.find((person) => person.id === id));
    const others = people.filter(({ id }) => !holders.includes(id));
    expect([await read(first), await read(others[0])]).toEqual(['ok', 'seat-required']);
    // Fewer seats: who came last has none.
    await change('seats = 1', 'notes');
    expect([await read(first), await read(last)]).toEqual(['ok', 'seat-required']);
    await change('seats = 2', 'notes');
    // Without the membership the seat is free.
    await kernel.query('delete from core.memberships where tenant_id = $1 and user_id = $2', [tenantId, last?.id]);
    await licensing.writer.announce(tenantId, 'notes');
    expect([await read(others[0]), await read(others[1])]).toEqual(['ok', 'seat-required']);
    // Somebody without the permission sits on nothing.
    await kernel.query('delete from core.licence_seats');
    await licensing.writer.announce(tenantId, 'notes');
    const visitor = others[1] && { ...others[1], permissions: [] };
    expect(await read(visitor)).toBe('forbidden');
    expect(await seated()).toEqual([]);
  });
});
