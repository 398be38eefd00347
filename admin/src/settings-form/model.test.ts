import { describe, expect, test } from 'vitest';
import { pruned, withDefaults } from './draft.ts';
import { fieldsOf, humanise, toField } from './field.ts';
import { getAt, setAt, toPointer } from './pointer.ts';
import { resolveReferences } from './references.ts';
import { effective, holds, type Schema } from './schema.ts';

describe('paths', () => {
  test('as JSON pointers', () => {
    expect(toPointer(['a/b', 'c~d', 0])).toBe('/a~1b/c~0d/0');
    expect(toPointer([])).toBe('');
  });

  test('reading and writing leave the original alone', () => {
    const before = { list: [{ name: 'a' }], other: 1 };
    const after = setAt(before, ['list', 0, 'name'], 'b');
    expect(after).toEqual({ list: [{ name: 'b' }], other: 1 });
    expect(before.list[0]?.name).toBe('a');
    expect(getAt(after, ['list', 0, 'name'])).toBe('b');
    expect(getAt(after, ['list', 'length'])).toBeUndefined();
    expect(getAt({}, ['constructor'])).toBeUndefined();
  });

  test('undefined takes a property away, missing parents are made', () => {
    expect(setAt({ a: 1, b: 2 }, ['a'], undefined)).toEqual({ b: 2 });
    expect(setAt(undefined, ['a', 'b', 0], 'x')).toEqual({ a: { b: ['x'] } });
  });
});

describe('fields', () => {
  test.each<[string, Schema, string]>([
    ['text', { type: 'string' }, 'text'],
    ['nullable text', { type: ['string', 'null'] }, 'text'],
    ['mail', { type: 'string', format: 'email' }, 'email'],
    ['day', { type: 'string', format: 'date' }, 'date'],
    ['long text', { type: 'string', maxLength: 5000 }, 'multiline'],
    ['secret', { type: 'string', 'x-secret': true }, 'secret'],
    ['a secret among choices', { 'x-secret': true, type: 'string', enum: ['a'] }, 'secret'],
    ['secret list', { type: 'array', 'x-secret': true, items: { type: 'string' } }, 'json'],
    ['enum', { enum: ['a', 'b'] }, 'choice'],
    ['titled choice', { oneOf: [{ const: 1, title: 'One' }, { const: 2 }] }, 'choice'],
    ['list of choices', { type: 'array', items: { enum: ['a'] } }, 'choices'],
    ['list of texts', { type: 'array', items: { type: 'string' } }, 'list'],
    ['list of objects', { type: 'array', items: { properties: { a: { type: 'string' } } } }, 'list'],
    ['object', { properties: { a: { type: 'string' } } }, 'group'],
    ['map', { type: 'object', additionalProperties: { type: 'string' } } as Schema, 'json'],
    ['list of lists', { type: 'array', items: { type: 'array' } }, 'json'],
    ['anything', {}, 'json'],
    ['two types', { type: ['string', 'number'] }, 'json'],
  ])('%s', (_name, schema, kind) => {
    expect(toField('x', schema, ['x'], false).kind).toBe(kind);
  });

  test('labels, help and requirement come from the schema', () => {
    const schema: Schema = {
      required: ['smtpHost'],
      properties: { smtpHost: { type: 'string', description: 'Where.' }, b: { type: 'string', title: 'Bee' } },
    };
    expect(fieldsOf(schema, ['mail'])).toMatchObject([
      { label: 'Smtp host', help: 'Where.', required: true, path: ['mail', 'smtpHost'] },
      { label: 'Bee', required: false },
    ]);
    expect(humanise('max_upload-size')).toBe('Max upload size');
  });
});

describe('branches', () => {
  const schema: Schema = {
    properties: { kind: { enum: ['smtp', 'none'], default: 'none' } },
    if: { properties: { kind: { const: 'smtp' } }, required: ['kind'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { host: { type: 'string', default: 'localhost' } }, required: ['host'] },
    else: { properties: { note: { type: 'string' } } },
    dependentSchemas: { host: { properties: { port: { type: 'integer', default: 587 } } } },
  };

  test('apply by what is filled in', () => {
    expect(Object.keys(effective(schema, { kind: 'smtp' }).properties ?? {})).toEqual(['kind', 'host']);
    expect(Object.keys(effective(schema, { kind: 'smtp', host: 'x' }).properties ?? {})).toEqual([
      'kind',
      'host',
      'port',
    ]);
    expect(Object.keys(effective(schema, {}).properties ?? {})).toEqual(['kind', 'note']);
  });

  test('that do not apply any more leave no values behind', () => {
    expect(pruned(schema, { kind: 'none', host: 'x', port: 25, note: 'y' })).toEqual({
      kind: 'none',
      note: 'y',
    });
    expect(pruned(schema, { kind: 'none', note: '' })).toEqual({ kind: 'none' });
  });

  test.each<[Schema, unknown, boolean]>([
    [{ const: { a: 1 } }, { a: 1 }, true],
    [{ enum: [1, 2] }, 3, false],
    [{ type: 'integer', minimum: 3 }, 2, false],
    [{ anyOf: [{ const: 1 }, { const: 2 }] }, 2, true],
    [{ required: ['a'] }, {}, false],
    [{ required: ['a'] }, 'text', true],
  ])('%j holds for %j: %s', (condition, value, expected) => {
    expect(holds(condition, value)).toBe(expected);
  });
});

test('defaults fill what is not stored, at every depth, and are copies', () => {
  const tags = ['a'];
  const schema: Schema = {
    properties: { a: { default: 1 }, deep: { properties: { tags: { default: tags } } }, none: { type: 'string' } },
  };
  const draft = withDefaults(schema, { a: 5 }) as { a: number; deep: { tags: string[] } };
  expect(draft).toEqual({ a: 5, deep: { tags: ['a'] } });
  expect(draft.deep.tags).not.toBe(tags);
});

describe('references', () => {
  test('within the schema are put in place', () => {
    const schema = {
      $defs: { host: { type: 'string', title: 'Host' } },
      properties: { a: { $ref: '#/$defs/host' }, b: { $ref: '#/$defs/host', title: 'Other host' } },
    } as Schema;
    expect(resolveReferences(schema).properties).toEqual({
      a: { type: 'string', title: 'Host' },
      b: { type: 'string', title: 'Other host' },
    });
  });

  test('of a schema to itself end in an open field', () => {
    const node = { type: 'object', title: 'Node', properties: { next: { $ref: '#/$defs/node' } } };
    const schema = { $defs: { node }, properties: { first: { $ref: '#/$defs/node' } } } as Schema;
    const first = resolveReferences(schema).properties?.first;
    expect(first).toMatchObject({ type: 'object', title: 'Node' });
    const next = first?.properties?.next;
    expect(next && toField('next', next, [], false).kind).toBe('json');
  });

  test('to elsewhere and to nothing do no harm', () => {
    const schema = { properties: { a: { $ref: 'https://example.com/s' }, b: { $ref: '#/constructor' } } } as Schema;
    expect(resolveReferences(schema).properties).toEqual({ a: {}, b: {} });
  });
});
