import type { Platform } from '@bazaar/sdk/testing';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDocument, startWholePlatform } from './support/fixture-platform.ts';
import { isForOperators, type OpenApiDocument, type Operation, operationsOf } from './support/operations.ts';

interface Described {
  description?: string;
  responses?: Record<string, { content?: object }>;
}

let platform: Platform;
let document: OpenApiDocument;
let operations: Operation[];
beforeAll(async () => {
  platform = await startWholePlatform();
  document = await readDocument(platform);
  operations = operationsOf(document);
});
afterAll(() => platform.stop());

test('the document is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate(JSON.parse(JSON.stringify(document)));
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect(document.openapi).toMatch(/^3\.1\./);
});

test('every reference leads somewhere', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target = '']) => target);
  for (const target of new Set(references)) {
    const found = target
      .replace(/^#\//, '')
      .split('/')
      .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
    expect(found, target).toBeDefined();
  }
});

test('operation ids are unique and every operation says what it is', () => {
  const ids = operations.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const methods of Object.values(document.paths)) {
    for (const operation of Object.values(methods) as unknown as { summary: string; tags: string[] }[]) {
      expect(operation.summary.length).toBeGreaterThan(3);
      expect(operation.tags).toHaveLength(1);
    }
  }
});

test('each operation says for whom it is, and what it takes', () => {
  const said = (path: string, method: string) => {
    const { description = '', responses = {} } = (document.paths[path]?.[method] ?? {}) as Described;
    return { description, refusals: Object.keys(responses), types: Object.keys(responses[200]?.content ?? {}) };
  };
  expect(said('/api/me', 'get')).toMatchObject({ description: '', refusals: expect.not.arrayContaining(['403']) });
  expect(said('/api/users', 'get').description).toBe('Needs the permission `core:users.read`.');
  expect(said('/api/sessions', 'get').description).toMatch(/not for API keys/);
  expect(said('/api/platform/tenants', 'get').description).toBe('For operators of the platform.');
  expect(said('/api/keys', 'post').description).toMatch(/core:keys.manage.+proof within the last 15 minutes/);
  expect(said('/api/p/notes/notes', 'get').description).toMatch(/Needs a licence/);
  for (const [path, method] of [
    ['/api/users', 'get'],
    ['/api/platform/tenants', 'get'],
    ['/api/me/password', 'post'],
  ] as const) {
    expect(said(path, method).refusals, path).toEqual(expect.arrayContaining(['400', '401', '403', '429', 'default']));
  }
  expect(said('/api/operator/payouts.csv', 'get').types).toEqual(['text/csv']);
  expect(said('/api/privacy/archives/{id}', 'get').types).toEqual(['application/zip']);
});

test('every documented route exists with exactly its methods', async () => {
  for (const path of new Set(operations.map((operation) => operation.path))) {
    const response = await platform.visitor().fetch('OPTIONS', path.replaceAll(/\{\w+\}/g, 'x'));
    if (path.endsWith('z')) continue;
    const documented = operations.filter((operation) => operation.path === path).map(({ method }) => method);
    const allowed = (response.headers.get('Allow') ?? '').split(', ').filter((name) => !/HEAD|OPTIONS/.test(name));
    expect(allowed, path).toEqual(expect.arrayContaining(documented));
  }
});

describe('what a tenant sees', () => {
  test('only the plugins it can use', async () => {
    const { accessToken } = await platform.signIn('owner@second.test');
    await platform.client(accessToken).json('POST', '/api/plugins/journal/disable');
    const before = operationsOf(await readDocument(platform, accessToken)).map(({ id }) => id);
    expect(before).toContain('notes.notes.list');
    await platform.client(accessToken).json('POST', '/api/plugins/notes/disable');
    const after = operationsOf(await readDocument(platform, accessToken)).map(({ id }) => id);
    expect(after.filter((id) => id.startsWith('notes.'))).toEqual([]);
    expect(after).toContain('getMe');
    const { accessToken: other } = await platform.signIn('owner@first.test');
    expect(operationsOf(await readDocument(platform, other)).map(({ id }) => id)).toContain('notes.notes.list');
  });
});

test('answers are what the document says of them', async () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    ajv.addSchema(schema, `#/components/schemas/${name}`);
  }
  const owner = await platform.as('owner');
  const operator = await platform.operator();
  const simple = operations.filter(
    ({ method, pathNames, parameters, success }) =>
      method === 'GET' && pathNames.length === 0 && success.schema && !parameters.some(({ required }) => required),
  );
  expect(simple.length).toBeGreaterThan(8);
  for (const { id, path, success } of simple) {
    // Captured mail is everybody's in demo mode only.
    const reader = isForOperators(path) || path === '/api/mailbox' ? operator : owner;
    const response = await reader.fetch('GET', path);
    expect([id, response.status]).toEqual([id, success.status]);
    // What is meant for spreadsheets has no schema of JSON.
    if (!response.headers.get('Content-Type')?.startsWith('application/json')) continue;
    const validate = ajv.compile(success.schema ?? {});
    const fits = validate(await response.json());
    expect([id, validate.errors ?? []]).toEqual([id, []]);
    expect(fits).toBe(true);
  }
});
