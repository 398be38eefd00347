import { randomUUID } from 'node:crypto';
import { getPriority } from 'node:os';
import type { JsonObject } from '@bazaar/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PluginDatabase, PluginUnitOfWork } from '../../src/data/index.ts';
import { createTestDatabase, seedTenants, type TestDatabase } from '../support/test-database.ts';

let platform: TestDatabase;
let tenants: Awaited<ReturnType<typeof seedTenants>>;
let plugin: PluginDatabase;

const UP = `
create table notes (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  title text not null check (length(title) < 100),
  rank integer not null default 0,
  tags text[] not null default '{}',
  detail jsonb,
  amount numeric(12, 2),
  big bigint,
  day date,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, title)
);
select bazaar.protect('notes');
create table lines (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  note_id uuid not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, note_id) references notes (tenant_id, id)
);
select bazaar.protect('lines');
`;

beforeAll(async () => {
  platform = await createTestDatabase({ licensed: true });
  tenants = await seedTenants(platform.database);
  plugin = await platform.database.plugins.install({
    pluginId: 'work-test',
    version: '1.0.0',
    migrations: [{ name: '0001-notes', up: UP, down: 'drop table lines; drop table notes;' }],
    queries: [
      { name: 'tagged', sql: 'select id, title, created_at from notes where :tag = any(tags) order by title' },
      { name: 'rename', sql: 'update notes set title = :title where id = :id returning title' },
      { name: 'copy', sql: 'insert into lines (note_id) select id from notes where title = any(:titles)' },
      { name: 'ranked', sql: 'update notes set rank = :rank where title = any(:titles) returning id' },
    ],
    sharedTables: [],
  });
});
afterAll(async () => {
  await plugin.close();
  await platform.drop();
});

const scope = (tenantId: string, readOnly: boolean) => ({
  tenantId,
  readOnly,
  actor: { kind: 'user' as const, userId: tenants.userA, ip: '127.0.0.1', userAgent: 'test' },
  requestId: 'request-1',
});

async function write<T>(tenantId: string, work: (unit: PluginUnitOfWork) => Promise<T>): Promise<T> {
  const unit = plugin.open(scope(tenantId, false));
  try {
    const result = await work(unit);
    await unit.commit();
    return result;
  } catch (error) {
    await unit.rollback();
    throw error;
  }
}

const read = (tenantId: string) => plugin.open(scope(tenantId, true));
const unique = () => `note ${randomUUID()}`;

async function rows(sql: string, values: unknown[] = []): Promise<JsonObject[]> {
  return (await (await platform.admin()).query(sql, values)).rows as JsonObject[];
}

describe('values', () => {
  test('come back as JSON, exactly', async () => {
    const stored = await write(tenants.a, async (unit) => {
      const [row] = await unit.insert('notes', [
        {
          title: unique(),
          tags: ['a', 'b "c"'],
          detail: { list: [1, null] },
          amount: '12345678.90',
          big: 2 ** 40,
          day: '2026-11-21',
        },
      ]);
      return row;
    });
    expect(stored).toMatchObject({
      tags: ['a', 'b "c"'],
      detail: { list: [1, null] },
      amount: '12345678.90',
      big: 2 ** 40,
      day: '2026-11-21',
      rank: 0,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
    });
    expect(stored).not.toHaveProperty('tenantId');
    // The stored time finds its row again: no digit was lost on the way.
    const where = { createdAt: stored?.createdAt as string, id: stored?.id as string };
    expect(await read(tenants.a).find('notes', { where })).toHaveLength(1);
  });

  test('named queries map names and parameters', async () => {
    const title = unique();
    await write(tenants.a, (unit) => unit.insert('notes', [{ title, tags: ['only-here'] }]));
    const found = await read(tenants.a).query('tagged', { tag: 'only-here' });
    expect(found).toEqual([{ id: expect.any(String), title, createdAt: expect.any(String) }]);
    await expect(read(tenants.a).query('tagged', { tags: 'x' })).rejects.toThrow(/no parameter “tags”/);
  });
});

describe('tenants', () => {
  test('see, change and delete only their own rows', async () => {
    const title = unique();
    const [note] = await write(tenants.a, (unit) => unit.insert('notes', [{ title }]));
    const id = note?.id as string;
    expect(await read(tenants.b).find('notes', { where: { id } })).toEqual([]);
    expect(await read(tenants.b).count('notes', {})).toBe(0);
    const changed = await write(tenants.b, async (unit) => [
      await unit.update('notes', { id }, { title: 'taken over' }),
      await unit.query('rename', { id, title: 'taken over' }),
      await unit.delete('notes', { id }),
    ]);
    expect(changed).toEqual([[], [], 0]);
    expect(await read(tenants.a).find('notes', { where: { id } })).toMatchObject([{ title }]);
  });

  test('cannot refer to another tenant’s row', async () => {
    const [note] = await write(tenants.a, (unit) => unit.insert('notes', [{ title: unique() }]));
    const attempt = write(tenants.b, (unit) => unit.insert('lines', [{ noteId: note?.id as string }]));
    await expect(attempt).rejects.toMatchObject({ code: 'not-found', reason: 'reference-missing' });
  });

  test('stay apart under concurrency', async () => {
    await write(tenants.b, (unit) => unit.insert('notes', [{ title: unique(), tags: ['b'] }]));
    await write(tenants.a, (unit) => unit.insert('notes', [{ title: unique(), tags: ['a'] }]));
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const [tenant, other] = index % 2 === 0 ? [tenants.a, 'b'] : [tenants.b, 'a'];
        return (await read(tenant).query('tagged', { tag: other })).length;
      }),
    );
    expect(new Set(answers)).toEqual(new Set([0]));
  });

  test('an id that is none opens nothing', () => {
    expect(() => plugin.open(scope(`${tenants.a}'; reset role; --`, true))).toThrow(/UUID/);
  });
});

describe('a unit of work', () => {
  test('commits rows, events, audit and tasks together', async () => {
    const title = unique();
    await write(tenants.a, async (unit) => {
      await unit.insert('notes', [{ title }]);
      unit.emit({ name: 'note.made', version: 1, subject: title, payload: { title } });
      unit.audit({ action: 'note.created', entityId: title, detail: { fields: ['title'] } });
      unit.raiseTask({ kind: 'LOOK', title, audience: 'notes.read', key: title });
    });
    expect(
      await rows('select tenant_id, plugin_id, name, request_id from core.outbox where subject = $1', [title]),
    ).toEqual([{ tenant_id: tenants.a, plugin_id: 'work-test', name: 'note.made', request_id: 'request-1' }]);
    expect(
      await rows('select actor_id, plugin_id, action, ip from core.audit_log where entity_id = $1', [title]),
    ).toEqual([{ actor_id: tenants.userA, plugin_id: 'work-test', action: 'note.created', ip: '127.0.0.1' }]);
    expect(await rows(`select state from core.tasks where key = $1`, [title])).toEqual([{ state: 'open' }]);
    await write(tenants.a, async (unit) => unit.resolveTask(title));
    expect(await rows(`select state from core.tasks where key = $1`, [title])).toEqual([{ state: 'done' }]);
  });

  test('names the operator who acts as a member, whatever the plugin says', async () => {
    const title = unique();
    const impersonator = { id: randomUUID(), name: 'Olga Operator' };
    const whole = scope(tenants.a, false);
    const unit = plugin.open({ ...whole, actor: { ...whole.actor, impersonator } });
    unit.audit({ action: 'note.read', entityId: title, detail: { fields: ['title'], impersonator: 'nobody' } });
    await unit.commit();
    expect(await rows('select actor_id, detail from core.audit_log where entity_id = $1', [title])).toEqual([
      { actor_id: tenants.userA, detail: { fields: ['title'], impersonator } },
    ]);
  });

  test('leaves nothing behind when its work throws', async () => {
    const title = unique();
    const attempt = write(tenants.a, async (unit) => {
      await unit.insert('notes', [{ title }]);
      unit.emit({ name: 'note.made', version: 1, subject: title, payload: {} });
      throw new Error('no');
    });
    await expect(attempt).rejects.toThrow('no');
    expect(await read(tenants.a).find('notes', { where: { title } })).toEqual([]);
    expect(await rows('select from core.outbox where subject = $1', [title])).toEqual([]);
  });

  test('refuses to commit after a statement failed, even if the handler swallowed the error', async () => {
    const title = unique();
    const attempt = write(tenants.a, async (unit) => {
      await unit.insert('notes', [{ title }]);
      await unit.insert('notes', [{ title }]).catch(() => undefined);
    });
    await expect(attempt).rejects.toMatchObject({ code: 'conflict', reason: 'already-exists' });
    expect(await read(tenants.a).find('notes', { where: { title } })).toEqual([]);
  });

  test('refuses work that was not awaited', async () => {
    const unit = plugin.open(scope(tenants.a, false));
    await unit.insert('notes', [{ title: unique() }]);
    await unit.commit();
    await expect(unit.insert('notes', [{ title: unique() }])).rejects.toThrow(/has ended/);
    await expect(unit.commit()).rejects.toThrow(/has ended/);
  });

  test('runs statements sent at once in one transaction', async () => {
    const titles = Array.from({ length: 20 }, unique);
    await write(tenants.a, (unit) => Promise.all(titles.map((title) => unit.insert('notes', [{ title }]))));
    expect(await read(tenants.a).count('notes', { title: { in: titles } })).toBe(20);
  });

  test('completes a delivery only for the node that holds it', async () => {
    const node = randomUUID();
    const [delivery] = await rows(
      `insert into core.deliveries (tenant_id, subscriber, event_name, event_id, event_seq, event_at, subject, locked_by)
       values ($1, 'work-test', 'x.y', gen_random_uuid(), 1, now(), 's', $2) returning id::text`,
      [tenants.a, node],
    );
    const title = unique();
    const complete = (by: string) =>
      write(tenants.a, async (unit) => {
        await unit.insert('notes', [{ title }]);
        unit.completeDelivery(delivery?.id as string, by);
      });
    await expect(complete(randomUUID())).rejects.toThrow();
    expect(await read(tenants.a).count('notes', { title })).toBe(0);
    await complete(node);
    expect(await read(tenants.a).count('notes', { title })).toBe(1);
    expect(await rows('select from core.deliveries where id = $1', [delivery?.id])).toEqual([]);
  });
});

describe('read work', () => {
  test('cannot write, whatever is called', async () => {
    await expect(read(tenants.a).insert('notes', [{ title: unique() }])).rejects.toThrow(/tried to write/);
    await expect(read(tenants.a).query('rename', { id: randomUUID(), title: 'x' })).rejects.toThrow(/tried to write/);
    expect(() => read(tenants.a).emit({ name: 'a', version: 1, subject: 's', payload: {} })).toThrow(/tried to emit/);
  });

  test('goes on after a failed statement on the same connections', async () => {
    for (let index = 0; index < 30; index++) {
      await expect(read(tenants.a).find('notes', { where: { rank: 'x' } })).rejects.toMatchObject({
        code: 'invalid-input',
      });
    }
    expect(await read(tenants.a).count('notes', { rank: -1 })).toBe(0);
  });
});

describe('what the kernel counts', () => {
  test('a statement is asked for when there is a connection, and not sent when it is refused', async () => {
    let [asked, allowed] = [0, 10];
    const refused = new Error('no more of the database');
    const unit = plugin.open({
      ...scope(tenants.a, true),
      beforeStatement: () => {
        asked += 1;
        if (asked > allowed) throw refused;
      },
    });
    const answers = await Promise.allSettled(
      Array.from({ length: 30 }, () => unit.query('tagged', { tag: 'nobody has it' })),
    );
    expect(asked).toBe(30);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    // All connections are back.
    allowed = 60;
    await Promise.all(Array.from({ length: 30 }, () => unit.count('notes', {})));
  });

  test('a refused statement undoes nothing of what was done before', async () => {
    let isRefused = false;
    const title = unique();
    const unit = plugin.open({
      ...scope(tenants.a, false),
      beforeStatement: () => {
        if (isRefused) throw new Error('no more of the database');
      },
    });
    await unit.insert('notes', [{ title }]);
    isRefused = true;
    await expect(unit.insert('notes', [{ title: unique() }])).rejects.toThrow('no more of the database');
    await unit.commit();
    expect(await read(tenants.a).count('notes', { title })).toBe(1);
  });

  test('are also rows that a named query changes and does not return', async () => {
    const titles = Array.from({ length: 5 }, unique);
    const changed: number[] = [];
    const unit = plugin.open({ ...scope(tenants.a, false), changed: (count) => void changed.push(count) });
    await unit.insert(
      'notes',
      titles.map((title) => ({ title })),
    );
    await unit.query('copy', { titles });
    expect(await unit.query('ranked', { titles, rank: 7 })).toHaveLength(5);
    await unit.query('tagged', { tag: 'nobody has it' });
    await unit.rollback();
    expect(changed).toEqual([5]);
  });
});

describe('refusals', () => {
  test.each([
    [{ title: 'x'.repeat(100) }, 'invalid-input'],
    [{ title: null }, 'invalid-input'],
    [{ title: 'a', id: 'junk' }, 'invalid-input'],
    [{ title: 'a', day: '2026-13-45' }, 'invalid-input'],
    [{ title: 'a', big: 1e30 }, 'invalid-input'],
  ])('%j → %s', async (row, code) => {
    await expect(write(tenants.a, (unit) => unit.insert('notes', [row]))).rejects.toMatchObject({ code });
  });

  test('a junk id in a condition finds nothing', async () => {
    expect(await read(tenants.a).find('notes', { where: { id: `1'; drop table notes` } })).toEqual([]);
  });

  test('a lost connection fails the work and not the process', async () => {
    const unit = plugin.open(scope(tenants.a, false));
    await unit.insert('notes', [{ title: unique() }]);
    await rows(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename like '%work_test' and state = 'idle in transaction'`,
    );
    await expect(unit.insert('notes', [{ title: unique() }])).rejects.toThrow();
    await unit.rollback();
    expect(await read(tenants.a).count('notes', { rank: -1 })).toBe(0);
  });
});

test('its sessions come after the kernel where the server is on this machine', async () => {
  await read(tenants.a).count('notes', {});
  const sessions = await rows(
    `select pid from pg_stat_activity where datname = current_database() and usename like '%\\_p\\_work\\_test'`,
  );
  expect(sessions).not.toEqual([]);
  const behind = sessions.map(() => getPriority() + 10);
  await expect.poll(() => sessions.map(({ pid }) => getPriority(Number(pid)))).toEqual(behind);
});

test('pages neither repeat nor skip rows that share their sort key', async () => {
  const tag = unique();
  await write(tenants.b, (unit) =>
    unit.insert(
      'notes',
      Array.from({ length: 25 }, (_, index) => ({ title: `${tag} ${index}`, rank: 1000 + (index % 3), tags: [tag] })),
    ),
  );
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(tenants.b).page('notes', {
      where: { rank: { gte: 1000 } },
      order: ['-rank'],
      limit: 7,
      cursor,
    });
    seen.push(...page.items.map((item) => item.title as string));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toHaveLength(25);
  expect(new Set(seen).size).toBe(25);
});
