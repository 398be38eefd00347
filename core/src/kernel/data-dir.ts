import { randomBytes, randomUUID } from 'node:crypto';
import { accessSync, constants, existsSync } from 'node:fs';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartupError } from '../errors/index.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: "this user's quota on the disk is used up",
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'there is a file of this name, not a folder',
  ENAMETOOLONG: 'the path is too long',
};

/** Node reports a folder that cannot be made on a read-only file system as missing: asks the nearest that exists. */
function whyNotMade(folder: string): string | undefined {
  let nearest = folder;
  while (!existsSync(nearest) && nearest !== dirname(nearest)) nearest = dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}

/** An error of the file system in words; anything else as it is. */
function inWords(error: unknown, dataDir: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const reason = REASONS[(code === 'ENOENT' ? whyNotMade(dataDir) : code) ?? ''];
  if (!reason) return error;
  return new StartupError(`The data folder ${dataDir} cannot be used: ${reason}. Choose another: BAZAAR_DATA_DIR.`, {
    cause: error,
  });
}

/** Runs what writes to the data folder; failures of the file system become a `StartupError`. */
export async function inDataDir<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw inWords(error, dataDir);
  }
}

/** Makes the folder and finds out whether it can be written to, before anything else is started. */
export async function prepareDataDir(dataDir: string): Promise<void> {
  await inDataDir(dataDir, async () => {
    // Readable by others: the embedded database may have to run as another user. Secrets have modes of their own.
    await mkdir(dataDir, { recursive: true, mode: 0o755 });
    const probe = join(dataDir, `.probe-${randomUUID()}`);
    try {
      await writeFile(probe, randomBytes(8192));
    } finally {
      await rm(probe, { force: true });
    }
  });
}

/** The platform's key: made on the first start, kept for all later ones, readable by its owner only. */
export async function keptSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, 'secret');
  const read = async () => {
    const secret = (await readFile(path, 'utf8')).trim();
    if (secret.length < 32) throw new StartupError(`The secret in ${path} is damaged: restore it from a backup.`);
    return secret;
  };
  return inDataDir(dataDir, async () => {
    try {
      return await read();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    const draft = `${path}.${randomUUID()}`;
    await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true });
    try {
      await link(draft, path);
    } catch (error) {
      // Somebody else was faster: his is the one.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      await rm(draft, { force: true });
    }
    return read();
  });
}
