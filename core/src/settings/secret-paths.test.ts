import type { JsonObject, JsonSchema } from '@bazaar/sdk';
import { describe, expect, it } from 'vitest';
import { pointerOf } from '../errors/index.ts';
import { joinSecrets, secretPaths, splitSecrets } from './secret-paths.ts';

const SECRET = { type: 'string', 'x-secret': true };
const TEXT = { type: 'string' };

function pointers(schema: JsonSchema): string[] {
  return secretPaths(schema).map(pointerOf).sort();
}

describe('secret paths', () => {
  it.each<[string, JsonSchema, string[]]>([
    ['none', { type: 'object', properties: { name: TEXT } }, []],
    ['at the top', { properties: { key: SECRET, name: TEXT } }, ['/key']],
    ['nested', { properties: { mail: { properties: { password: SECRET, host: TEXT } } } }, ['/mail/password']],
    [
      'a marked object, and not again what is in it',
      { properties: { mail: { 'x-secret': true, properties: { password: SECRET } } } },
      ['/mail'],
    ],
    [
      'in branches',
      {
        if: { properties: { kind: { const: 'smtp' } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { properties: { a: SECRET } },
        else: { properties: { b: SECRET } },
      },
      ['/a', '/b'],
    ],
    [
      'in alternatives',
      {
        oneOf: [{ properties: { a: SECRET } }, { anyOf: [{ properties: { b: SECRET } }] }],
        allOf: [{ properties: { c: SECRET } }],
      },
      ['/a', '/b', '/c'],
    ],
    ['that depend on another property', { dependentSchemas: { kind: { properties: { a: SECRET } } } }, ['/a']],
    ['by reference', { properties: { a: { $ref: '#/$defs/secret' } }, $defs: { secret: SECRET } }, ['/a']],
    [
      'by reference to an object',
      { properties: { mail: { $ref: '#/$defs/mail' } }, $defs: { mail: { properties: { password: SECRET } } } },
      ['/mail/password'],
    ],
    [
      'in a list: the whole list',
      { properties: { hooks: { items: { properties: { key: SECRET, url: TEXT } } } } },
      ['/hooks'],
    ],
    ['in a tuple', { properties: { pair: { prefixItems: [TEXT, SECRET] } } }, ['/pair']],
    ['in a map: the whole map', { properties: { keys: { additionalProperties: SECRET } } }, ['/keys']],
    ['in a map by pattern', { properties: { keys: { patternProperties: { '^x': SECRET } } } }, ['/keys']],
    ['in a map at the top: everything', { properties: { name: TEXT }, additionalProperties: SECRET }, ['']],
    ['at any depth', { properties: { key: SECRET, child: { $ref: '#' } } }, ['/child', '/key']],
    ['with names that need escaping', { properties: { 'a/b~c': SECRET } }, ['/a~1b~0c']],
    ['with a slip', { properties: { key: { 'x-secret': 'true' }, open: { 'x-secret': false } } }, ['/key']],
    [
      'under names every object has',
      { properties: { constructor: SECRET, toString: { properties: { valueOf: SECRET } } } },
      ['/constructor', '/toString/valueOf'],
    ],
    [
      'in a schema that refers to nothing or to itself',
      { allOf: [{ $ref: '#' }, { $ref: '#/nowhere' }, { $ref: 'elsewhere' }], properties: { key: SECRET } },
      ['/key'],
    ],
  ])('%s', (_what, schema, expected) => {
    expect(pointers(schema)).toEqual(expected);
  });

  it.each<[string, string[][], JsonObject, JsonObject, Record<string, unknown>]>([
    ['nothing', [], { a: 1 }, { a: 1 }, {}],
    ['the top', [['key']], { key: 's', a: 1 }, { a: 1 }, { '/key': 's' }],
    [
      'deep',
      [['mail', 'password']],
      { mail: { password: 's', host: 'h' } },
      { mail: { host: 'h' } },
      { '/mail/password': 's' },
    ],
    ['what is absent', [['mail', 'password'], ['key']], { mail: 'none' }, { mail: 'none' }, {}],
    ['a list', [['hooks']], { hooks: [{ key: 's' }] }, {}, { '/hooks': [{ key: 's' }] }],
    ['null', [['key']], { key: null }, {}, { '/key': null }],
    ['everything', [[]], { a: 's' }, {}, { '': { a: 's' } }],
  ])('take apart and join: %s', (_what, paths, values, visible, secrets) => {
    const before = structuredClone(values);
    const split = splitSecrets(values, paths);
    expect(split.visible).toEqual(visible);
    expect(Object.fromEntries(split.secrets)).toEqual(secrets);
    expect(joinSecrets(split, paths)).toEqual(values);
    expect(values).toEqual(before);
  });

  it('do not put a secret back into an object that was removed', () => {
    const secrets = new Map([['/mail/password', 's']]);
    expect(joinSecrets({ visible: {}, secrets }, [['mail', 'password']])).toEqual({});
  });

  it('refuse a schema made to keep us busy', () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 40 }, (_, level) => [
        `d${level}`,
        { allOf: [1, 2].map(() => ({ $ref: `#/$defs/d${level + 1}` })) },
      ]),
    );
    expect(() => secretPaths({ $defs, $ref: '#/$defs/d0' })).toThrow('too complex');
  });

  it('leave prototypes alone', () => {
    const values = JSON.parse('{"__proto__":{"polluted":"s"}}') as JsonObject;
    const paths = [['__proto__', 'polluted']];
    const split = splitSecrets(values, paths);
    expect([...split.secrets]).toEqual([['/__proto__/polluted', 's']]);
    joinSecrets(split, paths);
    joinSecrets({ visible: {}, secrets: split.secrets }, paths);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
