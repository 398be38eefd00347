import { describe, expect, it } from 'vitest';
import { docx } from '../../corpus/builders.ts';
import { readCv } from '../index.ts';

const TODAY = { year: 2026, month: 11 };
const positionsOf = (lines: string, heading = 'EXPERIENCE'): string[] =>
  readCv(docx(`Jo Doe\n\n${heading}\n${lines}`), TODAY).data.experience.map(
    ({ title, company, start, end }) => `${title ?? '-'} @ ${company ?? '-'} ${start}…${end ?? 'now'}`,
  );

describe('positions', () => {
  it('takes the dot before the dates for the mark of a timeline', () => {
    const positions = positionsOf(
      `• 10/2019 — Till now
Site Engineer
Noor Contracting LLC
- Supervised concrete works
• 05/2016 — 09/2019
Assistant Site Engineer
Nile Builders Co.`,
    );
    expect(positions).toEqual([
      'Site Engineer @ Noor Contracting LLC 2019-10…now',
      'Assistant Site Engineer @ Nile Builders Co. 2016-05…2019-09',
    ]);
  });
});
