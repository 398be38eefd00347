import { describe, expect, it } from 'vitest';
import { CpuMeter } from './cpu-meter.ts';
import type { GuestIsolate } from './isolate.ts';
import { Tenancy } from './tenancy.ts';

function make() {
  const guest = { threadMicros: 0 };
  const tenancy = new Tenancy(guest as unknown as GuestIsolate, new CpuMeter(), { size: 0 });
  const spend = (micros: number) => {
    guest.threadMicros += micros;
    tenancy.measure();
  };
  return { tenancy, spend };
}

describe('what calls cost', () => {
  it('is shared among those at work', () => {
    const { tenancy, spend } = make();
    tenancy.begin(1);
    spend(100);
    tenancy.begin(2);
    spend(200);
    expect(tenancy.end(1)).toBe(200);
    spend(50);
    expect(tenancy.end(2)).toBe(150);
    expect(tenancy.end(2)).toBeUndefined();
    expect(tenancy.total).toBe(350);
  });
});

describe('too much', () => {
  it('is what one call takes in all, even if it rests in between', () => {
    const { tenancy, spend } = make();
    tenancy.begin(1);
    for (let turn = 0; turn < 3; turn += 1) {
      spend(400);
      tenancy.heard();
    }
    expect(tenancy.excess(1_200)).toBeUndefined();
    expect(tenancy.excess(1_000)).toBe('used more than 0.001 s of processor time');
  });

  it('is what several calls take without a rest', () => {
    const { tenancy, spend } = make();
    tenancy.begin(1);
    tenancy.begin(2);
    spend(1_100);
    expect(tenancy.excess(1_000)).toBeDefined();
  });

  it('is what runs on when all calls have ended', () => {
    const { tenancy, spend } = make();
    tenancy.begin(1);
    tenancy.end(1);
    tenancy.heard();
    spend(600);
    tenancy.heard();
    spend(600);
    expect(tenancy.excess(1_000)).toBeDefined();
    tenancy.begin(2);
    tenancy.heard();
    spend(1);
    expect(tenancy.excess(1_000)).toBeUndefined();
  });
});
