import { expect, it } from 'vitest';
import { decideGrants } from './grants.ts';

const manifest = {
  name: 'CRM',
  capabilities: [
    { capability: 'files', reason: 'Keeps documents of clients.' },
    { capability: 'http:api.example.com', reason: 'Looks companies up.' },
  ],
};

it.each<[string, 'all' | string[], string[]]>([
  ['everything', 'all', []],
  ['one by one', ['files', 'http:api.example.com'], []],
  ['what was granted before counts', ['http:api.example.com'], ['files', 'no-longer-asked-for']],
])('%s', (_what, grant, before) => {
  expect(decideGrants(manifest, grant, before)).toEqual(['files', 'http:api.example.com']);
});

it('names what is missing, each with its reason', () => {
  expect(() => decideGrants(manifest, ['files'], [])).toThrow(
    expect.objectContaining({
      code: 'conflict',
      reason: 'consent-needed',
      errors: [{ pointer: '/grant', message: 'http:api.example.com: Looks companies up.' }],
    }),
  );
});

it('refuses to grant what is not asked for', () => {
  expect(() => decideGrants(manifest, ['documents'], [])).toThrow(expect.objectContaining({ code: 'invalid-input' }));
});
