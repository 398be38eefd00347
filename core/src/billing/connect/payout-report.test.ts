import { expect, test } from 'vitest';
import { csvOf, type ReportLine } from './payout-report.ts';

const LINE: ReportLine = {
  publisher: 'Acme',
  currency: 'eur',
  sales: 11_900,
  tax: 1_900,
  platformFee: 1_500,
  share: 8_500,
  transferred: 0,
  paidOut: 0,
  held: 8_500,
  due: -3,
};

test.each([
  ['Acme', 'Acme'],
  ['Acme, Inc.', '"Acme, Inc."'],
  ['The "A" Team', '"The ""A"" Team"'],
  ['=cmd()', "'=cmd()"],
  ['@x\n', '"\'@x\n"'],
])('a publisher called %s', (publisher, cell) => {
  const [head, ...rest] = csvOf([{ ...LINE, publisher }]).split('\r\n');
  expect(head).toBe('publisher,currency,sales,tax,platformFee,share,transferred,paidOut,held,due');
  expect(rest.join('\r\n')).toBe(`${cell},eur,11900,1900,1500,8500,0,0,8500,-3\r\n`);
});
