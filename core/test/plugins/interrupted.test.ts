import { join } from 'node:path';
import type { JsonObject } from '@bazaar/sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../src/errors/index.ts';
import type { PluginRuntime } from '../../src/plugins/index.ts';
import { FIXTURES, startTestKernel, type TestKernel } from './support/kernel.ts';

let kernel: TestKernel;
let runtime: PluginRuntime;
beforeAll(async () => {
  kernel = await startTestKernel({ plugins: [join(FIXTURES, 'notes')] });
  const live = await kernel.loaded.registry.get('notes')?.live();
  if (!live) throw new Error('notes is not there');
  runtime = live.runtime;
});
afterAll(() => kernel.close());
beforeEach(() => vi.restoreAllMocks());

/** The next calls do all of their work and are then lost with the process they ran in. */
function interrupt(times: number) {
  const perform = runtime.action.bind(runtime);
  const spy = vi.spyOn(runtime, 'action');
  for (let count = 0; count < times; count += 1) {
    spy.mockImplementationOnce(async (...call) => {
      await perform(...call).catch(() => {
        // What becomes of its own work is of no matter.
      });
      throw new ApiError('unavailable', 'Interrupted.', { reason: 'sandbox-restarted' });
    });
  }
  return spy;
}

const refusal = { code: 'unavailable', reason: 'sandbox-restarted' };
const misbehave = (how: string, argument: JsonObject | string) =>
  kernel.invoke('notes', 'misbehave', { how, argument });

describe('a handler that was interrupted by no fault of its own', () => {
  it('is run again, and nothing of the first time is left', async () => {
    const spy = interrupt(1);
    await kernel.invoke('notes', 'notes.create', { topic: 'interrupted', number: 1 });
    expect(spy).toHaveBeenCalledTimes(2);
    expect(await kernel.invoke('notes', 'notes.count', { topic: 'interrupted' })).toBe(1);
  });

  it('is given up when it happens again', async () => {
    const spy = interrupt(2);
    await expect(kernel.invoke('notes', 'notes.create', { topic: 'twice', number: 1 })).rejects.toMatchObject(refusal);
    expect(spy).toHaveBeenCalledTimes(2);
    expect(await kernel.invoke('notes', 'notes.count', { topic: 'twice' })).toBe(0);
  });

  it.each<[string, string, JsonObject | string]>([
    ['asked another server', 'fetch', { url: 'https://allowed.example/' }],
    ['stored a file', 'import-asset', 'plugin.json'],
    ['called an action that writes', 'call-self', ''],
  ])('is not run again when it has %s', async (_what, how, argument) => {
    const spy = interrupt(1);
    await expect(misbehave(how, argument)).rejects.toMatchObject(refusal);
    expect(spy.mock.calls.filter(([, , input]) => input.argument === argument)).toHaveLength(1);
  });
});
