import { expect, test, vi } from 'vitest';
import { Teardown } from './teardown.ts';

test('stops in reverse order, once, and goes on after a failure', async () => {
  const log = { error: vi.fn() };
  const stopped: string[] = [];
  const teardown = new Teardown();
  for (const name of ['database', 'plugins', 'server']) {
    teardown.add(name, async () => {
      stopped.push(name);
      if (name === 'plugins') throw new Error('stuck');
    });
  }
  await Promise.all([teardown.run(log), teardown.run(log)]);
  expect(stopped).toEqual(['server', 'plugins', 'database']);
  expect(log.error).toHaveBeenCalledOnce();
});
