import { describe, expect, it } from 'vitest';
import { CpuMeter } from './cpu-meter.ts';

const SECOND = 1_000_000;

describe('time on a processor', () => {
  it.each([
    ['as much as was claimed', SECOND, SECOND, 1],
    ['more, because others of the process worked too', SECOND, 3 * SECOND, 1],
    ['half of it, on a busy machine', SECOND, SECOND / 2, 0.5],
    ['next to nothing: no sample is believed that far', SECOND, 0, 0.1],
    ['too short a time to tell', 1_000, 0, 1],
  ])('%s', (_what, claimed, used, share) => {
    const meter = new CpuMeter();
    expect(meter.real(claimed)).toBe(claimed);
    meter.adjust(used);
    expect(meter.real(100)).toBeCloseTo(100 * share);
  });
});
