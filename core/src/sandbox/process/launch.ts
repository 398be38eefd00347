import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { HardeningStep, SandboxLimits } from '../types.ts';
import type { HostCode } from './host-code.ts';

/** How a child is started on this host. */
export interface LaunchPlan {
  /** Programs that start one another, the last of which starts node. */
  wrapper(uid: number): string[];
  nodeFlags: string[];
  steps: HardeningStep[];
}

const run = promisify(execFile);
/** Accounts nobody uses: Debian keeps 65000 to 65533 free, and a container maps them when it maps any. */
const FIRST_UID = 65_000;
const UIDS = 500;

export function pickUid(): number {
  return FIRST_UID + Math.floor(Math.random() * UIDS);
}

async function obstacle(command: readonly string[]): Promise<string | null> {
  const [file = '', ...args] = command;
  try {
    await run(file, args, { timeout: 10_000, env: {} });
    return null;
  } catch (error) {
    const { code, stderr } = error as { code?: string | number; stderr?: string };
    if (code === 'ENOENT') return `${file} is not installed`;
    return `${file} refused: ${(stderr ?? '').trim().split('\n')[0]?.slice(0, 200) || `code ${code}`}`;
  }
}

function limitArguments({ processDataMb }: SandboxLimits): string[] {
  return [`--data=${processDataMb * 1024 * 1024}`, '--nofile=256', '--core=0', '--fsize=0'];
}

function dropArguments(uid: number): string[] {
  const id = String(uid);
  return ['--reuid', id, '--regid', id, '--clear-groups', '--no-new-privs', '--bounding-set=-all', '--inh-caps=-all'];
}

/** Finds out, once, which of the measures this host has; each is tried as it will be used. */
export async function planLaunch(limits: SandboxLimits, code: HostCode): Promise<LaunchPlan> {
  const isRoot = process.getuid?.() === 0;
  const steps: HardeningStep[] = [];
  const layers: ((uid: number) => string[])[] = [];
  const attempt = async (step: string, layer: (uid: number) => string[], probe = ['true']) => {
    const reason = await obstacle([...layers.flatMap((make) => make(FIRST_UID)), ...layer(FIRST_UID), ...probe]);
    steps.push(reason === null ? { step, ok: true } : { step, ok: false, reason });
    if (reason === null) layers.push(layer);
    return reason === null;
  };
  // From the outside inwards: what needs rights comes before they are given up.
  await attempt('no network', () => [
    'unshare',
    isRoot ? '--net' : '--map-current-user',
    ...(isRoot ? [] : ['--net']),
    '--',
  ]);
  await attempt('process limits', () => ['prlimit', ...limitArguments(limits), '--']);
  if (isRoot)
    await attempt('unprivileged user', (uid) => ['setpriv', ...dropArguments(uid), '--'], [code.node, '--version']);
  else {
    steps.push({ step: 'unprivileged user', ok: true, reason: 'the kernel does not run as root' });
    await attempt('no new privileges', () => ['setpriv', '--no-new-privs', '--']);
  }
  // After what changes rights, which takes it back. The end of the connection says the same, though only to code that runs.
  await attempt('end with the kernel', () => ['setpriv', '--pdeathsig', 'KILL', '--']);
  if (isRoot) await attempt('process count', () => ['prlimit', '--nproc=256', '--']);
  steps.push(
    { step: 'no machine code at run time (--jitless)', ok: true },
    { step: 'no files, processes or threads (--permission)', ok: true },
    { step: 'empty environment', ok: true },
  );
  return {
    wrapper: (uid) => layers.flatMap((make) => make(uid)),
    nodeFlags: [
      '--jitless',
      '--permission',
      '--allow-addons',
      `--allow-fs-read=${code.folder}`,
      '--disable-warning=SecurityWarning',
      '--max-old-space-size=256',
      '--no-deprecation',
    ],
    steps,
  };
}
