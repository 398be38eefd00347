import { describe, expect, it } from 'vitest';
import { expectedText, fullness, meaningOf, usedText } from './describe.ts';
import type { LicenceDetails, LicenceStage, MeterView } from './types.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const PRICING = { currency: 'EUR', monthly: 1900, annual: 18200, perSeat: true };

function licence(state: LicenceStage, validUntil: string | null): LicenceDetails {
  const stages = (['grace', 'read-only', 'suspended', 'expired'] as const).map((stage, index) => ({
    state: stage,
    from: `2026-12-0${index + 1}T00:00:00Z`,
  }));
  return {
    plugin: 'crm',
    state,
    kind: state === 'trial' ? 'trial' : 'subscription',
    source: 'subscription:1',
    plan: 'monthly',
    validUntil,
    seats: null,
    stages,
    meters: [],
    forecast: null,
  };
}

describe('what a licence means', () => {
  it.each<[LicenceStage, string | null, RegExp, RegExp, string]>([
    [
      'trial',
      '2026-11-22T11:00:00Z',
      /^1 day of the trial left$/,
      /costs €19 a month or €182 a year for each seat/,
      'warning',
    ],
    ['trial', '2026-12-21T11:00:00Z', /^30 days/, /ends on 21 Dec 2026.*Nothing is charged by itself/, ''],
    ['active', null, /for ever/, /never ends/, 'success'],
    ['active', '2026-12-21T11:00:00Z', /until 21 Dec 2026/, /works/, 'success'],
    ['grace', '2026-11-20T11:00:00Z', /has ended/, /works until 2 Dec 2026/, 'warning'],
    ['read-only', '2026-11-20T11:00:00Z', /Reading only/, /On 3 Dec 2026 it is suspended/, 'warning'],
    ['suspended', '2026-11-20T11:00:00Z', /Suspended/, /renew before 4 Dec 2026/, 'danger'],
    ['expired', '2026-11-20T11:00:00Z', /has ended/, /data is kept/, 'danger'],
    ['revoked', null, /taken away/, /data is kept/, 'danger'],
  ])('%s until %s', (state, validUntil, title, text, look) => {
    const meaning = meaningOf(licence(state, validUntil), 'CRM', PRICING, NOW);
    expect(meaning.title).toMatch(title);
    expect(meaning.text).toMatch(text);
    expect(meaning.look).toBe(look);
  });

  it('is nothing where there is none', () => {
    expect(meaningOf(null, 'CRM', null, NOW).title).toBe('Not licensed');
  });
});

describe('a meter', () => {
  const meter: MeterView = {
    name: 'analyses',
    title: 'CVs analysed',
    unit: 'analysis',
    included: 500,
    unitAmount: 9,
    cap: 20_000,
    used: 120,
    expected: 700,
    amount: 1800,
  };
  it.each<[Partial<MeterView>, string, string, number]>([
    [{}, '120 of 500 included, at most 20,000', 'About 700 by the end of the month: €18 for those beyond.', 24],
    [
      { expected: 300, amount: 0, cap: null },
      '120 of 500 included',
      'About 300 by the end of the month: included.',
      24,
    ],
    [
      { cap: 500, expected: 500, amount: 0 },
      '120 of 500',
      'About 500 by the end of the month: as many as there may be.',
      24,
    ],
    [
      { used: 10_000 },
      '10,000 of 500 included, at most 20,000',
      'About 700 by the end of the month: €18 for those beyond.',
      50,
    ],
    [
      { unitAmount: null, cap: null, used: 900, expected: 900, amount: 0 },
      '900',
      'About 900 by the end of the month.',
      100,
    ],
  ])('%o', (change, used, expected, percent) => {
    const changed = { ...meter, ...change };
    expect([usedText(changed), expectedText(changed, 'EUR'), fullness(changed)]).toEqual([used, expected, percent]);
  });
});
