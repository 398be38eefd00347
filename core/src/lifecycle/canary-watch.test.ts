import { beforeEach, expect, it, vi } from 'vitest';
import { CanaryWatch } from './canary-watch.ts';

const halt = vi.fn();
const canary = {
  version: '2.0.0',
  tenants: [],
  percent: 10,
  maxErrorRate: 0.2,
  minCalls: 5,
  startedAt: new Date(0),
};
let watch: CanaryWatch;

beforeEach(() => {
  halt.mockReset();
  watch = new CanaryWatch(halt);
  watch.watch('crm', canary);
});

function calls(outcomes: string, version = '2.0.0'): void {
  for (const letter of outcomes)
    watch.observe('crm', version, letter === 'f' ? 'failed' : letter === 'r' ? 'refused' : 'ok');
}

it.each([
  ['too few calls say nothing', 'ffff', 0],
  ['as often as allowed is too often', 'ooofo', 1],
  ['rarely enough goes on', 'oooooofooo', 0],
  ['refusals are not failures', 'rrrrrrrr', 0],
  ['told once', 'fffffffff', 1],
])('%s', (_what, outcomes, times) => {
  calls(outcomes);
  expect(halt).toHaveBeenCalledTimes(times);
});

it('says how it went', () => {
  calls('ooofo');
  expect(halt).toHaveBeenCalledWith('crm', '2.0.0', expect.stringContaining('1 of 5 calls failed (20 %)'));
});

it('looks at the version on trial only, and begins anew with each trial', () => {
  calls('fffff', '1.0.0');
  expect(halt).not.toHaveBeenCalled();
  calls('ffff');
  watch.watch('crm', { ...canary, startedAt: new Date(1) });
  calls('oooo');
  expect(halt).not.toHaveBeenCalled();
  watch.watch('crm', null);
  calls('fffff');
  expect(halt).not.toHaveBeenCalled();
});
