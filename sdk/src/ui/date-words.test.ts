import { expect, test } from 'vitest';
import { dateWords, readDay } from './date-words.ts';

test.each(['3 Feb 2027', '03 february, 2027', '3/2/2027', '03.02.2027', '2027-02-03'])(
  '%s is the third of February',
  (text) => {
    expect(readDay(text)).toEqual({ year: 2027, month: 1, day: 3 });
  },
);

test.each(['', 'soon', '31 Feb 2027', '13/13/2027', '3 foo 2027', '3 Feb'])('%j is no day', (text) => {
  expect(readDay(text)).toBeUndefined();
});

test('a day is shown as everywhere else, and is read back', () => {
  const day = { year: 2027, month: 0, day: 20 };
  expect(dateWords.formatDate(day)).toBe('20 Jan 2027');
  expect(readDay(dateWords.formatDate(day))).toEqual(day);
});
