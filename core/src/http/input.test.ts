import { describe, expect, test } from 'vitest';
import { ApiError } from '../errors/index.ts';
import { mergeInput, StringReader } from './input.ts';
import { parseQuery } from './query.ts';

const reader = new StringReader({
  type: 'object',
  properties: {
    id: { type: 'string' },
    limit: { type: 'integer' },
    price: { type: ['number', 'null'] },
    open: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' } },
    years: { type: 'array', items: { type: 'integer' } },
    level: { enum: [1, 2, 3] },
    address: { type: 'object' },
  },
});

describe('StringReader', () => {
  test.each([
    ['limit', '20', 20],
    ['limit', '-3', -3],
    ['limit', '1e3', 1000],
    ['limit', '', ''],
    ['limit', '0x10', '0x10'],
    ['limit', '007', '007'],
    ['limit', ' 5', ' 5'],
    ['limit', 'Infinity', 'Infinity'],
    ['price', '9.50', 9.5],
    ['open', 'true', true],
    ['open', 'false', false],
    ['open', '1', '1'],
    ['id', '20', '20'],
    ['id', 'true', 'true'],
    ['level', '2', 2],
    ['tags', 'nurse', ['nurse']],
    ['tags', ['a', '2'], ['a', '2']],
    ['years', ['1', '2', 'x'], [1, 2, 'x']],
    ['unheard-of', '1', '1'],
    ['address', '{"city":"Oslo"}', '{"city":"Oslo"}'],
  ])('reads %s=%j as %j', (name, value, expected) => {
    expect(reader.read(name, value)).toEqual(expected);
  });

  test('reads JSON in forms only, and leaves what is not JSON to the validator', () => {
    expect(reader.readForm({ address: '{"city":"Oslo"}', years: '[1,2]', limit: '3' })).toEqual({
      address: { city: 'Oslo' },
      years: [1, 2],
      limit: 3,
    });
    expect(reader.readForm({ address: '{oops' })).toEqual({ address: '{oops' });
  });

  test('refuses a value given twice unless the field is an array', () => {
    expect(() => reader.read('id', ['1', '2'])).toThrow(/more than once/);
  });
});

describe('mergeInput', () => {
  test('joins path, query and body; the path wins over the body', () => {
    const body = { id: 'forged', title: 'Nurse' };
    expect(mergeInput(reader, { id: '7' }, parseQuery('limit=5'), body)).toEqual({ id: '7', limit: 5, title: 'Nurse' });
    expect(body.id).toBe('forged');
  });

  test.each(['id=1', 'title=x'])('refuses a query that repeats another part: %s', (query) => {
    expect(() => mergeInput(reader, { id: '7' }, parseQuery(query), { title: 'Nurse' })).toThrow(ApiError);
  });

  test('no name reaches a prototype', () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      const named = { reason: 'forbidden-name', errors: [expect.objectContaining({ pointer: `/${name}` })] };
      expect(() => mergeInput(reader, {}, parseQuery(`${name}=1`), undefined)).toThrow(
        expect.objectContaining(named) as Error,
      );
    }
    const input = mergeInput(reader, {}, parseQuery('toString=y'), undefined);
    expect(Object.getPrototypeOf(input)).toBe(Object.prototype);
    expect(input).toEqual({ toString: 'y' });
  });
});

test('parseQuery refuses more parameters than anyone needs', () => {
  const many = Array.from({ length: 101 }, (_, index) => `p${index}=1`).join('&');
  expect(() => parseQuery(many)).toThrow(/100/);
  expect(parseQuery('')).toEqual({});
  expect({ ...parseQuery('a=1&a=2&b=%C3%A9+x') }).toEqual({ a: ['1', '2'], b: 'é x' });
});
