import { describe, expect, it } from 'vitest';
import { ReadingPace } from './reading-pace.ts';

const MB = 1024 * 1024;
const IN_A_SECOND = 8 * MB;

describe('the pace at which answers are read', () => {
  it.each([
    ['nothing', 0, 0],
    ['an answer of ordinary size', 100_000, 0],
    ['1 MB', MB, 100],
    ['what takes a second', IN_A_SECOND, 975],
  ])('waits after %s (%i bytes) for %i ms', (_what, bytes, wait) => {
    expect(new ReadingPace().waitAfter('reader', bytes, 5000)).toBe(wait);
  });

  it('is shared by all that one reader reads at once', () => {
    const pace = new ReadingPace();
    const waits = Array.from({ length: 8 }, () => pace.waitAfter('reader', MB, 0));
    expect(waits).toEqual([100, 225, 350, 475, 600, 725, 850, 975]);
  });

  it('is not shared by two readers', () => {
    const pace = new ReadingPace();
    pace.waitAfter('one', IN_A_SECOND, 0);
    expect(pace.waitAfter('other', MB, 0)).toBe(100);
  });

  it('forgets what was read long enough ago, and saves nothing up', () => {
    const pace = new ReadingPace();
    pace.waitAfter('reader', IN_A_SECOND, 0);
    expect(pace.waitAfter('reader', MB, 500)).toBe(600);
    expect(pace.waitAfter('reader', MB, 60_000)).toBe(100);
  });
});
