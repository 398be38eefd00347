import { beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../errors/index.ts';
import { PackageError } from '../plugins/index.ts';
import { COMMITTED, type Interrupted } from './journal.ts';
import { Pauses, type RecoverOptions, recoverOperations } from './recover.ts';

const ACTOR = { userId: 'u', tenantId: 't', ip: '', userAgent: '', requestId: 'r' };

/** As the journal has it once the lock is held; `undefined` when it has ended by then. */
let found: Partial<Interrupted> | undefined;
let isHeld: boolean;
let now: number;
let pauses: Pauses;
const end = vi.fn<RecoverOptions['journal']['end']>();
const postpone = vi.fn<RecoverOptions['journal']['postpone']>();
const step = vi.fn<RecoverOptions['journal']['step']>();
const undo = vi.fn(async () => undefined);
const unpark = vi.fn(async () => ({}));
const drop = vi.fn(async () => ({}));
const dropAll = vi.fn(async () => undefined);
const resumeHalt = vi.fn<RecoverOptions['versions']['resumeHalt']>();
const breakOff = vi.fn(async () => undefined);

beforeEach(() => {
  vi.resetAllMocks();
  found = undefined;
  isHeld = false;
  now = 0;
  pauses = new Pauses(() => now);
});

function recover(): Promise<void> {
  const release = async () => {
    isHeld = false;
  };
  const parts = {
    journal: {
      running: async () => [{ id: 'id', plugin: 'crm' }],
      interrupted: async () => {
        // Nobody can take it further any more.
        expect(isHeld).toBe(true);
        return found && { id: 'id', plugin: 'crm', step: 'begin', kind: 'pin', input: {}, actor: ACTOR, ...found };
      },
      step,
      end,
      postpone,
    },
    pauses,
    locks: {
      tryAcquire: async () => {
        isHeld = true;
        return { lost: new AbortController().signal, release };
      },
    },
    host: { records: { one: async () => undefined }, packages: { dropAll } },
    data: { endRehearsal: async () => undefined },
    installs: { undo },
    versions: { resumeHalt },
    drained: { breakOff },
    removals: { unpark, drop },
    log: { warn: vi.fn(), error: vi.fn() },
  };
  return recoverOperations(parts as unknown as RecoverOptions);
}

const ONE_TRANSACTION = [
  'pin',
  'rollback',
  'canary',
  'canary-promote',
  'canary-stop',
  'release',
  'restore',
  'install',
  'upgrade',
] as const;

test.each(ONE_TRANSACTION)('what has taken effect is done, and not done again: %s', async (kind) => {
  found = { kind, step: COMMITTED };
  await recover();
  expect(end).toHaveBeenCalledExactlyOnceWith('id', 'done', { recovered: true });
  for (const work of [undo, unpark, step]) expect(work).not.toHaveBeenCalled();
});

test.each(ONE_TRANSACTION.filter((kind) => kind !== 'restore'))(
  'what has not taken effect is undone: %s',
  async (kind) => {
    found = { kind, step: 'activate' };
    await recover();
    expect(end).toHaveBeenCalledExactlyOnceWith('id', 'undone', { recovered: true });
  },
);

test('what has ended meanwhile is left alone', async () => {
  await recover();
  expect(end).not.toHaveBeenCalled();
  expect(isHeld).toBe(false);
});

test.each<[string, Interrupted['input'], object]>([
  ['nothing was exported yet', { export: true }, {}],
  ['the export was begun', { export: true, exportName: 'crm-then' }, { exportName: 'crm-then' }],
  ['the export is there', { export: true, exported: '/x.gz' }, { exported: '/x.gz' }],
])('a purge goes on from where it was: %s', async (_case, input, progress) => {
  found = { kind: 'purge', step: 'export', input };
  await recover();
  expect(drop).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ id: 'id' }),
    'crm',
    true,
    ACTOR,
    expect.objectContaining(progress),
  );
  expect(end).toHaveBeenCalledExactlyOnceWith('id', 'done', { recovered: true });
});

test.each([
  ['is done when the version is on trial still', true, 'done'],
  ['is nothing any more when it is not', false, 'undone'],
])('an automatic end of a trial %s', async (_what, isOn, state) => {
  resumeHalt.mockResolvedValueOnce(isOn);
  found = { kind: 'canary-stop', step: 'activate', input: { version: '1.1.0', reason: '3 of 3 calls failed.' } };
  await recover();
  expect(resumeHalt).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ id: 'id' }),
    'crm',
    '1.1.0',
    '3 of 3 calls failed.',
    ACTOR,
  );
  expect(end).toHaveBeenCalledExactlyOnceWith('id', state, { recovered: true });
});

test('an end of a trial that an operator asked for is undone: they can ask again', async () => {
  found = { kind: 'canary-stop', step: 'activate', input: { version: '1.1.0', reason: null } };
  await recover();
  expect(resumeHalt).not.toHaveBeenCalled();
  expect(end).toHaveBeenCalledExactlyOnceWith('id', 'undone', { recovered: true });
});

test.each([
  ['a refusal', new ApiError('unprocessable', 'The tables have changed.')],
  ['a damaged package', new PackageError([{ file: 'plugin.json', pointer: '', message: 'The tables have changed.' }])],
])('what would fail again lets nobody wait for it: %s', async (_what, error) => {
  found = { kind: 'upgrade', step: 'pause' };
  undo.mockRejectedValueOnce(error);
  await recover();
  expect(breakOff).toHaveBeenCalledExactlyOnceWith('crm');
  expect(end).toHaveBeenCalledExactlyOnceWith('id', 'failed', { recovered: true }, error.message);
  expect(postpone).not.toHaveBeenCalled();
});

test('what fails for a reason that may pass lets callers in, says why, and is tried again', async () => {
  found = { kind: 'upgrade', step: 'pause' };
  undo.mockRejectedValueOnce(new Error('no space left on device'));
  await recover();
  expect(breakOff).toHaveBeenCalledExactlyOnceWith('crm');
  expect(postpone).toHaveBeenCalledExactlyOnceWith('id', 'no space left on device');
  expect(end).not.toHaveBeenCalled();
  expect(isHeld).toBe(false);
  now = 10_000;
  await recover();
  expect(end).toHaveBeenCalledExactlyOnceWith('id', 'undone', { recovered: true });
});

test('between two attempts there are growing pauses; the next start does not wait', async () => {
  found = { kind: 'upgrade', step: 'pause' };
  undo.mockRejectedValue(new Error('no space left on device'));
  const tried: number[] = [];
  for (; now <= 3_600_000; now += 5_000) {
    undo.mockClear();
    await recover();
    if (undo.mock.calls.length > 0) tried.push(now / 1000);
  }
  expect(tried).toEqual([0, 10, 30, 70, 150, 310, 630, 1230, 1830, 2430, 3030]);
  pauses = new Pauses(() => now);
  undo.mockReset();
  await recover();
  expect(end).toHaveBeenCalledExactlyOnceWith('id', 'undone', { recovered: true });
});

test('while callers still wait, it is taken up again', async () => {
  found = { kind: 'upgrade', step: 'pause' };
  undo.mockRejectedValueOnce(new Error('no connection'));
  breakOff.mockRejectedValueOnce(new Error('no connection either'));
  await recover();
  expect(postpone).toHaveBeenCalledExactlyOnceWith('id', 'no connection either');
  expect(end).not.toHaveBeenCalled();
  now = 10_000;
  await recover();
  expect(end).toHaveBeenCalledExactlyOnceWith('id', 'undone', { recovered: true });
});

test('what not even the journal can be told is taken up again', async () => {
  found = { kind: 'upgrade', step: 'pause' };
  undo.mockRejectedValueOnce(new Error('no connection'));
  postpone.mockRejectedValueOnce(new Error('no connection'));
  await expect(recover()).rejects.toThrow('no connection');
  expect(isHeld).toBe(false);
  await recover();
  expect(end).toHaveBeenCalledExactlyOnceWith('id', 'undone', { recovered: true });
});
