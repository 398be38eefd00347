import { expect, test } from 'vitest';
import { dayOf, endOfDay, tierText } from './tier.ts';

const until = endOfDay('2027-03-03');

test.each([
  ['free', { tier: 'free', until: null, seats: null }, 'Free tier'],
  ['pro', { tier: 'pro', until: null, seats: 7 }, 'Pro tier'],
  ['pro', { tier: 'pro', until, seats: null }, 'Pro tier until 3 Mar 2027'],
  ['free', { tier: 'pro', until, seats: 7 }, 'Free tier, since Pro ended on 3 Mar 2027'],
] as const)('%s now, of %j: %s', (tier, booked, text) => {
  expect(tierText({ tier, booked })).toBe(text);
});

test('a day goes to the server and comes back', () => {
  expect(dayOf(until)).toBe('2027-03-03');
});
