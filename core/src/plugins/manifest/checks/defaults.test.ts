import type { JsonSchema } from '@bazaar/sdk';
import { expect, it } from 'vitest';
import { checkDefaults } from './defaults.ts';

function issues(properties: JsonSchema, more: JsonSchema = {}): string[] {
  const found: string[] = [];
  const report = (pointer: string, message: string) => found.push(`${pointer} ${message}`);
  checkDefaults({ report }, '/settings', { type: 'object', properties, ...more } as JsonSchema);
  return found;
}

it.each<[name: string, properties: JsonSchema, more?: JsonSchema]>([
  ['none', { a: { type: 'string' } }, { required: ['a'] }],
  ['one that fits', { a: { type: 'integer', minimum: 1, default: 1 } }, { additionalProperties: false }],
  ['beside a required property without one', { a: { type: 'string' }, b: { default: 1 } }, { required: ['a', 'b'] }],
  ['through a reference', { a: { $ref: '#/$defs/a', default: 'x' } }, { $defs: { a: { enum: ['x'] } } }],
  [
    'where a condition speaks of what is not there',
    { a: { default: 1 }, b: { type: 'string' } },
    {
      if: { required: ['b'] },
      else: { properties: { a: { const: 3 } } },
      anyOf: [{ properties: { a: { const: 2 } } }, { required: ['b'] }],
    },
  ],
  ['of an object', { a: { type: 'object', default: { b: 1 }, properties: { b: { type: 'number' } } } }],
  ['that is the name of a property', { default: { type: 'string' } }],
])('a default is taken: %s', (_name, properties, more) => {
  expect(issues(properties, more)).toEqual([]);
});

it.each<[name: string, properties: JsonSchema, at: string, more?: JsonSchema]>([
  ['of another type', { a: { type: 'number', default: 'many' } }, '/properties/a'],
  ['beyond a limit', { a: { type: 'number', maximum: 3, default: 4 } }, '/properties/a'],
  ['none of the choices', { a: { enum: ['x', 'y'], default: 'z' } }, '/properties/a'],
  ['of no such form', { a: { type: 'string', format: 'date', default: 'soon' } }, '/properties/a'],
  [
    'of a property inside',
    { a: { type: 'object', properties: { b: { type: 'boolean', default: 'no' } } } },
    '/properties/a/properties/b',
  ],
  ['refused inside', { a: { type: 'array', items: { type: 'string' }, default: ['x', 1] } }, '/properties/a'],
  [
    'refused by what it refers to',
    { a: { $ref: '#/$defs/a', default: 'z' } },
    '/properties/a',
    { $defs: { a: { enum: ['x'] } } },
  ],
])('a default is refused: %s', (_name, properties, at, more) => {
  expect(issues(properties, more)).toEqual([
    expect.stringMatching(new RegExp(`^/settings${at}/default its own schema refuses it: `)),
  ]);
});
