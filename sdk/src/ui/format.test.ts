import { expect, test } from 'vitest';
import { ago, counted, formatDay } from './format.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

test.each([
  ['2026-11-21T11:59:30Z', 'just now'],
  ['2026-11-21T11:55:00Z', '5 minutes ago'],
  ['2026-11-21T14:00:00Z', 'in 2 hours'],
  ['2026-11-20T12:00:00Z', 'yesterday'],
  ['2026-09-20T12:00:00Z', '2 months ago'],
  ['2024-11-20T12:00:00Z', '2 years ago'],
])('%s is %s', (iso, words) => {
  expect(ago(iso, NOW)).toBe(words);
});

test('counts and days', () => {
  expect([counted(0, 'CV'), counted(1, 'CV'), counted(2, 'reply', 'replies')]).toEqual(['0 CVs', '1 CV', '2 replies']);
  expect(counted(1_234_567, 'row')).toBe('1,234,567 rows');
  expect(formatDay('2026-11-21T12:00:00Z')).toBe('21 Nov 2026');
});
