import { describe, expect, it } from 'vitest';
import { findDates, type WrittenDate } from './find-dates.ts';

const show = (date: WrittenDate | null): string =>
  date === null ? 'now' : date.month === null ? `${date.year}` : `${date.year}-${String(date.month).padStart(2, '0')}`;
const read = (text: string): string =>
  findDates(text, 2026)
    .map((found) => (found.kind === 'single' ? show(found.start) : `${show(found.start)}…${show(found.finish)}`))
    .join(' ');

describe('findDates', () => {
  it.each([
    ['Jan 2019 – Present', '2019-01…now'],
    ['01/2019 - 03/2021', '2019-01…2021-03'],
    ['2018–2020', '2018…2020'],
    ['since 2020', '2020…now'],
    ["March '19 to June '21", '2019-03…2021-06'],
    ['2019-01', '2019-01'],
    ['2019-01 – 2020-11', '2019-01…2020-11'],
    ['2019-01-15 to 2020-02-01', '2019-01…2020-02'],
    ['seit 03/2020', '2020-03…now'],
    ['03/2018 – heute', '2018-03…now'],
    ['01.03.2018 - 31.12.2019', '2018-03…2019-12'],
    ['15/03/2018 – 20/11/2019', '2018-03…2019-11'],
    ['März 2015 bis Juli 2018', '2015-03…2018-07'],
    ['janvier 2017 à aujourd’hui'.replace('’', "'"), '2017-01…now'],
    ['Enero 2016 - Actualidad', '2016-01…now'],
    ['marzo de 2014 a junio de 2015', '2014-03…2015-06'],
    ['depuis 2021', '2021…now'],
    ['desde 2021', '2021…now'],
    ['Sept. 2012 — Dec. 2014', '2012-09…2014-12'],
    ['Sep 1, 2012 - Oct 4, 2013', '2012-09…2013-10'],
    ['3rd June 2014 until 1 May 2016', '2014-06…2016-05'],
    ['March – June 2018', '2018-03…2018-06'],
    ['Jan-Mar 2019', '2019-01…2019-03'],
    ['01 - 03/2019', '2019-01…2019-03'],
    ['2018/19', '2018…2019'],
    ['2018-19', '2018…2019'],
    ['1998–02', '1998…2002'],
    ['03/19 - 05/21', '2019-03…2021-05'],
    ['Jan 19 - Feb 20', '2019-01…2020-02'],
    ['2020 –', '2020…now'],
    ['Mar 2019 \u2011 Apr 2020', '2019-03…2020-04'],
    ['2008-10 → 2012-12', '2008-10…2012-12'],
    ['2014, July – 2016, August', '2014-07…2016-08'],
    ['2014. július, 2015, May 2016', '2014-07 2015 2016-05'],
    ['(2019 - )', '2019…now'],
    ['Summer 2018', '2018-06'],
    ['Spring 2019 – Fall 2020', '2019-03…2020-11'],
    ['Ocak 2021 – Halen', '2021-01…now'],
    ['aug 2014 – tills vidare', '2014-08…now'],
    ['WS 2015/16', '2015-10'],
    ['Jan 2015 to date', '2015-01…now'],
    ['2015 till date', '2015…now'],
    ['June 2011-July 2013', '2011-06…2013-07'],
    ['2010 to 2012', '2010…2012'],
    ['August 2014 thru May 2016', '2014-08…2016-05'],
    ['Nurse (2015-2018), Driver (2018-now)', '2015…2018 2018…now'],
    ['From 06/2016 to 08/2016', '2016-06…2016-08'],
    ['Dez. 2019 - laufend', '2019-12…now'],
    ['Graduated May 2012', '2012-05'],
    ['2021 – Present (3 years 2 months)', '2021…now'],
    ['10/2015 - present', '2015-10…now'],
    ['2010-12 - 2011-03', '2010-12…2011-03'],
    ['Okt. 2010 – Sept. 2013', '2010-10…2013-09'],
    ['April 2010 - April 2012\tAcme', '2010-04…2012-04'],
    ['de 2012 à 2014', '2012…2014'],
    ['du 03/2012 au 05/2014', '2012-03…2014-05'],
    ['01.2019 – 12.2020', '2019-01…2020-12'],
    ['Jan. 2019 – Dec. 2020 | Acme', '2019-01…2020-12'],
    ['2019.03 ~ 2021.05', '2019-03…2021-05'],
    ['01/03/2019 – Aktuell', '2019-03…now'],
    ['Du 01/09/2012 au 28/02/2014', '2012-09…2014-02'],
    ['06/01/2019 – 08/31/2020', '2019-06…2020-08'],
    ['01/06/2019 – 12/31/2020', '2019-01…2020-12'],
    ['03/01/2019 – present', '2019-03…now'],
    ['Q2 2019 – Q1 2021', '2019-04…2021-03'],
    ['Q3 2020', '2020-07'],
    ['10/2019 — Till now', '2019-10…now'],
    ['05.2020 – obecnie', '2020-05…now'],
    ['czerwiec 2013 – luty 2019', '2013-06…2019-02'],
    ['od stycznia 2015 do października 2016', '2015-01…2016-10'],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    'call +49 2019 334',
    'grew to 20190 users',
    'ISO 9001',
    'room 1234',
    'may help',
    'version 3.12',
    'saved 2,500 hours',
    'to date we have',
  ])('finds no date in %s', (text) => {
    const dates = findDates(text, 2026).filter((found) => found.kind === 'period');
    expect(dates).toEqual([]);
  });
});
