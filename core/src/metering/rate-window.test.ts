import { describe, expect, it } from 'vitest';
import { RateWindow } from './rate-window.ts';

const S = 1_000;

describe('a window of a minute', () => {
  it.each<[string, [at: number, amount: number][], number, number]>([
    ['nothing', [], 0, 0],
    ['what was just used', [[0, 5]], 0, 5],
    [
      'several steps',
      [
        [0, 5],
        [7 * S, 2],
        [59 * S, 1],
      ],
      59 * S,
      8,
    ],
    [
      'no longer what is a minute old',
      [
        [0, 5],
        [7 * S, 2],
      ],
      60 * S,
      2,
    ],
    ['what was used at the end of a step a little shorter than a minute', [[4.9 * S, 5]], 60 * S, 0],
    [
      'nothing after a long silence',
      [
        [0, 5],
        [7 * S, 2],
      ],
      3_600 * S,
      0,
    ],
    [
      'what came after a long silence',
      [
        [0, 5],
        [1_000 * S, 2],
      ],
      1_000 * S,
      2,
    ],
    [
      'fractions',
      [
        [0, 0.1],
        [5 * S, 0.2],
      ],
      5 * S,
      0.1 + 0.2,
    ],
  ])('counts %s', (_what, uses, now, expected) => {
    const window = new RateWindow(2, 0);
    for (const [at, amount] of uses) window.add(1, amount, at);
    expect(window.used(1, now)).toBe(expected);
    expect(window.used(0, now)).toBe(0);
  });

  it('begins at any time', () => {
    const window = new RateWindow(1, 1_234_567);
    window.add(0, 3, 1_234_567);
    expect(window.used(0, 1_234_567 + 54 * S)).toBe(3);
    expect(window.used(0, 1_234_567 + 60 * S)).toBe(0);
  });

  it('forgets nothing and invents nothing in an hour of use', () => {
    const window = new RateWindow(1, 0);
    for (let second = 0; second < 3_600; second += 1) {
      window.add(0, 0.1, second * S);
      if (second >= 60) {
        const used = window.used(0, second * S);
        expect(used).toBeGreaterThan(5.4);
        expect(used).toBeLessThan(6.1);
      }
    }
    expect(window.used(0, 3_700 * S)).toBe(0);
  });

  it.each<[string, [at: number, amount: number][], number, number, number]>([
    ['at once when there is room', [[0, 5]], 10, 0, 0],
    ['when the only step ends', [[1 * S, 10]], 10, 1 * S, 59 * S],
    [
      'when enough of the oldest has gone',
      [
        [0, 3],
        [10 * S, 4],
        [20 * S, 5],
      ],
      6,
      30 * S,
      40 * S,
    ],
    [
      'when all has gone',
      [
        [0, 3],
        [20 * S, 5],
      ],
      1,
      30 * S,
      50 * S,
    ],
    ['a minute later for what can never be', [[0, 3]], 0, 0, 60 * S],
  ])('frees %s', (_what, uses, limit, now, expected) => {
    const window = new RateWindow(1, 0);
    for (const [at, amount] of uses) window.add(0, amount, at);
    const wait = window.freeIn(0, limit, now);
    expect(wait).toBe(expected);
    if (limit > 0) expect(window.used(0, now + wait)).toBeLessThan(limit);
  });

  it('is idle a minute after its last use', () => {
    const window = new RateWindow(1, 0);
    window.add(0, 1, 3 * S);
    expect(window.isIdle(59 * S)).toBe(false);
    expect(window.isIdle(60 * S)).toBe(true);
    window.add(0, 1, 61 * S);
    expect(window.isIdle(100 * S)).toBe(false);
  });

  it('does not go back with a clock that does', () => {
    const window = new RateWindow(1, 100 * S);
    window.add(0, 1, 100 * S);
    window.add(0, 1, 90 * S);
    expect(window.used(0, 90 * S)).toBe(2);
    expect(window.used(0, 160 * S)).toBe(0);
  });
});
