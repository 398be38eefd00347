import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    ],
  },
  files: {
    'src/plugin.ts': `export default { actions: { try: async (ctx) => ({
      available: await ctx.actions.available('notes.notes.count'),
      problem: await ctx.actions.call('notes.notes.count', { topic: 'a' }).catch((problem) => problem.reason),
    }) } };`,
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
