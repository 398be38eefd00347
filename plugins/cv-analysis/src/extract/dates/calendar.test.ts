import { describe, expect, it } from 'vitest';
import { gapsBetween, monthSpan, monthsOf, totalMonths } from './calendar.ts';
import { findDates } from './find-dates.ts';

const TODAY = { year: 2026, month: 11 };

function span(text: string) {
  const [found] = findDates(text, TODAY.year);
  if (!found) throw new Error(text);
  return monthSpan(found.start, found.finish, TODAY);
}

describe('monthSpan', () => {
  it.each([
    ['01/2020 – 12/2020', 12],
    ['03/2020 – 03/2020', 1],
    ['03/2020 – 05/2020', 3],
    ['2018 – 2020', 24],
    ['2018 – 2018', 12],
    ['2018', 12],
    ['10/2026 – present', 2],
    ['2026 – present', 11],
    ['since 2025', 23],
    ['Mar 2018 – 2020', 28],
    ['Mar 2018 – 2018', 10],
    ['01/2026 – 12/2030', 11],
    ['01/2030 – 12/2031', 0],
  ])('%s is %i months', (text, months) => {
    expect(monthsOf(span(text))).toBe(months);
  });
});

describe('totalMonths', () => {
  it.each([
    [['01/2020 – 12/2020', '06/2020 – 06/2021'], 18],
    [['01/2020 – 12/2020', '03/2020 – 05/2020'], 12],
    [['01/2020 – 12/2020', '01/2020 – 12/2020'], 12],
    [['01/2020 – 06/2020', '07/2020 – 12/2020'], 12],
    [['01/2020 – 06/2020', '06/2020 – 12/2020'], 12],
    [['2015 – 2018', '2018 – 2020'], 60],
    [['01/2022 – 12/2022', '01/2010 – 12/2010'], 24],
    [[], 0],
  ])('%j is %i months, overlaps once', (texts, months) => {
    expect(totalMonths(texts.map(span))).toBe(months);
  });
});

describe('gapsBetween', () => {
  it('names the months between, from three on', () => {
    expect(gapsBetween(['01/2020 – 06/2020', '10/2020 – 12/2020'].map(span), 3)).toEqual([
      { from: '2020-07', to: '2020-09', months: 3 },
    ]);
    expect(gapsBetween(['01/2020 – 06/2020', '09/2020 – 12/2020'].map(span), 3)).toEqual([]);
  });
});
