import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { plugin, run, testTier } from './guest.ts';

const onLinux = it.runIf(process.platform === 'linux');
const asRoot = it.runIf(process.platform === 'linux' && process.getuid?.() === 0);

const { tier, load } = testTier();
afterAll(() => tier.close());

async function started(): Promise<number> {
  const runtime = await load(plugin('return 1'));
  await run(runtime);
  const { processes } = await tier.processes();
  return processes.find(({ kind }) => kind === 'shared')?.pid ?? 0;
}

const status = (pid: number, field: string) =>
  new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]?.trim();

describe('the processes', () => {
  it('say which measures this host has, and why one is missing', async () => {
    const steps = await tier.hardening();
    expect(steps.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['no network', 'process limits', 'unprivileged user', 'empty environment']),
    );
    for (const { ok, reason } of steps) if (!ok) expect(reason).toMatch(/\w/);
  });

  onLinux('have no environment, and limits of their own', async () => {
    const pid = await started();
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).toBe('');
    const limits = await tier.hardening().then((steps) => steps.find(({ step }) => step === 'process limits'));
    if (!limits?.ok) return;
    const table = readFileSync(`/proc/${pid}/limits`, 'utf8');
    expect(table).toMatch(/Max data size\s+2147483648/);
    expect(table).toMatch(/Max open files\s+256/);
    expect(table).toMatch(/Max core file size\s+0/);
  });

  asRoot('are no root, cannot become it, and see no network', async () => {
    const pid = await started();
    const steps = new Map((await tier.hardening()).map(({ step, ok }) => [step, ok]));
    if (steps.get('unprivileged user')) {
      expect(Number(status(pid, 'Uid')?.split(/\s+/)[0])).toBeGreaterThanOrEqual(65_000);
      expect(status(pid, 'CapBnd') ?? '0000000000000000').toBe('0000000000000000');
      expect(status(pid, 'NoNewPrivs') ?? '1').toBe('1');
    }
    if (steps.get('no network')) {
      const interfaces = readFileSync(`/proc/${pid}/net/dev`, 'utf8').split('\n').slice(2);
      expect(interfaces.filter((line) => line.trim() !== '' && !line.trim().startsWith('lo'))).toEqual([]);
    }
  });

  onLinux('come after the kernel when there are not enough processors, with all of their threads', async () => {
    const pid = await started();
    const priorities = readdirSync(`/proc/${pid}/task`).map((thread) => getPriority(Number(thread)));
    expect(priorities.length).toBeGreaterThan(3);
    expect(new Set(priorities)).toEqual(new Set([Math.min(getPriority() + 5, 19)]));
  });

  onLinux('are the only ones that load isolated-vm', async () => {
    const pid = await started();
    expect(readFileSync(`/proc/${pid}/maps`, 'utf8')).toContain('isolated-vm');
    expect(readFileSync('/proc/self/maps', 'utf8')).not.toContain('isolated-vm');
  });

  it('run one for all plugins of a publisher, until one of them is watched alone', async () => {
    const own = testTier({ limits: { sharedProcesses: 4 } });
    for (const id of ['a', 'b', 'c']) await run(await own.load(plugin('return 1'), { id, publisher: 'One' }));
    const kinds = (await own.tier.processes()).processes.map(({ kind, isolates }) => `${kind} ${isolates}`);
    expect(kinds.sort()).toEqual(['shared 3', 'trial 0']);
    await own.tier.close();
  });

  it('take their code from a folder that holds nothing else and that nobody can write to', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-code-'));
    const own = testTier({ folder });
    await own.tier.hardening();
    const [made = ''] = readdirSync(folder);
    expect(readdirSync(join(folder, made)).sort()).toEqual(['guest.js', 'isolated-vm.node', 'main.mjs']);
    for (const name of readdirSync(join(folder, made))) expect(statSync(join(folder, made, name)).mode & 0o222).toBe(0);
    await own.tier.close();
    await rm(folder, { recursive: true });
  });

  it('remove code that no kernel has needed for a day, and nothing else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-code-'));
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    const old = ['sandbox-0123456789abcdef', 'sandbox-0123456789abcdef.12-abc', 'sandbox-other', 'node-v24'];
    for (const name of [...old, 'sandbox-00000000deadbeef']) mkdirSync(join(folder, name));
    for (const name of old) utimesSync(join(folder, name), yesterday, yesterday);
    const own = testTier({ folder });
    await own.tier.hardening();
    const kept = readdirSync(folder).sort();
    expect(kept).toHaveLength(4);
    expect(kept).toEqual(expect.arrayContaining(['node-v24', 'sandbox-00000000deadbeef', 'sandbox-other']));
    await own.tier.close();
    await rm(folder, { recursive: true });
  });

  it('end with the tier', async () => {
    const own = testTier();
    await run(await own.load(plugin('return 1')));
    const pids = (await own.tier.processes()).processes.map(({ pid }) => pid);
    expect(pids).toHaveLength(2);
    await own.tier.close();
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), 30_000);
  });

  onLinux.each([
    ['compute', 'for (;;);'],
    ['cannot be interrupted', '[].indexOf.call({ length: 2 ** 53 - 1 }, 1);'],
    ['fill the memory', 'const m = new Map(); for (let i = 0; ; i += 1) m.set(i % 5e5, { i });'],
    ['ask without end', 'for (;;) await Promise.all(Array.from({ length: 250 }, () => ctx.db.jobs.count()));'],
  ])('end at once when the kernel is killed, even if their guests %s', async (_what, body) => {
    const script = `
      import { plugin, run, testTier } from ${JSON.stringify(join(import.meta.dirname, 'guest.ts'))};
      const { tier, load } = testTier({ limits: { cpuMs: 1e9, silenceMs: 1e9 } });
      const runtime = await load(plugin(${JSON.stringify(`await ctx.db.jobs.count(); ${body}`)}));
      const told = async () => {
        process.stdout.write(JSON.stringify((await tier.processes()).processes.map(({ pid }) => pid)) + '\\n');
      };
      run(runtime, {}, { deadlineMs: 1e9, answer: told });`;
    const kernel = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const line = await new Promise<string>((resolve) => kernel.stdout.once('data', (data) => resolve(String(data))));
    const pids = JSON.parse(line.split('\n')[0] ?? '') as number[];
    expect(pids.filter(isAlive)).toHaveLength(2);
    kernel.kill('SIGKILL');
    await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), 30_000);
  });

  onLinux('end with a kernel that is killed while they are stopped', async () => {
    const script = `
      import { plugin, run, testTier } from ${JSON.stringify(join(import.meta.dirname, 'guest.ts'))};
      const { tier, load } = testTier();
      await run(await load(plugin('return 1')));
      const steps = await tier.hardening();
      const { processes } = await tier.processes();
      const ends = steps.some(({ step, ok }) => step === 'end with the kernel' && ok);
      process.stdout.write(JSON.stringify({ pids: processes.map(({ pid }) => pid), ends }));
      setInterval(() => {}, 1e6);`;
    const kernel = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const text = await new Promise<string>((resolve) => kernel.stdout.once('data', (data) => resolve(String(data))));
    const { pids, ends } = JSON.parse(text) as { pids: number[]; ends: boolean };
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    kernel.kill('SIGKILL');
    try {
      if (ends) await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), 30_000);
    } finally {
      for (const pid of pids.filter(isAlive)) process.kill(pid, 'SIGKILL');
    }
  });

  it('do not keep a program from ending that has nothing else to do', async () => {
    const script = `
      import { plugin, run, testTier } from ${JSON.stringify(join(import.meta.dirname, 'guest.ts'))};
      const { load } = testTier();
      process.stdout.write(String(await run(await load(plugin('return 42')))));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      timeout: 60_000,
    });
    expect(stdout).toBe('42');
  });
});

function isAlive(pid: number): boolean {
  // A zombie has ended, only its parent has not yet looked.
  return existsSync(`/proc/${pid}`) && !/^Z/.test(status(pid, 'State') ?? 'Z');
}
