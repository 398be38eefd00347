import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { JsonObject } from '@bazaar/sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FIXTURES, startTestKernel, type TestKernel } from './support/kernel.ts';
import { type PluginSpec, writePlugin } from './support/write-plugin.ts';

let kernel: TestKernel;
let folder: string;

/** Written for a version of the notes that is not the one installed. */
const OUTDATED: PluginSpec = {
  id: 'outdated',
  manifest: {
    optional: { notes: '^9.0.0' },
    capabilities: [{ capability: 'action:notes.notes.count', reason: 'Counts the notes' }],
    actions: [
      { name: 'try', summary: 'Tries', effect: 'read', permission: 'public', input: { type: 'object' }, output: {} },
      { name: 'people', summary: 'Asks', effect: 'read', permission: 'public', input: { type: 'object' }, output: {} },
    ],
  },
  files: {
    'src/plugin.ts': `export default { actions: { try: async (ctx) => ({
      available: await ctx.actions.available('notes.notes.count'),
      problem: await ctx.actions.call('notes.notes.count', { topic: 'a' }).catch((problem) => problem.reason),
    }), people: (ctx) => ctx.users.page().catch((problem) => problem.reason) } };`,
  },
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bazaar-invoke-'));
  kernel = await startTestKernel({
    plugins: [join(FIXTURES, 'notes'), join(FIXTURES, 'journal'), writePlugin(folder, OUTDATED)],
    actionDeadlineMs: 400,
  });
});

afterAll(async () => {
  await kernel.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  kernel.licences.states.clear();
  kernel.licences.disabled.clear();
  kernel.log.lines.length = 0;
  const admin = await kernel.test.admin();
  // The audit log refuses to be emptied.
  await admin.query(
    'set session_replication_role = replica; truncate p_notes.notes, core.outbox, core.audit_log, core.tasks',
  );
});

async function rows(sql: string): Promise<JsonObject[]> {
  return (await (await kernel.test.admin()).query(sql)).rows as JsonObject[];
}

async function create(topic: string, number = 1): Promise<string> {
  const { id } = (await kernel.invoke('notes', 'notes.create', { topic, number })) as { id: string };
  return id;
}

const misbehave = (how: string, argument?: JsonObject[string]) =>
  kernel.invoke('notes', 'misbehave', { how, ...(argument === undefined ? {} : { argument }) });

describe('an action', () => {
  it('reads and writes the rows of its tenant only', async () => {
    expect(kernel.loaded.problems).toEqual([]);
    const id = await create('a');
    expect(await kernel.invoke('notes', 'notes.get', { id })).toMatchObject({ id, topic: 'a', number: 1, body: '' });
    await expect(kernel.invoke('notes', 'notes.get', { id }, { tenant: 'b' })).rejects.toMatchObject({
      code: 'not-found',
      status: 404,
    });
    expect(await kernel.invoke('notes', 'notes.list', {}, { tenant: 'b' })).toEqual({ items: [] });
    expect(await kernel.invoke('notes', 'notes.count', { topic: 'a' }, { user: null })).toBe(1);
  });

  it('commits rows, event and audit entry together and wakes the relay', async () => {
    const before = kernel.woken();
    const id = await create('b');
    expect(kernel.woken()).toBe(before + 1);
    expect(await rows('select name, subject, payload, request_id from core.outbox')).toEqual([
      { name: 'note.created', subject: 'b', payload: { topic: 'b', number: 1 }, request_id: 'request-1' },
    ]);
    expect(await rows('select actor_kind, action, entity_id, detail, plugin_id, ip from core.audit_log')).toEqual([
      {
        actor_kind: 'user',
        action: 'notes.note.created',
        entity_id: id,
        detail: { fields: ['topic', 'number', 'body'] },
        plugin_id: 'notes',
        ip: '192.0.2.1',
      },
    ]);
  });

  it('fills in defaults and names every wrong field', async () => {
    await expect(kernel.invoke('notes', 'notes.create', { topic: '', number: 'x', colour: 1 })).rejects.toMatchObject({
      code: 'invalid-input',
      errors: expect.arrayContaining([
        { pointer: '/topic', message: 'This field is required.' },
        { pointer: '/number', message: 'Must be of type integer.' },
        { pointer: '/colour', message: 'This field is not known.' },
      ]) as unknown,
    });
    await expect(kernel.invoke('notes', 'notes.get', { id: 'nonsense' })).rejects.toMatchObject({ status: 400 });
    await expect(kernel.invoke('notes', 'notes.create', { topic: 'a\0b', number: 1 })).rejects.toMatchObject({
      code: 'invalid-input',
      errors: [{ pointer: '/topic', message: expect.any(String) as unknown }],
    });
  });

  it('turns a broken rule of the data into its refusal', async () => {
    await create('twice');
    await expect(create('twice')).rejects.toMatchObject({ code: 'conflict', status: 409 });
    expect(await rows('select count(*)::int as n from core.outbox')).toEqual([{ n: 1 }]);
  });
});

describe('admission', () => {
  const read = () => kernel.invoke('notes', 'notes.list');
  const write = () => kernel.invoke('notes', 'notes.create', { topic: 'x', number: 1 });
  const key = () => `${kernel.tenants.a.id}/notes`;

  it('wants a licence: readable to read, writable to write', async () => {
    kernel.licences.states.set(key(), { state: 'none', readable: false, writable: false });
    await expect(read()).rejects.toMatchObject({
      code: 'licence-required',
      status: 402,
      action: { label: 'Start a trial or buy', href: '/admin/plugins/notes' },
    });
    kernel.licences.states.set(key(), { state: 'read-only', readable: true, writable: false });
    expect(await read()).toEqual({ items: [] });
    await expect(write()).rejects.toMatchObject({ code: 'licence-ended', reason: 'licence-read-only' });
    kernel.licences.states.set(key(), { state: 'expired', readable: false, writable: false });
    await expect(read()).rejects.toMatchObject({ code: 'licence-ended', status: 402 });
  });

  it('wants the plugin switched on', async () => {
    kernel.licences.disabled.add(key());
    await expect(read()).rejects.toMatchObject({ code: 'plugin-disabled', status: 403 });
    const notes = kernel.loaded.registry.get('notes');
    if (!notes) throw new Error('notes does not serve');
    await expect(
      kernel.calls.invoker.admit(notes, 'notes.list', { tenant: kernel.tenants.a, user: kernel.users.a }),
    ).rejects.toMatchObject({
      code: 'plugin-disabled',
    });
  });

  it('wants the permission, and names it', async () => {
    const user = { ...kernel.users.a, permissions: ['notes:notes.read'] };
    await expect(kernel.invoke('notes', 'notes.create', { topic: 'x', number: 1 }, { user })).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('notes:notes.write') as unknown,
    });
    await expect(kernel.invoke('notes', 'notes.list', {}, { user: null })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('keeps internal actions from outside callers', async () => {
    await expect(kernel.invoke('notes', 'internal')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('knows neither unknown plugins nor unknown actions', async () => {
    await expect(kernel.invoke('nothing', 'x')).rejects.toMatchObject({ code: 'not-found' });
    await expect(kernel.invoke('notes', 'constructor')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a handler that misbehaves', () => {
  it.each([
    ['return-date', /result of "misbehave" must be JSON: "at" is a Date/],
    ['return-function', /"call" is a function/],
    ['return-map', /"map" is a Map/],
    ['return-class', /the value is a Money/],
    ['return-cycle', /in itself/],
    ['return-undefined', /is undefined; use null/],
    ['return-wrong-type', /not what its output schema promises/],
    ['pass-date', /arguments of "db.find" must be JSON: "options.where.createdAt.gt" is a Date/],
    ['unknown-table', /nothing/],
    ['unknown-event', /"nothing" is not declared under "events"/],
    ['wrong-payload', /payload of "note.created" does not fit its schema: number: Must be of type integer/],
    ['fake-code', /nonsense/],
    ['call-self', /5 deep; do they go in a circle/],
  ])('%s: the caller learns nothing, the log everything', async (how, logged) => {
    await expect(misbehave(how)).rejects.toMatchObject({
      code: 'plugin-failed',
      status: 500,
      message: 'Notes failed to do this. The request id is request-1.',
    });
    const messages = kernel.log.lines.map((line) => String((line.data.err as Error | undefined)?.message));
    expect(messages.join('\n')).toMatch(logged);
    expect(kernel.log.lines[0]?.data).toMatchObject({ plugin: 'notes', handler: 'misbehave', requestId: 'request-1' });
  });

  it('has everything undone when it throws', async () => {
    await expect(misbehave('write-and-throw')).rejects.toMatchObject({
      code: 'plugin-failed',
      message: expect.not.stringContaining('secret') as unknown,
    });
    await expect(misbehave('write-and-refuse')).rejects.toMatchObject({
      code: 'unprocessable',
      status: 422,
      reason: 'not-like-this',
      errors: [{ pointer: '/a', message: 'No.' }],
    });
    await expect(misbehave('throw-string')).rejects.toMatchObject({ code: 'plugin-failed' });
    expect(
      await rows(
        'select 1 from p_notes.notes union all select 1 from core.outbox union all select 1 from core.audit_log',
      ),
    ).toEqual([]);
  });

  it('may throw the problem of another copy of the SDK', async () => {
    await expect(misbehave('foreign-problem')).rejects.toMatchObject({ code: 'conflict', reason: 'already-there' });
  });

  it('cannot commit after an error it swallowed', async () => {
    await expect(misbehave('swallow-error')).rejects.toMatchObject({ code: 'conflict' });
    expect(await rows('select 1 from p_notes.notes')).toEqual([]);
  });

  it('is answered for when it never returns', async () => {
    await expect(misbehave('never-return')).rejects.toMatchObject({
      code: 'unavailable',
      status: 503,
      reason: 'deadline-passed',
    });
    expect(await create('still serving')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('does nothing more once it has ended', async () => {
    const argument: { outcome?: string } = {};
    await misbehave('leave-running', argument);
    await expect.poll(() => argument.outcome).toMatch(/after its handler had ended/);
    expect(await rows('select 1 from p_notes.notes where number = 99')).toEqual([]);
  });

  it.each([
    ['write-and-refuse', /"db.insert" changes something, but the action is declared as "read"/],
    ['raise-task', /"tasks.raise" changes something/],
    ['wrong-payload', /"events.emit" changes something/],
    ['import-asset', /"files.importAsset" changes something/],
    ['call-self', /"actions.call" changes something/],
  ])('changes nothing in a read action: %s', async (how, logged) => {
    await expect(kernel.invoke('notes', 'misread', { how, argument: 'x' })).rejects.toMatchObject({
      code: 'plugin-failed',
    });
    expect(String((kernel.log.lines[0]?.data.err as Error | undefined)?.message)).toMatch(logged);
  });
});

describe('host operations', () => {
  it('raise and resolve tasks for holders of a permission', async () => {
    await misbehave('raise-task', {
      kind: 'PARSE_FAILURE',
      title: 'Look',
      audience: 'notes.read',
      key: 'k',
      link: '/notes/1',
    });
    await misbehave('raise-task', { kind: 'PARSE_FAILURE', title: 'Again', audience: 'notes:notes.read', key: 'k' });
    expect(await rows('select kind, title, audience, state, link from core.tasks')).toEqual([
      { kind: 'PARSE_FAILURE', title: 'Look', audience: 'notes:notes.read', state: 'open', link: '/notes/1' },
    ]);
    await misbehave('resolve-task', 'k');
    expect(await rows('select state from core.tasks')).toEqual([{ state: 'done' }]);
  });

  it('raise no more tasks than anybody could look at', async () => {
    const { a, b } = kernel.tenants;
    await (await kernel.test.admin()).query(
      `insert into core.tasks (tenant_id, plugin_id, kind, title, audience, key)
         select $1, 'notes', 'LOOK', 'Look', 'notes:notes.read', number from generate_series(1, 1000) number`,
      [a.id],
    );
    const raise = (key: string, tenant: 'a' | 'b' = 'a') =>
      kernel.invoke(
        'notes',
        'misbehave',
        { how: 'raise-task', argument: { kind: 'LOOK', title: 'One more', audience: 'notes.read', key } },
        { tenant },
      );
    await expect(raise('1001')).rejects.toMatchObject({
      code: 'conflict',
      status: 409,
      reason: 'too-many-open-tasks',
    });
    // What is open already is not one more; the other tenant has its own; what is done makes room.
    await raise('1000');
    await raise('1001', 'b');
    await misbehave('resolve-task', '7');
    await raise('1001');
    expect(
      await rows(`select tenant_id, count(*)::int as open from core.tasks where state = 'open' group by 1 order by 2`),
    ).toEqual([
      { tenant_id: b.id, open: 1 },
      { tenant_id: a.id, open: 1000 },
    ]);
  });

  it.each([
    [{ kind: 'nope', title: 'x', audience: 'notes.read' }],
    [{ kind: 'X', title: '', audience: 'notes.read' }],
    [{ kind: 'X', title: 'x', audience: 'core:plugins.manage' }],
    [{ kind: 'X', title: 'x', audience: 'notes.read', link: 'https://evil.example' }],
    [{ kind: 'X', title: 'x', audience: 'notes.read', link: '//evil.example' }],
    [{ kind: 'X', title: 'x', audience: 'notes.read', priority: 'extreme' }],
    ['text'],
  ])('refuse the task %j', async (task) => {
    await expect(misbehave('raise-task', task)).rejects.toMatchObject({ code: 'plugin-failed' });
  });

  it('read files of the plugin and nobody else’s', async () => {
    const store = (pluginId: string, content: string | Buffer) =>
      kernel.files.store(
        { tenantId: kernel.tenants.a.id, pluginId, userId: null },
        { name: 'a.txt', content: Readable.from([Buffer.from(content)]) },
      );
    const own = await store('notes', 'own text');
    const foreign = await store('other', 'foreign text');
    expect(await misbehave('read-file', own.id)).toEqual({ text: 'own text' });
    expect(await misbehave('read-document', own.id)).toEqual({ text: 'text of true' });
    for (const id of [foreign.id, 'nonsense', '../../etc/passwd', '']) {
      await expect(misbehave('read-file', id)).rejects.toMatchObject({ code: 'not-found' });
      await expect(misbehave('read-document', id)).rejects.toMatchObject({ code: 'not-found' });
    }
    await expect(misbehave('hand-over', foreign.id)).rejects.toMatchObject({ code: 'not-found' });
    const binary = await store('notes', Buffer.from([0xff, 0xfe, 0x00]));
    await expect(misbehave('read-file', binary.id)).rejects.toMatchObject({
      code: 'unprocessable',
      reason: 'not-text',
    });
    const large = await store('notes', Buffer.alloc(1024 * 1024 + 1, 'a'));
    await expect(misbehave('read-file', large.id)).rejects.toMatchObject({ code: 'too-large' });
    expect(kernel.usage.of('notes').map(({ capability }) => capability)).toEqual(
      expect.arrayContaining(['documents', 'files', 'tasks']),
    );
  });

  it('name the tenant’s own people, and nothing else of them', async () => {
    const { a } = kernel.tenants;
    const joined = await rows(
      `with u as (insert into core.users (email, name) values ('zoe@example.test', 'Zoë 100%'), ('sam@example.test', 'sam')
                  returning id, name)
       insert into core.memberships (tenant_id, user_id, status)
       select '${a.id}', id, case name when 'sam' then 'suspended' else 'active' end from u returning user_id as id`,
    );
    const everybody = [kernel.users.a.id, ...joined.map(({ id }) => String(id))];
    const first = (await misbehave('list-people', { limit: 1 })) as { items: JsonObject[]; nextCursor: string };
    expect(first.items).toEqual([{ id: kernel.users.a.id, name: 'tenant-a' }]);
    expect(await misbehave('list-people', { limit: 1, cursor: first.nextCursor })).toEqual({
      items: [{ id: expect.any(String) as unknown, name: 'Zoë 100%' }],
    });
    expect(await misbehave('list-people', { text: ' ZO' })).toMatchObject({ items: [{ name: 'Zoë 100%' }] });
    expect(await misbehave('list-people', { text: '0%%' })).toEqual({ items: [] });
    await expect(misbehave('list-people', { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'invalid-input' });
    for (const argument of [{ limit: 101 }, { limit: 0.5 }, { text: 1 }, 'all']) {
      await expect(misbehave('list-people', argument)).rejects.toMatchObject({ code: 'plugin-failed' });
    }

    expect(await misbehave('find-people', [...everybody, kernel.users.b.id, 'nobody'])).toEqual({
      items: [{ name: 'sam' }, { name: 'tenant-a' }, { name: 'Zoë 100%' }].map((one) => expect.objectContaining(one)),
    });
    expect(await misbehave('find-people', [kernel.users.b.id])).toEqual({ items: [] });
    await expect(
      misbehave(
        'find-people',
        Array.from({ length: 101 }, () => 'x'),
      ),
    ).rejects.toMatchObject({
      code: 'plugin-failed',
    });
    await expect(kernel.invoke('outdated', 'people')).resolves.toBe('capability-missing');
  });

  it('import files of the package and nothing else', async () => {
    expect(await misbehave('import-asset', 'demo/tenant-a.json')).toMatchObject({ name: 'tenant-a.json' });
    for (const path of ['../journal/plugin.json', '/etc/passwd', 'src', 'demo/../plugin.json', 'dist/x']) {
      await expect(misbehave('import-asset', path)).rejects.toMatchObject({ code: 'not-found' });
    }
  });

  it('show settings, report progress, write log lines', async () => {
    expect(await misbehave('see-settings')).toEqual({ greeting: 'Hello' });
    await misbehave('report-progress');
    expect(kernel.realtime.at(-1)).toEqual({
      tenantId: kernel.tenants.a.id,
      event: 'progress',
      payload: { plugin: 'notes', subject: 's', stage: 'half', percent: 50 },
    });
    await misbehave('log');
    expect(kernel.log.lines.at(-1)).toMatchObject({
      level: 'info',
      message: 'a line',
      data: { plugin: 'notes', data: { note: 1 } },
    });
  });
});

describe('calls between plugins', () => {
  const ask = (action: string, input: JsonObject, user = kernel.users.a) =>
    kernel.invoke('journal', 'ask', { action, input }, { user });

  it('run with the person’s rights, in a transaction of their own', async () => {
    expect(await ask('notes.internal', { say: 'hi' })).toEqual({
      answer: { said: 'hi', user: 'ann', plugin: 'notes' },
    });
    await ask('notes.notes.create', { topic: 'from journal', number: 1 });
    expect(await rows('select topic from p_notes.notes')).toEqual([{ topic: 'from journal' }]);
    expect(await rows(`select action, actor_kind from core.audit_log where plugin_id = 'notes'`)).toEqual([
      { action: 'notes.note.created', actor_kind: 'user' },
    ]);
    const weak = { ...kernel.users.a, permissions: ['journal:journal.read'] };
    await expect(ask('notes.notes.create', { topic: 'x', number: 2 }, weak)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('are refused without the capability, and say which', async () => {
    await expect(ask('notes.notes.get', { id: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('"action:notes.notes.get"') as unknown,
    });
    await expect(ask('nonsense', {})).rejects.toMatchObject({ code: 'plugin-failed' });
  });

  it('validate what they pass', async () => {
    await expect(ask('notes.notes.create', { topic: 1 })).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('see whether the other serves the tenant', async () => {
    const quietly = () =>
      kernel.invoke('journal', 'ask-quietly', { action: 'notes.notes.count', input: { topic: 'x' } });
    expect(await quietly()).toEqual({ available: true, answer: 0 });
    kernel.licences.states.set(`${kernel.tenants.a.id}/notes`, { state: 'none', readable: false, writable: false });
    await expect(quietly()).rejects.toMatchObject({ code: 'unavailable', reason: 'licence-none' });
  });

  it('need the version of the other that they were written for', async () => {
    expect(await kernel.invoke('outdated', 'try')).toEqual({ available: false, problem: 'version-mismatch' });
  });

  it('from a read action may only read', async () => {
    await expect(
      kernel.invoke('journal', 'ask-quietly', { action: 'notes.notes.create', input: { topic: 'x', number: 1 } }),
    ).rejects.toMatchObject({ code: 'plugin-failed' });
    expect(await rows('select 1 from p_notes.notes')).toEqual([]);
  });
});
