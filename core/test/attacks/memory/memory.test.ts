import { expect, it, vi } from 'vitest';
import { besiege } from '../support/siege.ts';
import { BEYOND } from './beyond.ts';
import { HEAP } from './heap.ts';

const CROWD = Array.from({ length: 24 }, (_, index) => `crowd-${index}`);
/** What all sandboxes together may hold while one plugin hoards for every tenant. */
const MOST_MEGABYTES = 3_000;

besiege('taking memory', [...HEAP, ...BEYOND], {
  moreTenants: CROWD,
  more: (arena) =>
    it('a hoarder with many tenants neither grows without end nor starves its neighbours', async () => {
      await arena().lap();
      const before = arena().residentMegabytes();
      for (const tenant of CROWD) expect([200, 503]).toContain((await arena().call('hoard', { tenant })).status);
      expect(arena().residentMegabytes()).toBeLessThan(before + MOST_MEGABYTES);
      for (const [name, { failures }] of Object.entries(await arena().lap())) expect(failures, name).toEqual([]);
      await vi.waitFor(() => expect(arena().residentMegabytes()).toBeLessThan(before + 1_200), { timeout: 20_000 });
    }),
});
