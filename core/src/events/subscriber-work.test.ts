import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LoadedPlugin } from '../plugins/index.ts';
import type { Claim } from './claim.ts';
import type { DeliveryStore } from './delivery-store.ts';
import { DEFAULT_TIMING, type EventsOptions } from './options.ts';
import { SubscriberWork } from './subscriber-work.ts';
import { turnKey } from './turns.ts';

const HERE = 'this node';
const TURN = { tenantId: 't', subscriber: 'journal', subject: 's' };
const OURS: Claim = { kind: 'later', at: new Date(), id: '1', lockedBy: HERE };
const NONE: Claim = { kind: 'none' };
const TAKEN: Claim = {
  kind: 'taken',
  delivery: {
    id: '1',
    attempts: 1,
    tenant: { id: 't', slug: 't', name: 'T' },
    requestId: 'r',
    event: { id: 'e', name: 'notes.note.created', version: 1, subject: 's', occurredAt: '', payload: {} },
  },
};

const claim = vi.fn<DeliveryStore['claim']>();
const forget = vi.fn<DeliveryStore['forget']>(async () => undefined);
const deliver = vi.fn<EventsOptions['deliver']>();
/** What is put into the queue: keys of turns, and when. */
const enqueued = vi.fn<(key: string, at: string | undefined) => void>();
let work: SubscriberWork;

beforeEach(() => {
  const query = async (text: string, [first]: [string]) => {
    if (text.includes('add_jobs')) {
      const jobs = JSON.parse(first) as { job_key: string; run_at?: string }[];
      for (const { job_key: key, run_at: at } of jobs) enqueued(key, at);
    }
    return { rows: [] };
  };
  const plugin = { manifest: { name: 'Journal' } } as LoadedPlugin;
  const options = {
    db: { platform: { transaction: (run: (sql: object) => unknown) => run({ query }) } },
    plugins: {
      get: () => plugin,
      use: (_id: string, _tenant: string, run: (one: LoadedPlugin) => unknown) => run(plugin),
    },
    licences: { suspended: async () => false, decide: async () => ({ writable: true }), enabled: async () => true },
    deliver,
    log: { warn: vi.fn(), debug: vi.fn() },
  } as unknown as EventsOptions;
  work = new SubscriberWork(options, DEFAULT_TIMING, { claim, forget } as unknown as DeliveryStore, HERE);
});
afterEach(() => vi.resetAllMocks());

test('a lease left over from a lost connection is given back, and the delivery taken', async () => {
  claim.mockResolvedValueOnce(OURS).mockResolvedValueOnce(TAKEN).mockResolvedValueOnce(NONE);
  await work.takeTurn(TURN);
  expect(forget).toHaveBeenCalledExactlyOnceWith('t', '1');
  expect(deliver).toHaveBeenCalledOnce();
});

test('a lease that another turn of the subject is just being told of is left to that turn', async () => {
  const answer = Promise.withResolvers<Claim>();
  claim.mockReturnValueOnce(answer.promise).mockResolvedValueOnce(OURS).mockResolvedValueOnce(NONE);
  const first = work.takeTurn(TURN);
  await vi.waitFor(() => expect(claim).toHaveBeenCalledOnce());
  await work.takeTurn(TURN);
  expect(forget).not.toHaveBeenCalled();
  // The answer may be lost on its way: then nobody is at it.
  expect(enqueued).toHaveBeenCalledExactlyOnceWith(turnKey(TURN), expect.any(String));
  answer.resolve(TAKEN);
  await first;
  expect(deliver).toHaveBeenCalledOnce();
});

test('a turn of another subject does not keep a lease that was left over', async () => {
  const answer = Promise.withResolvers<Claim>();
  claim.mockReturnValueOnce(answer.promise).mockResolvedValueOnce(OURS).mockResolvedValue(NONE);
  const other = work.takeTurn({ ...TURN, subject: 'other' });
  await vi.waitFor(() => expect(claim).toHaveBeenCalledOnce());
  await work.takeTurn(TURN);
  expect(forget).toHaveBeenCalledExactlyOnceWith('t', '1');
  answer.resolve(NONE);
  await other;
});

test('when the answer was lost, the next turn gives the lease back', async () => {
  claim.mockRejectedValueOnce(new Error('connection lost'));
  await expect(work.takeTurn(TURN)).rejects.toThrow('connection lost');
  claim.mockResolvedValueOnce(OURS).mockResolvedValueOnce(NONE);
  await work.takeTurn(TURN);
  expect(forget).toHaveBeenCalledExactlyOnceWith('t', '1');
});

test('what is handled here is left alone, and nothing more is asked for', async () => {
  const handling = Promise.withResolvers<void>();
  deliver.mockReturnValueOnce(handling.promise as never);
  claim.mockResolvedValueOnce(TAKEN).mockResolvedValueOnce(OURS).mockResolvedValueOnce(NONE);
  const first = work.takeTurn(TURN);
  await vi.waitFor(() => expect(deliver).toHaveBeenCalledOnce());
  await work.takeTurn(TURN);
  expect(forget).not.toHaveBeenCalled();
  expect(enqueued).not.toHaveBeenCalled();
  handling.resolve();
  await first;
  expect(claim).toHaveBeenCalledTimes(3);
});
