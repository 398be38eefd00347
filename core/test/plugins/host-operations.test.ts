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

/** Asks what it has no capability for. */
const CURIOUS: PluginSpec = {
  id: 'curious',
  manifest: {
    actions: [
      { name: 'people', summary: 'Asks', effect: 'read', permission: 'public', input: { type: 'object' }, output: {} },
    ],
  },
  files: {
    'src/plugin.ts': `export default { actions: {
      people: (ctx) => ctx.users.page().catch((problem) => problem.reason),
    } };`,
  },
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bazaar-operations-'));
  kernel = await startTestKernel({ plugins: [join(FIXTURES, 'notes'), writePlugin(folder, CURIOUS)] });
});

afterAll(async () => {
  await kernel.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await (await kernel.test.admin()).query('truncate core.tasks');
});

async function rows(sql: string): Promise<JsonObject[]> {
  return (await (await kernel.test.admin()).query(sql)).rows as JsonObject[];
}

const misbehave = (how: string, argument?: JsonObject[string]) =>
  kernel.invoke('notes', 'misbehave', { how, ...(argument === undefined ? {} : { argument }) });

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
    await expect(kernel.invoke('curious', 'people')).resolves.toBe('capability-missing');
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
