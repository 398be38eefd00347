import { nothing } from 'lit';
import { expect, test } from 'vitest';
import { may, mayWrite, readOnlyHint } from './rights.ts';

const context = (readOnly: boolean) => ({
  plugin: 'toy',
  user: { id: 'u', name: 'Ada', email: 'a@acme.test', permissions: ['toy:toys.write', 'other:toys.delete'] },
  readOnly,
});

test.each([
  ['toys.write', false, true, true],
  ['toys.write', true, true, false],
  ['toys.delete', false, false, false],
  ['toys.delete', true, false, false],
])('%s, read-only %s: held %s, may change %s', (permission, readOnly, held, writes) => {
  expect(may(context(readOnly), permission)).toBe(held);
  expect(mayWrite(context(readOnly), permission)).toBe(writes);
});

test('only what can be read alone says so', () => {
  expect(readOnlyHint({ readOnly: false })).toBe(nothing);
  expect(readOnlyHint({ readOnly: true })).not.toBe(nothing);
});
