import { describe, expect, it } from 'vitest';
import { meterPricesOf, offersOf, priceOf, savingPercent } from './offers.ts';

const plugin = (pricing?: object) => ({ id: 'crm', name: 'CRM', ...(pricing ? { pricing } : {}) }) as never;

describe('offers', () => {
  it.each([
    [1000, 9600, 20],
    [2900, 27800, 20],
    [100, 1200, null],
    [100, 1300, null],
    [undefined, 9600, null],
    [0, 0, null],
    [100, 1199, null],
    [3, 35, 3],
  ])('%s a month against %s a year saves %s percent', (monthly, annual, percent) => {
    expect(savingPercent(monthly, annual)).toBe(percent);
  });

  it('has one for each price of the manifest, none for a free plugin', () => {
    expect(offersOf(plugin())).toEqual([]);
    expect(offersOf(plugin({ currency: 'EUR', trialDays: 3 }))).toEqual([]);
    expect(offersOf(plugin({ currency: 'JPY', oneTime: 15000, monthly: 900, annual: 9000, perSeat: true }))).toEqual([
      { plan: 'one-time', currency: 'JPY', unitAmount: 15000, perSeat: true, savingPercent: null },
      { plan: 'monthly', currency: 'JPY', unitAmount: 900, perSeat: true, savingPercent: null },
      { plan: 'annual', currency: 'JPY', unitAmount: 9000, perSeat: true, savingPercent: 17 },
    ]);
  });

  it('has another price for another amount, currency or way of counting', () => {
    const key = (change: object) => {
      const manifest = plugin({ currency: 'EUR', monthly: 1000, ...change });
      const [offer] = offersOf(manifest);
      if (!offer) throw new Error('no offer');
      return priceOf(manifest, offer).lookupKey;
    };
    const keys = [key({}), key({ monthly: 1001 }), key({ currency: 'USD' }), key({ perSeat: true })];
    expect(keys[0]).toBe('bazaar:crm:monthly:eur:1000');
    expect(new Set(keys).size).toBe(4);
    expect(key({})).toBe(keys[0]);
  });

  it('charges what is counted beyond what is included, twelve months at once for a year', () => {
    const meter = { name: 'calls', title: 'Calls', unit: 'call', included: 100 };
    const manifest = plugin({
      currency: 'EUR',
      meters: [
        { ...meter, unitAmount: '0.4' },
        { ...meter, name: 'free' },
      ],
    });
    expect(meterPricesOf(manifest, 'monthly').map(({ spec }) => [spec.meter, spec.included, spec.unitAmount])).toEqual([
      ['calls', 100, '0.4'],
    ]);
    expect(meterPricesOf(manifest, 'annual').map(({ spec }) => spec.included)).toEqual([1200]);
  });
});
