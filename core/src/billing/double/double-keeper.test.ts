import { expect, test, vi } from 'vitest';
import { createDoubleKeeper, type KeeperOptions } from './double-keeper.ts';

test('a lock that cannot be asked for is asked for again', async () => {
  const asked: unknown[] = [];
  const { promise: again, resolve } = Promise.withResolvers<void>();
  const acquire = async (name: string, signal: AbortSignal): Promise<never> => {
    asked.push(name);
    if (asked.length === 1) throw new Error('the database is starting up');
    resolve();
    // As the real one: waits until it is told to stop.
    return new Promise((_granted, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
  };
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const keeper = createDoubleKeeper({
    db: { locks: { acquire }, platform: {} } as unknown as KeeperOptions['db'],
    log,
    settings: { port: 0, portIsFixed: false, stateFile: '', webhook: '', secret: '' },
    mayRun: true,
  });
  keeper.start();
  await again;
  await keeper.stop();
  expect(asked).toHaveLength(2);
  expect(log.error).toHaveBeenCalledTimes(1);
});
