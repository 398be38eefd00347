import { expect, it } from 'vitest';
import { FailureLog } from './failure-log.ts';

it('says when work begins to fail and when it is done again, once each', async () => {
  const said: string[] = [];
  const log = {
    error: ({ err }: { err?: Error }, message: string) => said.push(`error ${message}: ${err?.message}`),
    warn: (_data: object, message: string) => said.push(`warn ${message}`),
  };
  const failureLog = new FailureLog(log, 'the clock cannot be read');
  for (const fails of [false, true, true, true, false, false, true]) {
    await failureLog.attempt(async () => {
      if (fails) throw new Error(`at ${said.length}`);
    });
  }
  expect(said).toEqual([
    'error the clock cannot be read: at 0',
    'warn the clock cannot be read; that is over',
    'error the clock cannot be read: at 2',
  ]);
});
