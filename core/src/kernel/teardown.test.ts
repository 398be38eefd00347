import { expect, test, vi } from 'vitest';
import { Teardown } from './teardown.ts';

test('does not wait for ever, except for what must end', async () => {
  const log = { error: vi.fn(), warn: vi.fn() };
  const stopped: string[] = [];
  const teardown = new Teardown(50);
  const after = (ms: number, name: string) => () =>
    new Promise<void>((resolve) => {
      setTimeout(() => {
        stopped.push(name);
        resolve();
      }, ms);
    });
  teardown.add('lock', after(0, 'lock'), { mustEnd: true });
  teardown.add('database', after(400, 'database'), { mustEnd: true });
  teardown.add('stuck', () => new Promise(() => {}));
  teardown.add('quick', after(10, 'quick'));
  await teardown.run(log);
  expect(stopped).toEqual(['quick', 'database', 'lock']);
  expect(log.warn).toHaveBeenCalledExactlyOnceWith({ part: 'stuck' }, expect.any(String));
});

test('stops in reverse order, once, and goes on after a failure', async () => {
  const log = { error: vi.fn(), warn: vi.fn() };
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

test('says of a part it did not wait for only that, however it ends without those below it', async () => {
  const log = { error: vi.fn(), warn: vi.fn() };
  const teardown = new Teardown(10);
  const pool = Promise.withResolvers<void>();
  teardown.add('pool', () => pool.reject(new Error('the pool has ended')));
  teardown.add('events', () => pool.promise);
  await teardown.run(log);
  await expect(pool.promise).rejects.toThrow();
  expect(log.warn).toHaveBeenCalledExactlyOnceWith({ part: 'events' }, expect.any(String));
  expect(log.error).not.toHaveBeenCalled();
});
