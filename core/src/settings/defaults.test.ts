import type { JsonObject, JsonSchema } from '@bazaar/sdk';
import { expect, it } from 'vitest';
import { withDefaults } from './defaults.ts';

const SCHEMA: JsonSchema = {
  type: 'object',
  properties: {
    currency: { type: 'string', default: 'EUR' },
    off: { type: 'boolean', default: false },
    none: { default: null },
    name: { type: 'string' },
    list: { type: 'array', default: ['a'] },
    mail: { type: 'object', properties: { port: { type: 'integer', default: 25 }, host: { type: 'string' } } },
    limits: { type: 'object', default: {}, properties: { most: { type: 'integer', default: 7 } } },
    shared: { $ref: '#/$defs/colour' },
  },
  allOf: [{ properties: { extra: { default: 1 } } }],
  oneOf: [{ properties: { unsure: { default: 1 } } }],
  $defs: { colour: { type: 'string', default: 'blue' } },
};

const ALL = {
  currency: 'EUR',
  off: false,
  none: null,
  list: ['a'],
  limits: { most: 7 },
  shared: 'blue',
  extra: 1,
};

it.each<[string, JsonObject, JsonObject]>([
  ['nothing given', {}, ALL],
  ['something given', { currency: 'USD', off: true, list: [] }, { ...ALL, currency: 'USD', off: true, list: [] }],
  ['null is a value', { currency: null }, { ...ALL, currency: null }],
  ['inside an object that is there', { mail: { host: 'h' } }, { ...ALL, mail: { host: 'h', port: 25 } }],
  ['inside a default', { limits: {} }, ALL],
  ['what is of another type stays', { mail: 'none', limits: [1] }, { ...ALL, mail: 'none', limits: [1] }],
])('%s', (_what, values, expected) => {
  const before = structuredClone(values);
  expect(withDefaults(SCHEMA, values)).toEqual(expected);
  expect(values).toEqual(before);
});

it('never hands out the default of the schema itself', () => {
  const { list } = withDefaults(SCHEMA, {}) as { list: string[] };
  list.push('b');
  expect(withDefaults(SCHEMA, {})).toEqual(ALL);
});

it('ends in schemas that contain themselves, and leaves prototypes alone', () => {
  const loop: JsonSchema = {
    allOf: [{ $ref: '#' }],
    properties: { child: { $ref: '#', default: {} }, a: { default: 1 } },
  };
  expect(withDefaults(loop, {})).toMatchObject({ a: 1, child: { a: 1 } });
  const children = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, { $ref: '#', default: {} }]));
  const from = performance.now();
  withDefaults({ properties: children }, {});
  expect(performance.now() - from).toBeLessThan(1000);
  const hostile = JSON.parse('{"properties":{"__proto__":{"default":{"polluted":1}},"constructor":{"default":2}}}');
  expect(Object.hasOwn(withDefaults(hostile, {}), 'constructor')).toBe(true);
  expect(({} as JsonObject).polluted).toBeUndefined();
});
