import { expect, test } from 'vitest';
import type { FadingLicence } from '../api/types.ts';
import { isReadOnly } from './rights.ts';

const fading = (plugin: string, state: FadingLicence['state']) => [{ plugin, name: plugin, state, until: '' }];

test.each([
  ['read-only', 'toy', true],
  ['read-only', 'other', false],
  ['grace', 'toy', false],
  ['suspended', 'toy', false],
] as const)('a licence in %s of %s', (state, plugin, expected) => {
  expect(isReadOnly({ fading: fading(plugin, state) }, 'toy')).toBe(expected);
});

test('nothing fades', () => {
  expect(isReadOnly({}, 'toy')).toBe(false);
});
