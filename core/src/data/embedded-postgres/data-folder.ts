import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { StartupError } from '../../errors/index.ts';
import { ROOT_HOME } from './binaries.ts';
import { obstacleFor, type ServiceUser } from './service-user.ts';

/** PostgreSQL stops in panic when it cannot write its log; below this it is not started. */
const NEEDED_BYTES = 64 * 1024 * 1024;

/** Node reports a folder that cannot be made on a read-only file system as missing: asks the nearest one that exists. */
function reasonNotMade(folder: string): unknown {
  let nearest = folder;
  while (!existsSync(nearest)) nearest = dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK);
    return null;
  } catch (error) {
    return error;
  }
}

/** What the operating system says of a folder, as one line for the console; anything else is passed through. */
export function describeFolderError(folder: string, error: unknown): Error {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') {
    const reason = reasonNotMade(folder);
    if (reason !== null) return describeFolderError(folder, reason);
    return new StartupError(`The data folder ${folder} cannot be made: ${(error as Error).message}.`, { cause: error });
  }
  const options = { cause: error };
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new StartupError(`The data folder ${folder} cannot be written: it is read-only for this user.`, options);
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StartupError(fullMessage(folder), options);
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new StartupError(`The data folder ${folder} cannot be made: a file is in its place.`, options);
  }
  return error instanceof Error ? error : new Error(String(error));
}

export function fullMessage(folder: string): string {
  return `The disk that holds the data folder ${folder} is full: at least ${NEEDED_BYTES / 1024 ** 2} MB must be free.`;
}

/** Whether the disk of an existing folder has too little room for PostgreSQL. */
export function isFull(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < NEEDED_BYTES;
}

/**
 * Where the cluster really lives. Root's folder may lie below one that the service user cannot enter; its data
 * then goes to /var/lib/bazaar under a name derived from the folder asked for.
 */
export function clusterLocation(requested: string, user: ServiceUser | null): string {
  const folder = resolve(requested);
  try {
    mkdirSync(dirname(folder), { recursive: true });
    if (!user || obstacleFor(user, dirname(folder)) === null) return folder;
    mkdirSync(ROOT_HOME, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw describeFolderError(folder, error);
  }
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return join(ROOT_HOME, `${basename(folder)}-${mark}`);
}

/** Fails with one clear line when nothing can be written beside the cluster or the disk is full. */
export function requireWritable(location: string): void {
  const probe = `${location}.probe-${process.pid}`;
  try {
    writeFileSync(probe, Buffer.alloc(4096));
    if (isFull(dirname(location))) throw new StartupError(fullMessage(location));
  } catch (error) {
    throw describeFolderError(location, error);
  } finally {
    rmSync(probe, { force: true });
  }
}

/** Whether the folder holds a usable cluster of our version (`true`) or is free for a new one (`false`). */
export function holdsCluster(location: string, majorVersion: string): boolean {
  let entries: string[];
  try {
    if (!existsSync(location)) return false;
    entries = readdirSync(location);
  } catch (error) {
    throw describeFolderError(location, error);
  }
  if (entries.length === 0) return false;
  if (!entries.includes('PG_VERSION')) {
    throw new StartupError(
      `The data folder ${location} holds files that are not a PostgreSQL database, or a damaged one (PG_VERSION is missing): restore it from a backup or choose another folder.`,
    );
  }
  const found = readFileSync(join(location, 'PG_VERSION'), 'utf8').trim();
  if (found !== majorVersion) {
    throw new StartupError(
      `The data folder ${location} was written by PostgreSQL ${found || 'of an unknown version'}; this version of Bazaar brings PostgreSQL ${majorVersion}.`,
    );
  }
  for (const part of ['global/pg_control', 'base', 'pg_wal', 'postgresql.conf']) {
    if (existsSync(join(location, part))) continue;
    throw new StartupError(
      `The data folder ${location} is damaged (${part} is missing): restore it from a backup or choose another folder.`,
    );
  }
  return true;
}
