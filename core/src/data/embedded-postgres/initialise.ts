import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StartupError } from '../../errors/index.ts';
import type { Binaries } from './binaries.ts';
import { describeFolderError, fullMessage } from './data-folder.ts';
import type { ServiceUser } from './service-user.ts';

export const SUPERUSER = 'bazaar';

/** How PostgreSQL's programs are run: never with our environment, as the service user when we are root. */
export function runOptions(user: ServiceUser | null) {
  return {
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
    cwd: '/',
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  };
}

function initdbFailure(location: string, output: string): StartupError {
  if (/No space left on device|Disk quota exceeded/.test(output)) return new StartupError(fullMessage(location));
  if (/could not look up effective user ID/.test(output)) {
    return new StartupError(
      'The current user has no entry in /etc/passwd, which PostgreSQL needs: add one or set DATABASE_URL.',
    );
  }
  const reason = output.split('\n').find((line) => /error:|FATAL:|not found/i.test(line)) ?? output.trim();
  return new StartupError(`The embedded PostgreSQL cannot make its data folder ${location}: ${reason.trim()}`);
}

function runInitdb(initdb: string, folder: string, user: ServiceUser | null): Promise<{ ok: boolean; output: string }> {
  const args = ['-D', folder, '-U', SUPERUSER, '-A', 'trust', '-E', 'UTF8', '--locale-provider=builtin'];
  args.push('--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions');
  return new Promise((resolve) => {
    const child = spawn(initdb, args, { ...runOptions(user), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-8000);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => {
      const glibc = (error as NodeJS.ErrnoException).code === 'ENOENT' ? ' (it needs a Linux with glibc)' : '';
      resolve({ ok: false, output: `error: ${error.message}${glibc}` });
    });
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/** Makes a new cluster beside its place and moves it there when complete: an interrupted start leaves nothing. */
export async function initialiseCluster(binaries: Binaries, location: string, user: ServiceUser | null): Promise<void> {
  const prefix = `${basename(location)}.initialising`;
  const unfinished = join(dirname(location), prefix);
  try {
    for (const entry of readdirSync(dirname(location))) {
      if (entry.startsWith(prefix)) rmSync(join(dirname(location), entry), { recursive: true, force: true });
    }
    mkdirSync(unfinished, { mode: 0o700 });
    if (user) chownSync(unfinished, user.uid, user.gid);
    const { ok, output } = await runInitdb(binaries.initdb, unfinished, user);
    if (!ok) throw initdbFailure(location, output);
    if (existsSync(location)) rmdirSync(location);
    renameSync(unfinished, location);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw describeFolderError(location, error);
  }
}
