import { describe, expect, it } from 'vitest';
import { refusal, STAGES } from './stages.ts';

describe('moving a lead', () => {
  it.each([
    ['new', 'qualified', true],
    ['negotiation', 'converted', true],
    ['proposal', 'contacted', true],
    ['negotiation', 'lost', true],
    ['lost', 'new', true],
    ['lost', 'contacted', true],
    ['lost', 'converted', false],
    ['lost', 'proposal', false],
    ['converted', 'lost', false],
  ] as const)('%s → %s: %s', (from, to, allowed) => {
    expect(refusal(from, to) === null).toBe(allowed);
  });

  it('refuses a move to the stage the lead is in', () => {
    for (const stage of STAGES) expect(refusal(stage, stage)).toContain(stage);
  });
});
