import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError } from '../errors/index.ts';

const CLAIM = /^bazaar-[\da-f-]{36}\.lock$/;
const ATTEMPTS = 40;

/** A process, told from later ones that happen to get the same number. */
interface Claim {
  pid: number;
  /** When it began, as the system counts; empty where the system does not say. */
  born: string;
  /** `false` while it still looks for others. */
  running: boolean;
}

/** Begin of a living process; `undefined` for one that is gone or a zombie. */
function birth(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  if (process.platform !== 'linux') return '';
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything, spaces and parentheses included.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  } catch {
    // It ended between the two looks.
    return undefined;
  }
}

function parse(text: string): Claim | undefined {
  try {
    const claim = JSON.parse(text) as Partial<Claim> | null;
    return typeof claim?.pid === 'number' && typeof claim.born === 'string' ? (claim as Claim) : undefined;
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
async function findOther(dataDir: string, own: string): Promise<Claim | undefined> {
  for (const name of await readdir(dataDir)) {
    if (name === own || !CLAIM.test(name)) continue;
    const path = join(dataDir, name);
    const claim = await readClaim(path);
    if (claim && birth(claim.pid) === claim.born) return claim;
    // No name is ever used twice: this cannot be the file of somebody living.
    await rm(path, { force: true });
  }
  return undefined;
}

/**
 * Makes this process the only platform on a data folder. Everyone first writes a claim and then looks for others, so
 * of two at the same time at least one sees the other; whoever sees a claim withdraws his own and tries again a
 * little later. Claims of dead processes do not count. Resolves with the release.
 */
export async function lockInstance(dataDir: string): Promise<() => Promise<void>> {
  const own = `bazaar-${randomUUID()}.lock`;
  const path = join(dataDir, own);
  const claim: Claim = { pid: process.pid, born: birth(process.pid) ?? '', running: false };
  const release = () => rm(path, { force: true });
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    await writeClaim(path, claim);
    let other: Claim | undefined;
    try {
      other = await findOther(dataDir, own);
      if (!other) {
        await writeClaim(path, { ...claim, running: true });
        return release;
      }
    } catch (error) {
      await release();
      throw error;
    }
    await release();
    if (other.running) {
      throw new StartupError(
        `Bazaar is already running on ${dataDir} (process ${other.pid}). Stop it first, or use another BAZAAR_DATA_DIR.`,
      );
    }
    await sleep(5 + Math.random() * 10 * (attempt + 1));
  }
  throw new StartupError(`Too many Bazaars want to start on ${dataDir} at the same time. Start one.`);
}
