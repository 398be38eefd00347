import { describe, expect, it } from 'vitest';
import { type ApplicationStatus, canMove, isActive, nextStatuses } from './pipeline.ts';

const ALL: ApplicationStatus[] = ['applied', 'screening', 'interviewing', 'offer', 'hired', 'rejected', 'withdrawn'];

describe('pipeline', () => {
  it('allows these moves and no others', () => {
    const moves = ALL.flatMap((from) => ALL.filter((to) => canMove(from, to)).map((to) => `${from}→${to}`));
    expect(moves).toEqual([
      'applied→screening',
      'applied→interviewing',
      'applied→offer',
      'screening→applied',
      'screening→interviewing',
      'screening→offer',
      'interviewing→screening',
      'interviewing→offer',
      'offer→interviewing',
      'offer→hired',
      'rejected→screening',
    ]);
  });

  it('offers exactly what can be done', () => {
    for (const from of ALL) expect(nextStatuses(from).every((to) => canMove(from, to))).toBe(true);
  });

  it('knows which applications are under way', () => {
    expect(ALL.filter(isActive)).toEqual(['applied', 'screening', 'interviewing', 'offer']);
  });
});
