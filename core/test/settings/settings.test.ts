import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/data/index.ts';
import { createSealer, deriveKey } from '../../src/secrets/index.ts';
import { createSettings } from '../../src/settings/index.ts';
import { createTestTenant, eventually, signIn } from '../support/people.ts';
import { createTestDatabase, silentLogger, type TestDatabase } from '../support/test-database.ts';
import { manifest, startTestNode, type TestNode } from '../support/test-node.ts';

const SECRET = { type: 'string', 'x-secret': true, minLength: 8, pattern: '^sk-' };
const MAILER = manifest('mailer', {
  settings: {
    type: 'object',
    additionalProperties: false,
    required: ['apiKey'],
    properties: {
      sender: { type: 'string', format: 'email', default: 'noreply@example.test' },
      perHour: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
      apiKey: SECRET,
      smtp: {
        type: 'object',
        additionalProperties: false,
        properties: { host: { type: 'string' }, password: SECRET, port: { type: 'integer', default: 25 } },
      },
      hooks: { type: 'array', items: { type: 'object', properties: { url: { type: 'string' }, key: SECRET } } },
    },
  },
});
const PLAIN = manifest('plain');
const KEYS = ['sk-topsecret-1', 'sk-topsecret-2', 'sk-topsecret-3', 'sk-topsecret-4'] as const;
const PATH = '/api/plugins/mailer/settings';

let test: TestDatabase;
let node: TestNode;
let far: TestNode;
let closeFar: () => Promise<void>;
let acme: { tenantId: string; token: string; viewer: string };
let other: { tenantId: string; token: string };

beforeAll(async () => {
  test = await createTestDatabase();
  const connection = { connection: test.connection };
  const elsewhere = await openDatabase({ server: connection, secret: 'secret of the tests', logger: silentLogger });
  node = await startTestNode(test.database, { plugins: [MAILER, PLAIN] });
  far = await startTestNode(elsewhere, { plugins: [MAILER, PLAIN] });
  closeFar = async () => {
    await far.close();
    await elsewhere.close();
  };
  const first = await createTestTenant(test.database, 'acme', {
    'owner@acme.test': 'owner',
    'viewer@acme.test': 'viewer',
  });
  const second = await createTestTenant(test.database, 'other', { 'owner@other.test': 'owner' });
  acme = {
    tenantId: first.tenantId,
    token: (await signIn(node, 'owner@acme.test')).accessToken,
    viewer: (await signIn(node, 'viewer@acme.test')).accessToken,
  };
  other = { tenantId: second.tenantId, token: (await signIn(node, 'owner@other.test')).accessToken };
});

afterAll(async () => {
  await closeFar();
  await node.close();
  await test.drop();
});

function put(values: unknown, more: Record<string, unknown> = {}, token = acme.token) {
  return node.call('PUT', PATH, { token, body: { values, ...more } });
}

const FULL = {
  sender: 'jobs@acme.test',
  apiKey: KEYS[0],
  smtp: { host: 'mail.acme.test', password: KEYS[1] },
  hooks: [{ url: 'https://a.test', key: KEYS[2] }],
};

describe('settings', () => {
  it('begin with the defaults', async () => {
    const reply = await node.call('GET', PATH, { token: acme.token });
    expect(reply).toMatchObject({
      status: 200,
      body: {
        plugin: 'mailer',
        schema: { properties: { apiKey: { 'x-secret': true } } },
        values: { sender: 'noreply@example.test', perHour: 100 },
        secretsSet: [],
        secretsReadable: true,
        revision: 'none',
        updatedAt: null,
      },
    });
    expect(await node.settings.get(acme.tenantId, 'mailer')).toEqual({ sender: 'noreply@example.test', perHour: 100 });
  });

  it('keep secrets from everybody but the plugin', async () => {
    const replies = [await put(FULL), await node.call('GET', PATH, { token: acme.token })];
    for (const reply of replies) {
      expect(reply).toMatchObject({
        status: 200,
        body: {
          values: { sender: 'jobs@acme.test', perHour: 100, smtp: { host: 'mail.acme.test', port: 25 } },
          secretsSet: ['/apiKey', '/hooks', '/smtp/password'],
        },
      });
      expect(JSON.stringify(reply.body)).not.toContain('topsecret');
    }
    expect(await node.settings.get(acme.tenantId, 'mailer')).toEqual({
      ...FULL,
      perHour: 100,
      smtp: { ...FULL.smtp, port: 25 },
    });

    const admin = await test.admin();
    const { rows } = await admin.query(
      `select 'settings' as place, row_to_json(s)::text as text from core.settings s
       union all select 'audit', row_to_json(a)::text from core.audit_log a`,
    );
    expect(rows.length).toBeGreaterThan(1);
    for (const { text } of rows as { text: string }[]) {
      expect(text).not.toContain('topsecret');
      expect(text).not.toContain(Buffer.from('topsecret').toString('hex'));
    }
    const audit = await node.call('GET', '/api/audit?action=settings.changed&limit=1', { token: acme.token });
    expect(audit.body.items).toMatchObject([
      {
        plugin: 'mailer',
        detail: { changed: ['sender', 'smtp'], secretsChanged: ['/apiKey', '/hooks', '/smtp/password'] },
      },
    ]);
  });

  it('keep an absent secret, replace a new one, remove one that is null', async () => {
    await put({ ...FULL, apiKey: undefined, hooks: null, smtp: { host: 'h', password: KEYS[3] } });
    expect(await node.settings.get(acme.tenantId, 'mailer')).toEqual({
      sender: 'jobs@acme.test',
      perHour: 100,
      apiKey: KEYS[0],
      smtp: { host: 'h', password: KEYS[3], port: 25 },
    });
    expect((await put({ sender: 'jobs@acme.test' })).body.secretsSet).toEqual(['/apiKey']);
  });

  it.each([
    [{ apiKey: KEYS[0], sender: 'nobody' }, '/values/sender'],
    [{ apiKey: KEYS[0], perHour: 0 }, '/values/perHour'],
    [{ apiKey: KEYS[0], perHour: '7' }, '/values/perHour'],
    [{ apiKey: 'topsecret-but-wrong' }, '/values/apiKey'],
    [{ apiKey: null }, '/values/apiKey'],
    [{ apiKey: KEYS[0], smtp: { password: 7 } }, '/values/smtp/password'],
    [{ apiKey: KEYS[0], unknown: 1 }, '/values/unknown'],
    [{ apiKey: KEYS[0], hooks: [{ key: 'short-topsecret' }] }, '/values/hooks/0/key'],
  ])('refuse %j at %s, and tell nothing', async (values, pointer) => {
    const reply = await put(values);
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalid-input', errors: [{ pointer }] } });
    expect(JSON.stringify(reply.body)).not.toContain('topsecret');
    expect((await node.settings.get(acme.tenantId, 'mailer')).apiKey).toBe(KEYS[0]);
  });

  it('refuse what is not settings at all', async () => {
    for (const body of [{}, { values: null }, { values: [] }, { values: 'x' }, [], { values: {}, extra: 1 }]) {
      expect((await node.call('PUT', PATH, { token: acme.token, body })).status).toBe(400);
    }
    expect((await put({ apiKey: KEYS[0], sender: `${'a'.repeat(70_000)}@x.test` })).status).toBe(413);
    expect(
      (await node.call('PUT', '/api/plugins/plain/settings', { token: acme.token, body: { values: { a: 1 } } })).status,
    ).toBe(400);
    expect(
      (await node.call('PUT', '/api/plugins/plain/settings', { token: acme.token, body: { values: {} } })).status,
    ).toBe(200);
    expect((await node.call('GET', '/api/plugins/nothing/settings', { token: acme.token })).status).toBe(404);
  });

  it('are not overwritten by somebody who has not seen them', async () => {
    const { revision } = (await node.call('GET', PATH, { token: acme.token })).body as { revision: string };
    const replies = await Promise.all([1, 2, 3, 4, 5].map((perHour) => put({ perHour }, { revision })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    expect(replies.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'conflict',
      reason: 'stale-revision',
    });
    const winner = replies.find(({ status }) => status === 200);
    expect((await put({ perHour: 9 }, { revision: winner?.body.revision })).status).toBe(200);
  });

  it('that are stored for the first time by two at once do not mix', async () => {
    const first = { values: { apiKey: KEYS[2] }, revision: 'none' };
    const replies = await Promise.all([1, 2, 3].map(() => node.call('PUT', PATH, { token: other.token, body: first })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it('write no line when nothing changes', async () => {
    const lines = async () =>
      (
        (await node.call('GET', '/api/audit?action=settings.changed&limit=100', { token: acme.token })).body
          .items as unknown[]
      ).length;
    const before = await lines();
    const { revision } = (await put({ perHour: 9 })).body;
    expect((await put({ perHour: 9 })).body.revision).toBe(revision);
    expect(await lines()).toBe(before);
  });

  it('of one tenant are not those of another', async () => {
    await put({ perHour: 11 });
    expect((await node.settings.get(other.tenantId, 'mailer')).perHour).toBe(100);
    expect((await node.settings.get(other.tenantId, 'mailer')).apiKey).toBe(KEYS[2]);
  });

  it('need a permission', async () => {
    expect((await node.call('GET', PATH, { token: acme.viewer })).status).toBe(403);
    expect((await put({ perHour: 1 }, {}, acme.viewer)).status).toBe(403);
    expect((await node.call('GET', PATH)).status).toBe(401);
  });

  it('are seen on the other node after a change', async () => {
    const perHour = async () => (await far.settings.get(acme.tenantId, 'mailer')).perHour;
    await put({ perHour: 21 });
    await eventually(async () => (await perHour()) === 21);
    await put({ perHour: 22 });
    expect((await node.settings.get(acme.tenantId, 'mailer')).perHour).toBe(22);
    await eventually(async () => (await perHour()) === 22);
  });

  it('are a copy for each reader', async () => {
    const mine = await node.settings.get(acme.tenantId, 'mailer');
    mine.perHour = -1;
    (mine.smtp as { host?: string } | undefined) ??= { host: 'changed' };
    expect((await node.settings.get(acme.tenantId, 'mailer')).perHour).toBe(22);
    expect(await node.settings.get(acme.tenantId, 'nothing')).toEqual({});
  });

  it('say so when the platform’s secret has changed, and take the secrets anew', async () => {
    const rekeyed = createSettings({
      db: test.database,
      changes: node.changes,
      plugins: { get: () => ({ manifest: MAILER }) },
      sealer: createSealer(deriveKey('another platform secret, long enough', 'settings')),
      compile: () => () => [],
    });
    const { tenantId } = acme;
    await expect(rekeyed.get(tenantId, 'mailer')).rejects.toMatchObject({
      code: 'unavailable',
      reason: 'secrets-unreadable',
    });
    expect(await rekeyed.show(tenantId, 'mailer')).toMatchObject({
      secretsReadable: false,
      secretsSet: [],
      values: { perHour: 22 },
    });
    const trace = { actor: { kind: 'system', userId: null }, requestId: null } as const;
    const userId = '00000000-0000-4000-8000-000000000000';
    await rekeyed.change('mailer', { values: { perHour: 22, apiKey: KEYS[3] } }, { tenantId, userId, trace });
    expect(await rekeyed.get(tenantId, 'mailer')).toMatchObject({ apiKey: KEYS[3], perHour: 22 });
    rekeyed.close();
  });
});
