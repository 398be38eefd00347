import type { JsonObject, JsonSchema } from '@bazaar/sdk';
import { describe, expect, it } from 'vitest';
import { createSealer, deriveKey } from '../secrets/index.ts';
import type { SplitValues } from './secret-paths.ts';
import { changedNames, settingsShape } from './settings-shape.ts';
import { readStored, sealSecrets } from './stored-settings.ts';

const SCHEMA: JsonSchema = {
  type: 'object',
  properties: {
    currency: { type: 'string', default: 'EUR' },
    apiKey: { type: 'string', 'x-secret': true },
    mail: {
      type: 'object',
      properties: { host: { type: 'string' }, password: { type: 'string', 'x-secret': true, default: 'changeme' } },
    },
  },
};

const shape = settingsShape({ settings: SCHEMA }, () => () => []);

function split(visible: JsonObject, secrets: Record<string, string> = {}): SplitValues {
  return { visible, secrets: new Map(Object.entries(secrets)) };
}

describe('settings shape', () => {
  it('shows defaults but no secret, not even the default of one', () => {
    const stored = split({ mail: { host: 'h' } }, { '/apiKey': 'sk' });
    expect(shape.shown(stored)).toEqual({ currency: 'EUR', mail: { host: 'h' } });
    expect(shape.whole(stored)).toEqual({ currency: 'EUR', apiKey: 'sk', mail: { host: 'h', password: 'changeme' } });
    for (let reading = 0; reading < 2; reading += 1) {
      expect(JSON.parse(shape.wholeText(stored))).toEqual(shape.whole(stored));
    }
  });

  it.each<[string, SplitValues, JsonObject, SplitValues]>([
    ['sets', split({}), { apiKey: 'new' }, split({}, { '/apiKey': 'new' })],
    [
      'keeps what is absent',
      split({ currency: 'USD' }, { '/apiKey': 'old' }),
      { currency: 'EUR' },
      split({ currency: 'EUR' }, { '/apiKey': 'old' }),
    ],
    ['replaces', split({}, { '/apiKey': 'old' }), { apiKey: 'new' }, split({}, { '/apiKey': 'new' })],
    ['removes by null', split({}, { '/apiKey': 'old' }), { apiKey: null }, split({})],
    [
      'keeps nested ones',
      split({ mail: { host: 'h' } }, { '/mail/password': 'p' }),
      { mail: { host: 'i' } },
      split({ mail: { host: 'i' } }, { '/mail/password': 'p' }),
    ],
    ['drops nested ones with their object', split({ mail: { host: 'h' } }, { '/mail/password': 'p' }), {}, split({})],
    ['forgets what the schema no longer calls a secret', split({}, { '/gone': 'x' }), {}, split({})],
  ])('%s', (_what, stored, values, expected) => {
    expect(shape.merge(stored, values)).toEqual(expected);
  });

  it('names what changed without values', () => {
    const before = split({ a: 1, b: { c: [1] }, gone: true }, { '/k': 'old', '/same': 's' });
    const after = split({ a: 1, b: { c: [2] }, added: 0 }, { '/k': 'new', '/same': 's', '/n': 'x' });
    expect(changedNames(before, after)).toEqual({ changed: ['added', 'b', 'gone'], secretsChanged: ['/k', '/n'] });
    expect(changedNames(before, before)).toEqual({ changed: [], secretsChanged: [] });
  });

  it('knows nothing of a plugin without settings', () => {
    expect(settingsShape({}, () => () => []).schema).toEqual({
      type: 'object',
      properties: {},
      additionalProperties: false,
    });
  });
});

describe('stored settings', () => {
  const sealer = createSealer(deriveKey('a platform secret of enough length', 'settings'));
  const other = createSealer(deriveKey('another platform secret, long enough', 'settings'));
  const secrets = new Map([['/apiKey', 'sk-secret']]);
  const row = (content: Buffer | null, values: JsonObject = {}) => ({
    values,
    secrets: content,
    updatedAt: new Date(0),
  });

  it('open with the same key for the same tenant and plugin only', () => {
    const sealed = sealSecrets(sealer, 'tenant', 'plugin', secrets);
    expect(sealed?.includes(Buffer.from('sk-secret'))).toBe(false);
    expect(readStored(sealer, 'tenant', 'plugin', row(sealed))).toMatchObject({ secrets, readable: true });
    for (const [by, tenant, plugin] of [
      [other, 'tenant', 'plugin'],
      [sealer, 'tenant2', 'plugin'],
      [sealer, 'tenant', 'plugin2'],
    ] as const) {
      expect(readStored(by, tenant, plugin, row(sealed))).toMatchObject({ secrets: new Map(), readable: false });
    }
  });

  it('have a revision that follows their content', () => {
    const revision = (one: Parameters<typeof readStored>[3]) => readStored(sealer, 't', 'p', one).revision;
    expect(revision(null)).toBe('none');
    expect(revision(row(null, { a: 1 }))).toBe(revision(row(null, { a: 1 })));
    expect(revision(row(null, { a: 1 }))).not.toBe(revision(row(null, { a: 2 })));
    expect(revision(row(Buffer.from('x'), {}))).not.toBe(revision(row(null, {})));
    expect(sealSecrets(sealer, 't', 'p', new Map())).toBeNull();
  });
});
