import { describe, expect, test } from 'vitest';
import { auditQuery, filterIn, filterQuery, NO_FILTER } from './audit-query.ts';
import { daysLeft, formatMoney, greeting } from './format.ts';
import {
  byline,
  capabilityTitle,
  licenceChip,
  priceText,
  radiusText,
  stateChip,
  stateNotice,
} from './plugins/describe.ts';
import { byUrgency } from './urgency.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const DAY = 86_400_000;
const at = (offset: number) => new Date(NOW + offset).toISOString();

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

test.each([
  [4, 'Good evening'],
  [5, 'Good morning'],
  [12, 'Good afternoon'],
  [18, 'Good evening'],
])('at %d o’clock: %s', (hour, words) => {
  expect(greeting(hour)).toBe(words);
});

test('tasks: the urgent first, then those that wait longest', () => {
  const tasks = [
    { priority: 'low', createdAt: '2026-01-01' },
    { priority: 'normal', createdAt: '2026-01-03' },
    { priority: 'normal', createdAt: '2026-01-02' },
    { priority: 'urgent', createdAt: '2026-01-04' },
  ] as const;
  expect(tasks.toSorted(byUrgency).map(({ createdAt }) => createdAt.at(-1))).toEqual(['4', '2', '3', '1']);
});

describe('the query of the audit log', () => {
  test('asks for what was chosen only', () => {
    expect(auditQuery(NO_FILTER)).toBe('limit=50');
    expect(auditQuery({ ...NO_FILTER, plugin: 'crm', action: ' a b ' }, 'c+/=')).toBe(
      'limit=50&plugin=crm&action=a+b&cursor=c%2B%2F%3D',
    );
  });

  test('stands in the address of the page, which may say what it likes', () => {
    const filter = { plugin: 'crm', action: 'a b', from: '2026-02-28', to: '' };
    expect(filterQuery(filter)).toBe('?plugin=crm&action=a+b&from=2026-02-28');
    expect(filterIn(filterQuery(filter).slice(1))).toEqual(filter);
    expect([filterQuery(NO_FILTER), filterIn('')]).toEqual(['', NO_FILTER]);
    expect(filterIn('plugin=&from=2026-13-01&to=yesterday&more=1')).toEqual(NO_FILTER);
  });

  test('days begin and end where the person is', () => {
    const query = new URLSearchParams(auditQuery({ ...NO_FILTER, from: '2026-02-28', to: '2026-02-28' }));
    expect(query.get('from')).toBe(new Date(2026, 1, 28).toISOString());
    expect(query.get('to')).toBe(new Date(2026, 2, 1).toISOString());
  });
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
    expect(stateChip({ state: 'quarantined', enabled: true, licence })).toEqual({ text: 'Stopped', look: 'danger' });
    expect(stateChip({ state: 'parked', enabled: true, licence })?.text).toBe('Uninstalled');
    expect(stateChip({ state: 'active', enabled: true, licence: { ...licence, state: 'none' } })).toBeNull();
    expect(stateChip({ state: 'active', enabled: true, licence: { ...licence, state: 'suspended' } })).toBeNull();
    expect(stateChip({ state: 'active', enabled: false, licence: { ...licence, state: 'expired' } })?.text).toBe('Off');
  });

  test.each([
    ['active', null],
    ['draining', null],
    ['failed', 'CRM cannot run at the moment'],
    ['quarantined', 'CRM 1.0.0 was stopped'],
    ['parked', 'CRM was uninstalled'],
    ['inactive', 'CRM is not installed any more'],
  ] as const)('why it does not run: %s', (state, title) => {
    const shown = stateNotice({ name: 'CRM', version: '1.0.0', state, reason: 'It harms.' });
    expect(shown?.title ?? null).toBe(title);
    if (shown?.look === 'danger') expect(shown.reason).toBe('It harms.');
  });

  test('who made it', () => {
    expect(byline({ publisher: 'Bazaar', version: '1.0.0' })).toBe('Bazaar · 1.0.0');
    expect(byline({ publisher: '', version: '1.0.0' })).toBe('1.0.0');
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
