import type { ApiClient, Platform } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTurns, loggedFailures } from './support/attempts.ts';
import { readDocument, startWholePlatform } from './support/fixture-platform.ts';
import { JUNK_VALUES } from './support/junk.ts';
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
/** Who tries it, by role: a member, an owner of a demo tenant with data, an operator. */
let people: { name: string; client: ApiClient }[];
/** Whatever the owner and the operator come across. */
const known = new Set<string>([NOBODY]);

beforeAll(async () => {
  platform = await startWholePlatform({ demo: true });
  document = await readDocument(platform);
  operations = operationsOf(document);
  const demo = async (email: string) => platform.client((await platform.signIn(email, 'bazaar-demo-1')).accessToken);
  people = [
    { name: 'owner', client: await demo('owner@acme.test') },
    { name: 'recruiter', client: await demo('recruiter@acme.test') },
    { name: 'operator', client: await platform.operator() },
  ];
  for (const { client } of people) {
    for (const operation of operations.filter(({ method, pathNames }) => method === 'GET' && pathNames.length === 0)) {
      const response = await client.fetch('GET', operation.path);
      if (response.headers.get('Content-Type')?.startsWith('application/json'))
        collectIds(await response.json(), known);
    }
  }
});
afterAll(() => platform.stop());

const ENDS_SOMETHING =
  /sign-out|disable|uninstall|purge|delete|suspend|leave|close|quarantine|sessions|unlock|impersonat/;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

function collectIds(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    if (UUID.test(value)) found.add(value);
  } else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) collectIds(item, found);
  }
}

interface Place {
  path: (string | number)[];
  schema: Schema;
}

/** A whole value of a schema, optional parts included, and every place in it. */
function whole(schema: Schema, at: (string | number)[], places: Place[], depth = 0): unknown {
  const { $ref } = schema as { $ref?: string };
  if ($ref !== undefined)
    return whole(document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {}, at, places, depth);
  places.push({ path: at, schema });
  const { properties, items, anyOf, oneOf, type } = schema as {
    properties?: Record<string, Schema>;
    items?: Schema;
    anyOf?: Schema[];
    oneOf?: Schema[];
    type?: string | string[];
  };
  if (depth > 5) return sample(schema, document.components.schemas);
  if (properties && (type === undefined || type === 'object' || type.includes('object'))) {
    return Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, whole(property, [...at, name], places, depth + 1)]),
    );
  }
  if (items && (type === 'array' || type?.includes('array'))) return [whole(items, [...at, 0], places, depth + 1)];
  const alternative = (anyOf ?? oneOf)?.find((one) => one.type !== 'null');
  if (alternative) return whole(alternative, at, places, depth + 1);
  return sample(schema, document.components.schemas);
}

function withAt(value: unknown, [step, ...rest]: readonly (string | number)[], junk: unknown): unknown {
  if (step === undefined) return junk;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  const record = copy as Record<string | number, unknown>;
  record[step] = withAt(record[step], rest, junk);
  return copy;
}

/** What a value of the right kind can be and still be wrong. */
const SLY: readonly unknown[] = [
  1e-320,
  -0,
  2 ** 31,
  2 ** 63,
  '9007199254740993',
  '1e400',
  'NaN',
  'Infinity',
  '0x10',
  '१२',
  '\u0007',
  '\ufffe',
  '\u2028',
  '⁦x',
  'a'.repeat(20_000),
  '0001-01-01',
  '9999-12-31',
  '9999-12-31T23:59:59Z',
  '+010000-01-01T00:00:00Z',
  '2026-02-29',
  '24:00',
  'Europe/Nowhere',
  'xn--',
  'http://[::1',
  'http://a/%zz',
  'javascript:alert(1)',
  'data:text/html,x',
  'a@b',
  '"a b"@c.test',
  `${'a'.repeat(64)}@${'b'.repeat(180)}.test`,
  'de-DE-u-co-phonebk',
  'zz',
  '*',
  '.',
  '..',
  '/',
  '\\',
  '%',
  "'",
  '"',
  '{{x}}',
  '#{x}',
  '<b>',
  NOBODY.toUpperCase(),
  `{${NOBODY}}`,
  [1, 1],
  ['a', 'a'],
  [[]],
  [{}],
  { a: { b: { c: {} } } },
  { '': 1 },
  { ' ': 1 },
  { 'a.b': 1, 'a/b': 2, 'a~b': 3 },
];

test('junk anywhere inside of a body, about what exists, is refused in words', { timeout: 900_000 }, async () => {
  const complaints: string[] = [];
  const statuses = new Map<number, number>();
  const ids = [...known].slice(0, 12);
  const values = [...JUNK_VALUES, ...SLY];
  const attempts: (() => Promise<void>)[] = [];
  let turn = 0;
  for (const operation of operations) {
    if (!operation.body || FAILS_ON_PURPOSE.has(operation.id) || ENDS_SOMETHING.test(operation.path)) continue;
    const places: Place[] = [];
    const body = whole(operation.body, [], places);
    for (const { path } of places) {
      for (const junk of values) {
        turn += 1;
        if (process.env.JUNK !== 'all' && turn % 7 !== 0) continue;
        const id = ids[turn % ids.length] ?? NOBODY;
        const url = fill(
          operation,
          Object.fromEntries(operation.pathNames.map((name) => [name, name === 'plugin' ? 'notes' : id])),
        );
        const who = isForOperators(operation.path) ? people[2] : people[turn % 2];
        attempts.push(async () => {
          const response = await who?.client.fetch(operation.method as 'POST', url, {
            body: withAt(body, path, junk) as object,
          });
          if (!response) return;
          statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
          const text = await response.text();
          if (response.status < 500) return;
          complaints.push(
            `${operation.method} ${url} /${path.join('/')} = ${JSON.stringify(junk)?.slice(0, 80)} → ${response.status} ${text.slice(0, 200)}`,
          );
        });
      }
    }
  }
  const tried = await inTurns(attempts, (attempt) => attempt());
  expect([...complaints.slice(0, 40), ...loggedFailures(platform).slice(0, 10)]).toEqual([]);
  expect(tried).toBeGreaterThan(500);
  // Otherwise this would only have tried the door.
  expect((statuses.get(401) ?? 0) + (statuses.get(403) ?? 0)).toBeLessThan(tried / 2);
});
