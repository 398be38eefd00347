import { randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, isAliveHere, MARK, pidOf, processMark } from './process-mark.ts';

const ATTEMPTS = 40;
const LONGEST_PAUSE_MS = 200;

interface Claim {
  /** Of the process that has it. */
  mark: string;
  /** `false` while it still looks for others. */
  running: boolean;
}

export interface ClaimOptions {
  /** How long to wait for whoever has it; not at all when absent. */
  patienceMs?: number;
  /**
   * Where several machines share the folder: how long a claim counts that was made on another one, of which nobody here
   * can say whether it lives. When absent all processes are of this machine.
   */
  elsewhereMs?: number;
}

/** Somebody living has it. */
export class ClaimTaken extends Error {
  readonly pid: number;
  /** `false` when many wanted it at once and nobody got it. */
  readonly isHeld: boolean;

  constructor({ mark, running }: Claim) {
    const pid = pidOf(mark);
    super(`process ${pid} has it`);
    this.name = 'ClaimTaken';
    this.pid = pid;
    this.isHeld = running;
  }
}

/**
 * Makes this caller the only one with `name` in a folder. Everyone first writes a claim and then looks for others, so of
 * two at the same time at least one sees the other; whoever sees a claim withdraws his own and tries again a little
 * later. Claims of dead processes do not count. Resolves with the release; rejects with `ClaimTaken`.
 */
export async function claim(folder: string, name: string, options: ClaimOptions = {}): Promise<() => Promise<void>> {
  const { patienceMs = 0 } = options;
  const own = `${name}-${randomUUID()}.lock`;
  const path = join(folder, own);
  const mine: Claim = { mark: processMark(), running: false };
  const release = () => rm(path, { force: true });
  const began = performance.now();
  for (let attempt = 1; ; attempt++) {
    await writeClaim(path, mine);
    let other: Claim | undefined;
    try {
      other = await findOther(folder, { name, own }, options);
      if (!other) {
        await writeClaim(path, { ...mine, running: true });
        return release;
      }
    } catch (error) {
      await release();
      throw error;
    }
    await release();
    const isPatient = performance.now() - began < patienceMs;
    if (!isPatient && (other.running || attempt >= ATTEMPTS)) throw new ClaimTaken(other);
    await sleep(Math.min(5 + Math.random() * 10 * attempt, LONGEST_PAUSE_MS));
  }
}

const WHOLE_MARK = new RegExp(`^${MARK}$`);

function parse(text: string): Claim | undefined {
  try {
    const claim = JSON.parse(text) as Partial<Claim> | null;
    return typeof claim?.mark === 'string' && WHOLE_MARK.test(claim.mark) ? (claim as Claim) : undefined;
  } catch {
    // Cut short by a power failure: claims are never seen half written otherwise.
    return undefined;
  }
}

async function readClaim(path: string): Promise<Claim | undefined> {
  try {
    return parse(await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function writeClaim(path: string, claim: Claim): Promise<void> {
  const draft = `${path}.new`;
  await writeFile(draft, JSON.stringify(claim));
  await rename(draft, path);
}

/** The claim of another living process, if there is one. What the dead have left is removed. */
async function findOther(
  folder: string,
  { name, own }: { name: string; own: string },
  { elsewhereMs }: ClaimOptions,
): Promise<Claim | undefined> {
  for (const file of await readdir(folder)) {
    const isClaim = file.startsWith(`${name}-`) && /^[\da-f-]{36}\.lock$/.test(file.slice(name.length + 1));
    if (file === own || !isClaim) continue;
    const path = join(folder, file);
    const claim = await readClaim(path);
    if (claim && (await counts(claim, path, elsewhereMs))) return claim;
    // No name is ever used twice: this cannot be the file of somebody living.
    await rm(path, { force: true });
  }
  return undefined;
}

async function counts({ mark }: Claim, path: string, elsewhereMs: number | undefined): Promise<boolean> {
  if (elsewhereMs === undefined) return isAliveHere(mark);
  const alive = isAlive(mark);
  if (alive !== undefined) return alive;
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
  return Date.now() - mtimeMs < elsewhereMs;
}
