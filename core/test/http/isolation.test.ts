import type { ApiClient, Platform } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDocument, startWholePlatform } from './support/fixture-platform.ts';
import { fill, isForOperators, type OpenApiDocument, type Operation, operationsOf } from './support/operations.ts';
import { sample } from './support/samples.ts';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

let platform: Platform;
let document: OpenApiDocument;
let operations: Operation[];
/** Everything its own tenant may do, in a tenant that has nothing. */
let stranger: ApiClient;
/** Its like in two tenants with data. */
let resident: ApiClient;
let demoOwner: ApiClient;
beforeAll(async () => {
  platform = await startWholePlatform({ demo: true });
  document = await readDocument(platform);
  operations = operationsOf(document);
  stranger = await platform.as('owner', 'second');
  resident = await platform.as('owner', 'first');
  demoOwner = platform.client((await platform.signIn('owner@acme.test', 'bazaar-demo-1')).accessToken);
  for (let number = 0; number < 3; number++) {
    await resident.call('notes.notes.create', { topic: `of the first tenant ${number}`, number });
  }
});
afterAll(() => platform.stop());

/** Where an operation takes the id of something that belongs to a tenant. Plugins' ids are the same for everybody. */
const idNames = ({ pathNames, parameters }: Operation) =>
  pathNames.filter((name) => name !== 'plugin' && parameters.find((one) => one.name === name)?.in === 'path');

function collectIds(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    if (UUID.test(value)) found.add(value);
  } else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) collectIds(item, found);
  }
}

/**
 * Every id that a person finds by reading all that can be read, first lists, then what they lead to. Operation id →
 * the ids it answered to; under the empty name all of them.
 */
async function idsOf(client: ApiClient, byOperation: Map<string, Set<string>>): Promise<void> {
  const reads = operations.filter(({ method, pathNames }) => method === 'GET' && !pathNames.includes('plugin'));
  const known = new Set<string>();
  for (const operation of [...reads].sort((a, b) => idNames(a).length - idNames(b).length)) {
    const names = idNames(operation);
    if (names.length > 1) continue;
    const found = byOperation.get(operation.id) ?? new Set();
    const visit = async (id: string) => {
      const response = await client.fetch('GET', fill(operation, Object.fromEntries(names.map((name) => [name, id]))));
      if (!response.ok) return;
      if (names.length > 0) found.add(id);
      if (response.headers.get('Content-Type')?.startsWith('application/json')) {
        collectIds(await response.json(), known);
      }
    };
    await Promise.all((names.length === 0 ? [''] : [...known].slice(0, 100)).map(visit));
    byOperation.set(operation.id, found);
  }
  byOperation.set('', new Set([...(byOperation.get('') ?? []), ...known]));
}

function requestOf(operation: Operation, id: string) {
  const path = fill(
    operation,
    Object.fromEntries(operation.pathNames.map((name) => [name, name === 'plugin' ? 'notes' : id])),
  );
  const body = operation.body === undefined ? undefined : sample(operation.body, document.components.schemas);
  return { path, options: body === undefined ? {} : { body } };
}

test('what one tenant can read by id is not there for another', { timeout: 240_000 }, async () => {
  const ids = new Map<string, Set<string>>();
  await idsOf(resident, ids);
  await idsOf(demoOwner, ids);
  const all = [...(ids.get('') ?? [])];
  expect(all.length).toBeGreaterThan(5);
  // What is there for every visitor is no tenant's.
  const withIds = operations.filter((operation) => !operation.isPublic && idNames(operation).length > 0);
  expect(withIds.length).toBeGreaterThan(3);
  const leaks = new Map<string, string>();
  for (const operation of withIds) {
    // The ids this very route knows come first; of the others a few, to find routes that confuse kinds.
    const own = [...(ids.get(operation.id) ?? [])].slice(0, 20);
    const attempt = async (id: string) => {
      const { path, options } = requestOf(operation, id);
      const response = await stranger.fetch(operation.method, path, options);
      const answer = await response.text();
      // Operators' routes refuse before they look for anything, as do those whose ids have another form.
      const refusal = isForOperators(operation.path) ? 403 : 404;
      const otherForm = response.status === 400 && idNames(operation).some((name) => answer.includes(`"/${name}"`));
      if (response.status !== refusal && !otherForm) leaks.set(operation.id, `${path} → ${response.status} ${answer}`);
    };
    await Promise.all([...new Set([...own, ...all.slice(0, 15), ...all.slice(-15)])].map(attempt));
  }
  expect(Object.fromEntries(leaks)).toEqual({});
});

test('and nothing of it was changed by trying', async () => {
  const notes = await resident.call<{ items: { topic: string }[] }>('notes.notes.list');
  expect(notes.items).toHaveLength(3);
  expect(await stranger.call<{ items: unknown[] }>('notes.notes.list')).toEqual({ items: [] });
});
