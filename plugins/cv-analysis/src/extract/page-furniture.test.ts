import { expect, it } from 'vitest';
import { repeatedLines } from './page-furniture.ts';

it('passes over headers and footers from the second page on, and over nothing else that is said twice', () => {
  const line = (text: string, y: number) => ({ text, x: 40, y, width: 200, height: 10, bold: false, block: 0 });
  const page = (number: number) => ({
    width: 595,
    height: 842,
    lines: [line('Jo Doe – Curriculum Vitae', 20), line('Welder', 300), line(`Sheet ${number} of 2`, 815)],
  });
  const pages = [page(1), page(2)];
  const left = repeatedLines(pages);
  expect(pages.map(({ lines }) => lines.filter((one) => !left.has(one)).map(({ text }) => text))).toEqual([
    ['Jo Doe – Curriculum Vitae', 'Welder', 'Sheet 1 of 2'],
    ['Welder'],
  ]);
});
