import { expect, test } from 'vitest';
import { isConfirmed } from './typed-confirmation.ts';

test.each([
  ['Acme Staffing', 'Acme Staffing', true],
  ['Acme Staffing', ' Acme Staffing ', true],
  ['Acme Staffing', 'acme staffing', false],
  ['ada@acme.test', 'Ada@ACME.test', true],
  ['ada@acme.test', 'ada@acme.tes', false],
  ['', '', false],
])('%j is asked for, %j is typed: %j', (expected, typed, confirmed) => {
  expect(isConfirmed({ expected, typed })).toBe(confirmed);
});
