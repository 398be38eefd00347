import { expect, test } from 'vitest';
import { tierAt } from './tiers.ts';

const SEATS = { free: 5, basic: 10, pro: 100, enterprise: 1000 };
const END = new Date('2027-03-01T00:00:00Z');
const before = new Date(END.getTime() - 1);

test.each([
  ['what the tier has', { tier: 'pro', tierUntil: null, maxUsers: null }, END, { tier: 'pro', seats: 100 }],
  ['until its end', { tier: 'pro', tierUntil: END, maxUsers: null }, before, { tier: 'pro', seats: 100 }],
  ['free from then on', { tier: 'pro', tierUntil: END, maxUsers: null }, END, { tier: 'free', seats: 5 }],
  ['seats of its own', { tier: 'pro', tierUntil: END, maxUsers: 300 }, before, { tier: 'pro', seats: 300 }],
  ['which end with it', { tier: 'pro', tierUntil: END, maxUsers: 300 }, END, { tier: 'free', seats: 5 }],
  ['also of a free one', { tier: 'free', tierUntil: null, maxUsers: 7 }, END, { tier: 'free', seats: 7 }],
] as const)('a workspace has %s', (_what, booking, now, standing) => {
  expect(tierAt(booking, SEATS, now)).toEqual(standing);
});
