import { afterEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/sandbox/limits.ts';
import { OTHER_TENANT, plugin, run, testTier } from './guest.ts';

const QUICK = { cpuMs: 300, graceMs: 300 };
const NATIVE = '[].indexOf.call({ length: 2 ** 53 - 1 }, 1);';
const PROCESS_BOMB = 'const m = new Map(); for (let i = 0; ; i += 1) m.set(i, { i });';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const tier of open.splice(0)) await tier.close();
});

function watched(limits = {}) {
  const kills: string[] = [];
  const quarantined: string[] = [];
  const made = testTier({
    limits: { ...QUICK, ...limits },
    onKilled: (id, _version, reason) => kills.push(`${id} ${reason}`),
    onQuarantine: (id, _version, reason) => quarantined.push(`${id}: ${reason}`),
  });
  open.push(made.tier);
  return { ...made, kills, quarantined };
}

const stopped = { code: 'unavailable', reason: 'sandbox-stopped' };

describe('processor time', () => {
  it.each([
    ['a loop', 'for (;;);'],
    ['a loop of microtasks', '(async () => { for (;;) await 0; })(); await new Promise(() => {});'],
    ['a loop after a host call', 'await ctx.db.jobs.count(); for (;;);'],
    ['a getter of what was thrown', 'throw { get message() { for (;;); } };'],
    ['a thenable', 'return { then() { for (;;); } };'],
    ['code that cannot be interrupted', NATIVE],
  ])('of %s is limited', async (_what, body) => {
    const { load, kills } = watched();
    const runtime = await load(plugin(body));
    await expect(run(runtime)).rejects.toMatchObject({
      ...stopped,
      message: '"run" of guest was stopped because it used more than 0.3 s of processor time.',
    });
    expect(kills).toEqual(['guest used more than 0.3 s of processor time']);
  });

  it('that a handler leaves behind is limited too', async () => {
    const { load, kills } = watched();
    const runtime = await load(
      plugin(
        'let p = Promise.resolve(); for (let i = 0; i < 20; i += 1) p = p.then(() => 0); p.then(() => { for (;;); }); return 1',
      ),
    );
    expect(await run(runtime)).toBe(1);
    await vi.waitFor(() => expect(kills).toHaveLength(1), 30_000);
    expect(await run(runtime)).toBe(1);
  });

  it('of the top level of a module is limited', async () => {
    const { load } = watched();
    await expect(load('for (;;);')).rejects.toThrow('could not be loaded: it used more than 0.3 s of processor time');
  });
});

describe('memory', () => {
  it.each([
    ['arrays', 'const a = []; for (;;) a.push(new Array(1e5).fill(1.5));'],
    ['a map', PROCESS_BOMB],
    ['strings', 'const a = []; for (let i = 0; ; i += 1) a.push(("x" + i).repeat(1e6) + i);'],
    [
      'buffers that grow',
      'const a = []; for (;;) { const b = new ArrayBuffer(1, { maxByteLength: 2 ** 30 }); b.resize(2 ** 30); new Uint8Array(b).fill(1); a.push(b); }',
    ],
  ])('of %s is limited, and others go on', async (_what, body) => {
    const { load } = watched({ cpuMs: 10_000 });
    const bomb = await load(plugin(body), { id: 'bomb' });
    const other = await load(plugin('return await ctx.db.jobs.count()'), { id: 'other' });
    const result = run(bomb).then(
      () => 'returned',
      (error: Error) => error.name,
    );
    const counts: unknown[] = [];
    let isOver = false;
    void result.then(() => {
      isOver = true;
    });
    do counts.push(await run(other, {}, { readOnly: true, answer: () => 7 }));
    while (!isOver);
    expect(await result).toMatch(/ApiError|RangeError/);
    expect(new Set(counts)).toEqual(new Set([7]));
  });
});

describe('the deadline', () => {
  it('ends the wait for a promise that never resolves, and counts as no kill', async () => {
    const { load, kills } = watched();
    const runtime = await load(plugin('if (input.hang) await new Promise(() => {}); return 1'));
    await expect(run(runtime, { hang: true }, { deadlineMs: 200 })).rejects.toMatchObject({
      code: 'unavailable',
      reason: 'deadline-passed',
      message: '"run" of guest did not finish within 0.2 s.',
    });
    expect(await run(runtime)).toBe(1);
    expect(kills).toEqual([]);
  });

  it('leaves the other calls in the same isolate alone', async () => {
    const { load } = watched();
    const runtime = await load(plugin('if (input.hang) await new Promise(() => {}); return await ctx.db.jobs.count()'));
    const patient = run(runtime, {}, { answer: () => new Promise((resolve) => setTimeout(resolve, 600, 5)) });
    await expect(run(runtime, { hang: true }, { deadlineMs: 200 })).rejects.toMatchObject({
      reason: 'deadline-passed',
    });
    expect(await patient).toBe(5);
  });
});

describe('quarantine', () => {
  it('comes with the third kill, says why, and spares the rest', async () => {
    const { load, quarantined, tier } = watched();
    const bad = await load(plugin('if (input.good) return 1; for (;;);'), { id: 'bad' });
    const good = await load(plugin('return 2'), { id: 'good' });
    for (let kill = 1; kill <= 3; kill += 1) await expect(run(bad)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(run(bad, { good: true })).rejects.toMatchObject({
      code: 'unavailable',
      reason: 'plugin-quarantined',
      message: expect.stringContaining('stopped by force 3 times within 10 minutes'),
    });
    expect(quarantined).toEqual([expect.stringMatching(/^bad: .*the last time it used more than 0.3 s/)]);
    expect(await run(good)).toBe(2);
    expect((await tier.processes()).plugins).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ plugin: 'bad', kills: 3, quarantined: true }),
        expect.objectContaining({ plugin: 'good', kills: 0, quarantined: false }),
      ]),
    );
  });

  it('comes with the third offence of another kind as well, and ends what runs', async () => {
    const { load, quarantined, kills } = watched();
    const bad = await load(plugin('return await ctx.db.jobs.count()'), { id: 'bad' });
    const running = run(bad, {}, { answer: () => new Promise(() => undefined) });
    running.catch(() => undefined);
    for (let offence = 1; offence <= 3; offence += 1) {
      expect(quarantined).toEqual([]);
      bad.offended?.('held the database up');
    }
    await expect(running).rejects.toMatchObject({ reason: 'plugin-quarantined' });
    await expect(run(bad)).rejects.toMatchObject({ reason: 'plugin-quarantined' });
    expect(kills).toHaveLength(3);
    expect(quarantined).toEqual([expect.stringMatching(/^bad: .*3 times.*the last time it held the database up$/)]);
  });

  it('finds the one that brings processes down among others at work, and never takes an innocent', async () => {
    const { load, quarantined, kills } = watched({ cpuMs: 10_000 });
    const bomb = await load(plugin(PROCESS_BOMB), { id: 'bomb', publisher: 'Same' });
    const busy = await load(plugin('for (let i = 0; i < 5; i += 1) await ctx.db.jobs.count(); return 1'), {
      id: 'busy',
      publisher: 'Same',
    });
    const answer = () => new Promise((resolve) => setTimeout(resolve, 5, 1));
    for (let round = 0; round < 5 && quarantined.length === 0; round += 1) {
      const others = [1, 2, 3].map(() => run(busy, {}, { answer, readOnly: true }));
      await expect(run(bomb)).rejects.toMatchObject({ code: 'unavailable' });
      expect(await Promise.all(others)).toEqual([1, 1, 1]);
    }
    expect(quarantined).toEqual([expect.stringMatching(/^bomb: /)]);
    expect(kills.filter((kill) => kill.startsWith('busy'))).toEqual([]);
  });
});

describe('a process that is lost', () => {
  const kill = async (tier: ReturnType<typeof testTier>['tier']) => {
    for (const { pid, kind } of (await tier.processes()).processes) if (kind !== 'trial') process.kill(pid, 'SIGKILL');
  };

  it('costs a reading call nothing: it runs once more', async () => {
    const { load, tier } = watched();
    const runtime = await load(plugin('return await ctx.db.jobs.count()'));
    let asked = 0;
    const answer = async () => {
      asked += 1;
      if (asked === 1) {
        await kill(tier);
        await new Promise(() => undefined);
      }
      return asked;
    };
    expect(await run(runtime, {}, { readOnly: true, answer })).toBe(2);
  });

  it('ends a writing call that has asked for something, with a reason to try again', async () => {
    const { load, tier, kills } = watched();
    const runtime = await load(plugin('return await ctx.db.jobs.count()'));
    const answer = async () => {
      await kill(tier);
      return new Promise(() => undefined);
    };
    await expect(run(runtime, {}, { answer })).rejects.toMatchObject({
      code: 'unavailable',
      reason: 'sandbox-restarted',
    });
    expect(await run(runtime, {}, { answer: () => 3 })).toBe(3);
    expect(kills).toEqual([]);
  });
});

describe('the number', () => {
  it('of calls at work in one isolate is limited; more wait, more still are refused', async () => {
    const { load } = watched({ waitingPerIsolate: 2 });
    const runtime = await load(plugin('return await ctx.db.jobs.count()'));
    let asked = 0;
    const gate = Promise.withResolvers<number>();
    const answer = () => {
      asked += 1;
      return gate.promise;
    };
    await run(runtime, {}, { answer: () => 0 });
    const calls = Array.from({ length: 6 }, () => run(runtime, {}, { answer }));
    await vi.waitFor(() => expect(asked).toBe(DEFAULT_LIMITS.callsPerIsolate), 20_000);
    await expect(run(runtime, {}, { answer })).rejects.toMatchObject({ code: 'unavailable', reason: 'sandbox-busy' });
    gate.resolve(1);
    expect(await Promise.all(calls)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('of questions that wait for an answer is limited', async () => {
    const { load } = watched({ cpuMs: 5_000 });
    const runtime = await load(
      plugin(
        'return (await Promise.allSettled(Array.from({ length: 1000 }, () => ctx.db.jobs.count()))).filter((r) => r.status === "rejected").length',
      ),
    );
    expect(await run(runtime, {}, { answer: () => 1 })).toBe(1_000 - 256);
  });

  it('of isolates is limited: the longest unused goes', async () => {
    const { load, tier } = watched({ isolatesPerProcess: 3, sharedProcesses: 1 });
    const runtime = await load(plugin('globalThis.calls = (globalThis.calls ?? 0) + 1; return globalThis.calls'));
    const tenants = [1, 2, 3, 4].map((n) => OTHER_TENANT.replace(/^2/, String(n)));
    for (const tenant of tenants) expect(await run(runtime, {}, { tenant })).toBe(1);
    const [first = '', second = ''] = tenants;
    expect(await run(runtime, {}, { tenant: tenants[3] ?? '' })).toBe(2);
    expect(await run(runtime, {}, { tenant: first })).toBe(1);
    expect(await run(runtime, {}, { tenant: second })).toBe(1);
    const shared = (await tier.processes()).processes.filter(({ kind }) => kind === 'shared');
    expect(shared.map(({ isolates }) => isolates)).toEqual([3]);
  });
});
