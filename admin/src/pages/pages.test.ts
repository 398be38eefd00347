import { describe, expect, test } from 'vitest';
import { ago, daysLeft, formatMoney } from './format.ts';
import { capabilityTitle, licenceChip, priceText, radiusText, stateChip } from './plugins/describe.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const DAY = 86_400_000;
const at = (offset: number) => new Date(NOW + offset).toISOString();

test.each([
  [-3_000, 'just now'],
  [-40_000, '40 seconds ago'],
  [-5 * 60_000, '5 minutes ago'],
  [-3 * 3_600_000, '3 hours ago'],
  [-DAY, 'yesterday'],
  [-40 * DAY, 'last month'],
  [-800 * DAY, '2 years ago'],
])('%d ms is %s', (offset, text) => {
  expect(ago(at(offset), NOW)).toBe(text);
});

test.each([
  [4900, 'EUR', '€49'],
  [4950, 'EUR', '€49.50'],
  [4900, 'JPY', '¥4,900'],
  [0, 'USD', '$0'],
])('%d %s is %s', (minor, currency, text) => {
  expect(formatMoney(minor, currency)).toBe(text);
});

test('days left count the begun one and stop at none', () => {
  expect([daysLeft(at(DAY + 1), NOW), daysLeft(at(DAY), NOW), daysLeft(at(-DAY), NOW)]).toEqual([2, 1, 0]);
});

describe('a plugin in words', () => {
  test.each([
    [{ state: 'trial', plan: null, validUntil: at(9 * DAY) }, 'Trial, 9 days left', 'info'],
    [{ state: 'trial', plan: null, validUntil: at(DAY / 2) }, 'Trial, 1 day left', 'warning'],
    [{ state: 'active', plan: 'standard', validUntil: null }, 'Licensed', 'success'],
    [{ state: 'none', plan: null, validUntil: null }, 'Not licensed', ''],
    [{ state: 'expired', plan: null, validUntil: at(-DAY) }, 'Licence ended', 'danger'],
  ] as const)('licence %j', (licence, text, look) => {
    expect(licenceChip(licence, NOW)).toEqual({ text, look });
  });

  test('its state', () => {
    const licence = { state: 'active', plan: null, validUntil: null } as const;
    expect(stateChip({ state: 'active', enabled: true, licence })?.text).toBe('On');
    expect(stateChip({ state: 'active', enabled: false, licence })?.text).toBe('Off');
    expect(stateChip({ state: 'failed', enabled: true, licence })?.look).toBe('danger');
    expect(stateChip({ state: 'active', enabled: true, licence: { ...licence, state: 'none' } })).toBeNull();
  });

  test('its price', () => {
    expect(priceText({ currency: 'EUR', monthly: 4900, annual: 47000 })).toBe('€49 a month or €470 a year');
    expect(priceText({ currency: 'EUR' })).toBeNull();
    expect(priceText(null)).toBeNull();
  });

  test('what switching it off means', () => {
    const surfaces = { screens: 3, widgets: 1, pages: 0 };
    const affected = { dependents: [{ id: 'a', name: 'A' }], limited: [{ id: 'b', name: 'B' }], surfaces };
    expect(radiusText(affected)).toBe(
      '3 screens and 1 widget disappear at once for everyone. A cannot work without it. B will do less. ' +
        'Its data is kept, and you can switch it on again.',
    );
  });

  test.each([
    ['files', 'Store and read files'],
    ['http:api.example.com:8443', 'Connect to api.example.com:8443'],
    ['event:job-board.application.submitted', 'Learn of job-board.application.submitted'],
    ['constructor', 'constructor'],
  ])('capability %s', (capability, title) => {
    expect(capabilityTitle(capability).title).toBe(title);
  });
});
