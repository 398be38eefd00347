import { beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../errors/index.ts';
import { COMMITTED } from './journal.ts';
import { Operations, type Plan } from './operations.ts';
import type { Operation } from './types.ts';

const OPERATOR = { userId: 'u', tenantId: 't', ip: '', userAgent: '', requestId: 'r' };

/** The journal of one operation. */
let entry: { state: string; step: string; error?: string | undefined } | undefined;
let isRunning: boolean;
let isHeld: boolean;
let lost: AbortController;
const undo = vi.fn(async () => {});
const giveUp = vi.fn(async () => {
  expect(isHeld).toBe(true);
  expect(entry).toBeUndefined();
});
const error = vi.fn();
const operations = new Operations({
  journal: {
    isRunning: async () => isRunning,
    giveUp,
    begin: async () => {
      entry = { state: 'running', step: 'begin' };
      return 'id';
    },
    step: async (_id, step) => {
      if (entry) entry.step = step;
    },
    end: async (_id, state, _outcome, message) => {
      if (entry) Object.assign(entry, { state, error: message });
    },
    get: async () => entry as Operation | undefined,
  },
  locks: {
    tryAcquire: async () => {
      if (isHeld) return null;
      isHeld = true;
      return {
        lost: lost.signal,
        release: async () => {
          isHeld = false;
        },
      };
    },
  },
  log: { error },
});
beforeEach(() => {
  entry = undefined;
  isRunning = false;
  isHeld = false;
  lost = new AbortController();
  undo.mockClear();
  giveUp.mockClear();
  error.mockClear();
});

const run = (work: Plan['work']) => operations.run('pin', 'crm', OPERATOR, () => ({ input: {}, work, undo }));

test('an operation is written down, ended, and lets go of the plugin', async () => {
  expect(await run(async () => ({}))).toMatchObject({ state: 'done' });
  // Before it began: what could not be ended must not be done over it.
  expect(giveUp).toHaveBeenCalledExactlyOnceWith('crm');
  expect(isHeld).toBe(false);
});

test('what is refused is not written down', async () => {
  const refused = new ApiError('not-found', 'It is not installed.');
  const plan = async () => {
    // Nobody can change any more what it decides from.
    expect(isHeld).toBe(true);
    throw refused;
  };
  await expect(operations.run('pin', 'crm', OPERATOR, plan)).rejects.toBe(refused);
  expect(entry).toBeUndefined();
  expect(giveUp).not.toHaveBeenCalled();
  expect(isHeld).toBe(false);
});

test.each(['somebody is at it', 'a node has left one behind'])('there is one at a time: %s', async (what) => {
  if (what === 'somebody is at it') isHeld = true;
  else isRunning = true;
  const plan = vi.fn();
  await expect(operations.run('pin', 'crm', OPERATOR, plan)).rejects.toMatchObject({ reason: 'operation-under-way' });
  expect(plan).not.toHaveBeenCalled();
});

test('what fails before its effect is there is undone, with the step and the reason', async () => {
  const failing = run(async ({ step }) => {
    await step('activate');
    throw new Error('no connection');
  });
  await expect(failing).rejects.toMatchObject({ reason: 'activate-failed' });
  expect(undo).toHaveBeenCalledWith(expect.anything(), 'activate');
  expect(entry).toMatchObject({ state: 'failed', error: expect.stringContaining('no connection') });
});

test('what fails once its effect is there is done, and nothing is undone', async () => {
  const done = run(async ({ step }) => {
    await step('activate');
    // By the transaction of the change.
    if (entry) entry.step = COMMITTED;
    throw new Error('nobody knows how far the nodes are');
  });
  expect(await done).toMatchObject({ state: 'done' });
  expect(undo).not.toHaveBeenCalled();
  expect(error).toHaveBeenCalledOnce();
});

test('what could not be undone is left to whoever looks for it', async () => {
  undo.mockRejectedValueOnce(new Error('no connection either'));
  await expect(run(() => Promise.reject(new ApiError('conflict', 'It does not fit.')))).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(entry).toMatchObject({ state: 'running' });
  expect(isHeld).toBe(false);
});

test('who has lost the lock leaves it to whoever has it now', async () => {
  const failing = run(async ({ step }) => {
    lost.abort(new Error('the connection that held the lock was lost'));
    await step('activate');
    return {};
  });
  await expect(failing).rejects.toMatchObject({ reason: 'begin-failed' });
  expect(undo).not.toHaveBeenCalled();
  expect(entry).toMatchObject({ state: 'running' });
});
