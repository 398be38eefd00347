import type { JsonSchema } from '@bazaar/sdk';
import { describe, expect, it } from 'vitest';
import { compileSchema } from './schema-compiler.ts';

const listOf = (items: JsonSchema): JsonSchema => ({ type: 'object', properties: { list: { type: 'array', items } } });
const times = <Value>(count: number, value: (index: number) => Value) =>
  Array.from({ length: count }, (_, index) => value(index));

const TOO_LARGE = [{ instancePath: '', message: 'must be smaller: it would take too long to check' }];

describe('what is wrong with a value', () => {
  it('is told of each part of it', () => {
    const validator = compileSchema(listOf({ type: 'string', pattern: '^a' }));
    const places = validator.errorsOf({ list: ['a', 1, 'b', 'ab', null] }).map(({ instancePath }) => instancePath);
    expect(places).toEqual(['/list/1', '/list/2', '/list/4']);
    expect(validator.errorsOf({ list: ['a'] })).toEqual([]);
  });

  it('is told of the first where there could be very many', () => {
    const validator = compileSchema(listOf({ allOf: times(100, () => ({ type: 'string' })) }));
    const errors = validator.errorsOf({ list: times(50_000, () => 1) });
    expect(errors).toMatchObject([{ instancePath: '/list/0', keyword: 'type' }]);
  });

  it('names the field whose text is too long, and never mind its pattern', () => {
    const validator = compileSchema({
      type: 'object',
      properties: { a: { type: 'string', maxLength: 100, pattern: '^(a?){100}$' }, b: { type: 'number' } },
    });
    expect(validator.errorsOf({ a: 'a'.repeat(1_000_000), b: 'x' })).toMatchObject([
      { instancePath: '/a', keyword: 'maxLength' },
    ]);
  });
});

describe('what would take too long to check', () => {
  it.each<[string, JsonSchema, unknown]>([
    [
      'a hundred alternatives for each of very many values',
      { anyOf: times(100, (n) => ({ const: { n } })) },
      times(200_000, () => 1),
    ],
    ['an enumeration without end for each', { enum: times(20_000, (n) => `value ${n}`) }, times(20_000, () => 'value')],
    [
      'lists whose entries are compared with each other',
      { type: 'array', uniqueItems: true, maxItems: 1_000 },
      times(300, () => times(1_000, (n) => ({ n }))),
    ],
    ['a pattern of many states on a long text', { pattern: '^(a?){500}b$' }, ['a'.repeat(1_000_000)]],
    ['a pattern of many states on very many texts', { pattern: '^(a?){500}$' }, times(20_000, () => 'a'.repeat(50))],
    [
      'many patterns on a long text',
      { allOf: times(100, (n) => ({ pattern: `[ab]+(c{${n}}d)?` })) },
      ['ab'.repeat(500_000)],
    ],
  ])('%s', (_what, items, list) => {
    expect(compileSchema(listOf(items)).errorsOf({ list })).toMatchObject(TOO_LARGE);
  });

  it('is nothing honest', () => {
    const row: JsonSchema = {
      type: 'object',
      required: ['id', 'currency', 'url'],
      properties: {
        id: { type: 'string', format: 'uuid' },
        currency: { type: 'string', pattern: '^[A-Z]{3}$' },
        url: { type: ['string', 'null'], pattern: '^(https?://\\S+)?$' },
        state: { enum: times(250, (n) => `s${n}`) },
        tags: { type: 'array', items: { type: 'string', maxLength: 40 } },
      },
    };
    const id = '00000000-0000-4000-8000-000000000000';
    const list = times(5_000, () => ({
      id,
      currency: 'EUR',
      url: 'https://example.org/a',
      state: 's249',
      tags: ['a'],
    }));
    expect(compileSchema(listOf(row)).errorsOf({ list })).toEqual([]);
    expect(
      compileSchema(listOf({ type: 'string', pattern: '\\S' })).errorsOf({ list: ['word '.repeat(20_000)] }),
    ).toEqual([]);
  });
});
