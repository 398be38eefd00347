import { describe, expect, it } from 'vitest';
import { assertJson } from './json-check.ts';

class Money {
  readonly amount = 1;
}

describe('what may cross the boundary', () => {
  it.each([
    null,
    true,
    '',
    'žluťoučký 🐎',
    0,
    -1.5,
    [],
    {},
    [1, [2, [{ a: null }]]],
    { a: { b: [{ c: 'd' }] }, absent: undefined },
    Object.assign(Object.create(null) as object, { a: 1 }),
  ])('passes %j', (value) => {
    expect(() => assertJson(value)).not.toThrow();
  });

  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  it.each<[string, unknown, RegExp]>([
    ['undefined', undefined, /the value is undefined; use null/],
    ['undefined in an array', { list: [1, undefined] }, /"list.1" is undefined/],
    ['a Date', { at: { created: new Date(0) } }, /"at.created" is a Date; use toISOString\(\)/],
    ['a Map', new Map(), /is a Map/],
    ['a Set', { a: new Set() }, /"a" is a Set/],
    ['bytes', { a: new Uint8Array(2) }, /"a" is a Uint8Array/],
    ['a class instance', { price: new Money() }, /"price" is a Money/],
    ['a promise', { rows: Promise.resolve([]) }, /"rows" is a Promise/],
    ['a function', { call: () => 1 }, /"call" is a function/],
    ['a symbol', [Symbol('a')], /"0" is a symbol/],
    ['a bigint', { n: 1n }, /"n" is a bigint/],
    ['NaN', { n: Number.NaN }, /"n" is NaN/],
    ['Infinity', [Number.POSITIVE_INFINITY], /"0" is Infinity/],
    ['a cycle', cyclic, /nested deeper than 64 levels, or in itself/],
    ['NUL', { name: 'a\0b' }, /"name" holds a NUL character/],
    ['half a surrogate pair', { name: '\ud800' }, /"name" holds half a surrogate pair/],
    ['a name that leads to a prototype', JSON.parse('{"a": {"__proto__": {"b": 1}}}'), /"a.__proto__" has a name that/],
    ['one that leads to a class', { constructor: { prototype: {} } }, /"constructor" has a name that is not allowed/],
    ['a name with NUL', { 'a\0': 1 }, /holds a NUL/],
  ])('refuses %s', (_what, value, message) => {
    expect(() => assertJson(value)).toThrow(message);
  });

  it('limits size', () => {
    expect(() => assertJson('x'.repeat(100), { maxCharacters: 99, maxValues: 10 })).toThrow(/is too large/);
    expect(() => assertJson(Array(20).fill(0), { maxCharacters: 99, maxValues: 20 })).toThrow(/too many values/);
  });
});
