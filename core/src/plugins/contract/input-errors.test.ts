import type { JsonObject, JsonValue } from '@bazaar/sdk';
import { describe, expect, it } from 'vitest';
import { summarise } from './input-errors.ts';
import { compileCheck } from './schema-check.ts';

function errorsOf(property: JsonObject, value: JsonValue | undefined, more: JsonObject = {}) {
  const check = compileCheck({ type: 'object', properties: { a: property }, ...more });
  return check(value === undefined ? {} : { a: value });
}

describe('messages beside fields', () => {
  it.each<[JsonObject, JsonValue | undefined, string]>([
    [{ type: 'string', minLength: 1 }, '', 'This field is required.'],
    [{ type: 'string', minLength: 3 }, 'ab', 'Must have at least 3 characters.'],
    [{ type: 'string', maxLength: 1 }, 'ab', 'Must have at most 1 character.'],
    [{ type: 'string', pattern: '^a$' }, 'b', 'Does not have the expected form.'],
    [{ type: 'string', format: 'uuid' }, 'b', 'Must be a valid id.'],
    [{ type: 'string', format: 'email' }, 'b', 'Must be an e-mail address.'],
    [{ type: 'string', format: 'ipv4' }, 'b', 'Must be a valid ipv4.'],
    [{ enum: ['x', 'y'] }, 'z', 'Must be one of: x, y.'],
    [{ enum: ['x', null] }, 'z', 'Must be one of: x, null.'],
    [{ const: 1 }, 2, 'Must be 1.'],
    [{ type: ['integer', 'null'] }, 'x', 'Must be of type integer or null.'],
    [{ type: 'integer', minimum: 2 }, 1, 'Must be at least 2.'],
    [{ type: 'number', exclusiveMaximum: 2 }, 2, 'Must be less than 2.'],
    [{ type: 'integer', multipleOf: 5 }, 3, 'Must be a multiple of 5.'],
    [{ type: 'array', minItems: 1 }, [], 'Must have at least 1 entry.'],
    [{ type: 'array', maxItems: 1 }, [1, 2], 'Must have at most 1 entry.'],
    [{ type: 'object', minProperties: 1 }, {}, 'Must have at least 1 field.'],
    [{ type: 'object', maxProperties: 2 }, { b: 1, c: 2, d: 3 }, 'Must have at most 2 fields.'],
    [{ type: 'array', uniqueItems: true, maxItems: 9 }, [1, 1], 'Must not name the same thing twice.'],
  ])('%j', (property, value, message) => {
    expect(errorsOf(property, value)).toEqual([{ pointer: '/a', message }]);
  });

  it('point at what is missing or unknown', () => {
    expect(errorsOf({}, undefined, { required: ['a'] })).toEqual([
      { pointer: '/a', message: 'This field is required.' },
    ]);
    const check = compileCheck({ type: 'object', additionalProperties: false });
    expect(check({ 'b/c~d': 1 })).toEqual([{ pointer: '/b~1c~0d', message: 'This field is not known.' }]);
  });

  it('are told for a hundred fields at most', () => {
    const found = errorsOf(
      { type: 'array', items: { type: 'string' } },
      Array.from({ length: 5_000 }, () => 1),
    );
    expect(found.map(({ pointer }) => pointer)).toEqual(Array.from({ length: 100 }, (_, index) => `/a/${index}`));
  });

  it('are summed up in one sentence', () => {
    expect(summarise([{ pointer: '/a/b', message: 'Wrong.' }])).toBe('a/b: Wrong.');
    expect(summarise([{ pointer: '', message: 'Wrong.' }])).toBe('Wrong.');
    expect(summarise([])).toBe('0 fields are not valid.');
  });

  it('patterns take linear time, whatever they are', () => {
    const check = compileCheck({ type: 'object', properties: { a: { type: 'string', pattern: '^(a+)+$' } } });
    const start = performance.now();
    expect(check({ a: `${'a'.repeat(20_000)}b` })).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
