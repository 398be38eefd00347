import type { ApiClient, Platform } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inTurns, loggedFailures } from './support/attempts.ts';
import { readDocument, startWholePlatform } from './support/fixture-platform.ts';
import { JUNK_BODIES, JUNK_CONTENT_TYPES, JUNK_QUERIES, JUNK_SEGMENTS, JUNK_VALUES } from './support/junk.ts';
import {
  FAILS_ON_PURPOSE,
  fill,
  isForOperators,
  type OpenApiDocument,
  type Operation,
  operationsOf,
  type Schema,
} from './support/operations.ts';
import { NOBODY, sample } from './support/samples.ts';

let platform: Platform;
let document: OpenApiDocument;
let operations: Operation[];
let token: string;
/** Of an operator, for the routes that refuse everybody else before they look at anything. */
let operatorToken: string;
beforeAll(async () => {
  platform = await startWholePlatform();
  document = await readDocument(platform);
  operations = operationsOf(document);
  ({ accessToken: operatorToken } = await platform.signIn('operator@platform.test'));
});
// Anew for each test: some of what is tried ends the session.
beforeEach(async () => {
  // What is no password counts as a wrong one.
  for (const who of [{ email: 'owner@first.test' }, { email: 'operator@platform.test' }, { ip: '127.0.0.1' }]) {
    await platform.client(operatorToken).json('POST', '/api/operator/accounts/unlock', { body: who });
  }
  ({ accessToken: token } = await platform.signIn('owner@first.test'));
  ({ accessToken: operatorToken } = await platform.signIn('operator@platform.test'));
  statuses.clear();
});
afterAll(() => platform.stop());

interface Attempt {
  path: string;
  method: string;
  headers?: Record<string, string>;
  body?: string;
}

/** How often each status was answered in the present test. */
const statuses = new Map<number, number>();

const tokenFor = (path: string) => (isForOperators(path) ? operatorToken : token);

/** Sends it as it is (a client library would repair it) and says what is wrong with the answer, if anything. */
async function complaint({ path, method, headers, body }: Attempt, auth = true): Promise<string | undefined> {
  const response = await fetch(platform.url + path, {
    method,
    headers: { ...(auth ? { Authorization: `Bearer ${tokenFor(path)}` } : {}), ...headers },
    ...(body === undefined ? {} : { body }),
    redirect: 'manual',
  });
  statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
  const text = await response.text();
  const shown = `${method} ${path.slice(0, 150)} ${body?.slice(0, 150) ?? ''} → ${response.status} ${text.slice(0, 300)}`;
  if (response.status >= 500) return shown;
  if (response.status < 400) return undefined;
  if (!response.headers.get('Content-Type')?.startsWith('application/problem+json')) return `no problem: ${shown}`;
  const problem = JSON.parse(text) as { status: number; code: string; detail: string; requestId: string };
  return problem.status === response.status && problem.code && problem.detail && problem.requestId ? undefined : shown;
}

async function tryAll(attempts: Iterable<Attempt>, auth = true): Promise<{ tried: number; complaints: string[] }> {
  const complaints: string[] = [];
  const tried = await inTurns(attempts, async (attempt) => {
    const found = await complaint(attempt, auth);
    if (found) complaints.push(found);
  });
  return { tried, complaints };
}

const honestPath = (operation: Operation) =>
  fill(operation, Object.fromEntries(operation.pathNames.map((name) => [name, NOBODY])));

const SHARES = 3;
let turn = 0;

/**
 * Each place gets a third of the values, neighbouring places different ones: there are hundreds of places, and they are
 * checked by the same code. `JUNK=all` tries every value at every place.
 */
function share<Value>(values: readonly Value[]): readonly Value[] {
  if (process.env.JUNK === 'all') return values;
  turn += 1;
  return values.filter((_, index) => (index + turn) % SHARES === 0);
}

function* withJunkPaths(): Generator<Attempt> {
  for (const operation of operations) {
    for (const name of operation.pathNames) {
      const others = Object.fromEntries(operation.pathNames.map((other) => [other, NOBODY]));
      for (const junk of JUNK_SEGMENTS) {
        const body = operation.body ? JSON.stringify(sample(operation.body, document.components.schemas)) : undefined;
        yield {
          method: operation.method,
          path: fill(operation, { ...others, [name]: junk }),
          ...(body === undefined ? {} : { body, headers: { 'Content-Type': 'application/json' } }),
        };
      }
    }
  }
}

function* withJunkQueries(): Generator<Attempt> {
  for (const operation of operations) {
    const path = honestPath(operation);
    const names = operation.parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name);
    for (const name of names) {
      for (const junk of share(JUNK_QUERIES)) yield { method: operation.method, path: `${path}?${name}=${junk}` };
      yield { method: operation.method, path: `${path}?${name}=1&${name}=2` };
    }
    for (const query of ['unheardOf=1', '__proto__=1', 'constructor=1', 'a[b]=1', '&&&', '=', '=1', 'a%']) {
      yield { method: operation.method, path: `${path}?${query}` };
    }
  }
}

const json = { 'Content-Type': 'application/json' };

function* withJunkBodies(): Generator<Attempt> {
  for (const operation of operations) {
    if (operation.method === 'GET' || FAILS_ON_PURPOSE.has(operation.id)) continue;
    const { method } = operation;
    const path = honestPath(operation);
    for (const body of share(JUNK_BODIES)) yield { method, path, body, headers: json };
    for (const type of JUNK_CONTENT_TYPES) yield { method, path, body: '{"a":1}', headers: { 'Content-Type': type } };
  }
}

function propertiesOf(schema: Schema | undefined): string[] {
  return Object.keys((schema?.properties as object | undefined) ?? {});
}

function* withJunkFields(): Generator<Attempt> {
  for (const operation of operations) {
    if (!operation.body || FAILS_ON_PURPOSE.has(operation.id)) continue;
    const whole = sample(operation.body, document.components.schemas) as object;
    for (const name of [...propertiesOf(operation.body), 'unheardOf']) {
      for (const junk of share(JUNK_VALUES)) {
        const body = JSON.stringify({ ...whole, [name]: junk });
        yield { method: operation.method, path: honestPath(operation), body, headers: json };
      }
    }
  }
}

function* withWrongMethods(): Generator<Attempt> {
  for (const path of new Set(operations.map(honestPath))) {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND']) {
      if (operations.some((operation) => operation.method === method && honestPath(operation) === path)) continue;
      if (method !== 'HEAD') yield { method, path };
    }
  }
}

test.each([
  ['paths', withJunkPaths, 200],
  ['queries', withJunkQueries, 500],
  ['bodies', withJunkBodies, 300],
  ['fields', withJunkFields, 300],
  ['methods', withWrongMethods, 100],
] as const)(
  'junk in %s is refused in words, never a failure',
  { timeout: 240_000 },
  async (_where, attempts, least) => {
    const { tried, complaints } = await tryAll(attempts());
    expect(complaints).toEqual([]);
    expect(tried).toBeGreaterThan(least);
    // Otherwise this would only have tried the door.
    expect(statuses.get(401) ?? 0).toBeLessThan(tried / 10);
  },
);

test('without signing in nothing that needs it is said', { timeout: 60_000 }, async () => {
  const closed = operations.filter(({ isPublic }) => !isPublic);
  const attempts = closed.map((operation) => ({ method: operation.method, path: honestPath(operation) }));
  const { complaints } = await tryAll(attempts, false);
  expect(complaints).toEqual([]);
});

test('the platform is as well as before', async () => {
  const owner: ApiClient = await platform.as('owner', 'second');
  expect(await owner.json('GET', '/readyz')).toMatchObject({ ready: true });
  expect(await owner.call('notes.notes.list')).toMatchObject({ items: [] });
  expect(loggedFailures(platform)).toEqual([]);
});
