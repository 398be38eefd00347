import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { addUp, certificateOf, createAuthority, mergeResults } from './certificate.ts';
import type { PartErasure } from './types.ts';

const part = (more: Partial<PartErasure>): PartErasure => ({
  tenant: 'acme',
  part: 'crm',
  title: 'CRM',
  state: 'done',
  erased: [],
  kept: [],
  ...more,
});

test('what was signed is genuine as it stands, and not when a letter of it is changed', () => {
  const authority = createAuthority(randomBytes(32));
  const facts = {
    platform: 'https://x.test',
    request: 'r',
    about: 'person',
    requestedAt: 'a',
    completedAt: 'b',
  } as const;
  const signed = authority.sign(certificateOf(facts, [part({ erased: [{ what: 'Leads', count: 2 }] })]));
  expect(authority.isGenuine(signed)).toBe(true);
  expect(authority.isGenuine({ ...signed, text: signed.text.replace('"count":2', '"count":3') })).toBe(false);
  expect(authority.isGenuine({ ...signed, signature: `A${signed.signature.slice(1)}` })).toBe(false);
  expect(authority.isGenuine({ ...signed, signature: '' })).toBe(false);
  expect(createAuthority(randomBytes(32)).isGenuine(signed)).toBe(false);
});

test('a part that is asked again adds to what it did before', () => {
  const once = mergeResults([part({ part: 'other' })], part({ erased: [{ what: 'Leads', count: 2 }] }));
  const again = mergeResults(once, part({ erased: [] }));
  const more = mergeResults(again, part({ erased: [{ what: 'Leads', count: 1 }] }));
  expect(more.map(({ part: name, erased }) => [name, erased])).toEqual([
    ['other', []],
    ['crm', [{ what: 'Leads', count: 3 }]],
  ]);
  expect(mergeResults([part({ state: 'waiting' })], part({}))).toEqual([part({})]);
});

test('counts of the same thing are added up', () => {
  expect(
    addUp([
      { what: 'Letters', count: 1 },
      { what: 'Leads', count: 2 },
      { what: 'Letters', count: 4 },
    ]),
  ).toEqual([
    { what: 'Letters', count: 5 },
    { what: 'Leads', count: 2 },
  ]);
});
