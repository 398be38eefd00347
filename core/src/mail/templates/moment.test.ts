import { expect, it } from 'vitest';
import { dayText, momentText } from './moment.ts';

const AT = '2027-02-24T23:05:00.000Z';

it('writes dates as the pages do, in UTC', () => {
  expect(dayText(AT, 'en')).toBe('24 February 2027');
  expect(dayText(AT, 'de')).toBe('24. Februar 2027');
  expect(momentText(AT, 'en')).toBe('24 February 2027 at 23:05 UTC');
  expect(momentText(AT, 'de')).toBe('24. Februar 2027 um 23:05 UTC');
});
