import { expect, it } from 'vitest';
import { type DisputeState, disputeStanding } from './dispute-standing.ts';

it.each<[DisputeState[], DisputeState | null]>([
  [[], null],
  [['open'], 'open'],
  [['won', 'open'], 'open'],
  [['open', 'won'], 'open'],
  [['won', 'won'], 'won'],
  [['open', 'won', 'lost'], 'lost'],
])('disputes that are %o stand as %s', (states, standing) => {
  expect(disputeStanding(states.map((state) => ({ state })))).toBe(standing);
});
