import { describe, expect, it } from 'vitest';
import { waitedForProcessor } from './resident.ts';
import { Silence } from './silence.ts';

describe('the silence of a process', () => {
  it('is the time since its last word', () => {
    const silence = new Silence();
    expect([1_000, 2_000, 4_500].map((now) => silence.measure(now, 1_000, 20))).toEqual([0, 980, 3_480]);
  });

  it('leaves out what it spent in the queue for a processor', () => {
    const silence = new Silence();
    silence.measure(1_000, 1_000, 50);
    expect(silence.measure(3_000, 1_000, 1_950)).toBe(50);
    // From here on it had one.
    expect(silence.measure(7_000, 1_000, 1_950)).toBe(4_050);
  });

  it('begins anew with each word', () => {
    const silence = new Silence();
    silence.measure(3_000, 1_000, 1_900);
    expect(silence.measure(4_000, 3_500, 2_000)).toBe(400);
    expect(silence.measure(8_000, 3_500, 2_000)).toBe(4_400);
  });
});

it.runIf(process.platform === 'linux')('tells how long a process has waited for a processor', async () => {
  expect(await waitedForProcessor(process.pid)).toBeGreaterThan(0);
  expect(await waitedForProcessor(2 ** 30)).toBe(0);
});
