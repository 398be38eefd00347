import type { JsonSchema } from '@bazaar/sdk';
import { describe, expect, it } from 'vitest';
import { compileSchema } from './schema-compiler.ts';
import { MOST_PARTS } from './schema-work.ts';

const text = { type: 'string' };
const times = <T>(count: number, item: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => item(i));

const HOSTILE: Record<string, [schema: JsonSchema, message: RegExp]> = {
  'parts that each ask the next one twice': [
    {
      type: 'object',
      allOf: [{ $ref: '#/$defs/a0' }],
      $defs: Object.fromEntries(
        times(30, (i) => [`a${i}`, i === 29 ? {} : { allOf: times(2, () => ({ $ref: `#/$defs/a${i + 1}` })) }]),
      ),
    },
    /more than a billion of its parts/,
  ],
  'one that is defined by itself in two ways': [
    { type: 'object', properties: { a: { anyOf: [{ $ref: '#' }, { $ref: '#' }] } } },
    /[\d,]+ of its parts look at one value 24 levels deep/,
  ],
  'one that names and patterns both lead back to': [
    { type: 'object', properties: { a: { $ref: '#' } }, patternProperties: { '^a': { $ref: '#' } } },
    /of its parts look at one value 24 levels deep/,
  ],
  'one that items and contains both lead back to': [
    { type: 'array', items: { $ref: '#' }, contains: { $ref: '#' } },
    /of its parts look at one value 24 levels deep/,
  ],
  'alternatives of alternatives': [
    { type: 'object', properties: { a: { anyOf: times(12, () => ({ oneOf: times(100, () => text) })) } } },
    /1,213 of its parts look at one value; 200/,
  ],
  'more parts than can be compiled in a moment': [
    { type: 'object', properties: Object.fromEntries(times(MOST_PARTS, (i) => [`p${i}`, text])) },
    /has 2002 parts; 2000 are the most/,
  ],
  'lists of what else is required': [
    {
      type: 'object',
      dependentRequired: Object.fromEntries(times(50, (i) => [`k${i}`, times(50, (n) => `v${n}`)])),
    },
    /parts; 2000 are the most/,
  ],
  'patterns that are compiled': [
    { type: 'object', properties: Object.fromEntries(times(400, (i) => [`p${i}`, { type: 'string', pattern: '^a' }])) },
    /parts; 2000 are the most/,
  ],
  'one that refers to itself': [
    { type: 'object', allOf: [{ $ref: '#/$defs/a' }], $defs: { a: { not: { $ref: '#/$defs/a' } } } },
    /refers to itself without going deeper/,
  ],
};

describe('the work that a schema asks for', () => {
  it.each(Object.entries(HOSTILE))('is refused of %s', (_what, [schema, message]) => {
    expect(() => compileSchema(schema)).toThrow(message);
  });

  it('is admitted of what is honest', () => {
    const tree = {
      type: 'object',
      properties: {
        all: { type: 'array', items: { $ref: '#' } },
        any: { type: 'array', items: { $ref: '#' } },
        not: { $ref: '#' },
        left: { type: 'object', additionalProperties: { $ref: '#' } },
        stage: { enum: times(500, (i) => `s${i}`) },
      },
      oneOf: times(20, (i) => ({ required: [`k${i}`], properties: { [`k${i}`]: text } })),
    };
    expect(
      compileSchema({ type: 'object', properties: { x: text }, if: { required: ['x'] }, else: {} }).errorsOf({}),
    ).toEqual([]);
    expect(compileSchema(tree).errorsOf({ k1: '', not: { k2: '', all: [{ k3: '' }] } })).toEqual([]);
    expect(
      compileSchema({ type: 'object', properties: Object.fromEntries(times(500, (i) => [`p${i}`, text])) }).errorsOf(
        {},
      ),
    ).toEqual([]);
  });
});
