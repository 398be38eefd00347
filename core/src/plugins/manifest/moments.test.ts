import { expect, test } from 'vitest';
import { isDate, isDateTime, isTime } from './moments.ts';

test.each(['2026-11-21', '2024-02-29', '2000-02-29', '0001-01-01', '0099-12-31', '9999-12-31'])(
  '%s is a date',
  (day) => {
    expect(isDate(day)).toBe(true);
    expect(isDateTime(`${day}T09:00:00Z`)).toBe(true);
  },
);

test.each([
  '0000-00-00',
  '0000-01-01',
  '2026-00-10',
  '2026-13-01',
  '2026-11-00',
  '2026-02-30',
  '2026-02-29',
  '1900-02-29',
  '2026-11-31',
  '99999-01-01',
  '2026-1-1',
  ' 2026-11-21',
  '2026-11-21Z',
  '',
])('%j is no date', (day) => {
  expect(isDate(day)).toBe(false);
  expect(isDateTime(`${day}T09:00:00Z`)).toBe(false);
});

test.each(['00:00:00Z', '23:59:59.999999999z', '09:30:00+14:00', '09:30:00-12:00'])('%s is a time', (time) => {
  expect(isTime(time)).toBe(true);
  expect(isDateTime(`2026-11-21T${time}`)).toBe(true);
  expect(new Date(`2026-11-21T${time}`).getTime()).not.toBeNaN();
});

test.each([
  '24:00:00Z',
  '23:59:60Z',
  '09:60:00Z',
  '09:00:00',
  '09:00Z',
  '09:00:00+23:59',
  '09:00:00+0100',
  '09:00:00.Z',
  `09:00:00.${'1'.repeat(200)}Z`,
])('%.30s is no time', (time) => {
  expect(isTime(time)).toBe(false);
  expect(isDateTime(`2026-11-21T${time}`)).toBe(false);
});

test('date and time are parted by a T', () => {
  expect(isDateTime('2026-11-21t09:00:00z')).toBe(true);
  expect(isDateTime('2026-11-21 09:00:00Z')).toBe(false);
  expect(isDateTime('2026-11-21')).toBe(false);
});
