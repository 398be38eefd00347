import { readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { messageOf } from '../../errors/index.ts';
import { ClaimTaken, claim } from '../../processes/index.ts';
import { describeIssue, type PackageIssue } from '../manifest/issue.ts';
import { DUPLICATE_KEY, parseJson } from '../manifest/parse-json.ts';
import type { LockEntry } from '../types.ts';
import lockSchema from './lock.schema.json' with { type: 'json' };

export const LOCK_FILE = 'plugins.lock.json';

/** Whoever writes the file has it for milliseconds. */
const PATIENCE_MS = 10_000;

type LockDocument = { lockVersion: 1; plugins: Record<string, Omit<LockEntry, 'id'>> };

/** The operator's file cannot be used as it is. */
export class LockFileError extends Error {
  constructor(issues: readonly PackageIssue[]) {
    super(issues.map(describeIssue).join('\n'));
    this.name = 'LockFileError';
  }
}

let validate: ValidateFunction | undefined;

/** Reads the text of a lock file; throws `LockFileError`. Entries come back sorted by id. */
export function parseLock(text: string): LockEntry[] {
  const fail = (pointer: string, message: string): never => {
    throw new LockFileError([{ file: LOCK_FILE, pointer, message }]);
  };
  const { value: document, duplicates } = parsed(text, fail);
  for (const pointer of duplicates) fail(pointer, DUPLICATE_KEY);
  // A test checks the schema itself.
  validate ??= new Ajv2020({ allErrors: true, validateSchema: false }).compile(lockSchema);
  if (!validate(document)) {
    throw new LockFileError(
      (validate.errors ?? []).map((error) => ({
        file: LOCK_FILE,
        pointer: error.instancePath,
        message: `${error.message ?? 'is not allowed'} ${JSON.stringify(error.params)}`,
      })),
    );
  }
  return Object.entries((document as LockDocument).plugins)
    .map(([id, entry]) => ({ id, ...entry }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function parsed(text: string, fail: (pointer: string, message: string) => never): ReturnType<typeof parseJson> {
  try {
    return parseJson(text);
  } catch (error) {
    return fail('', messageOf(error));
  }
}

type Pinned = Pick<LockEntry, 'integrity' | 'source' | 'tier' | 'grantedCapabilities'>;

function pinned({ integrity, source, tier, grantedCapabilities }: Pinned): Pinned {
  return { integrity, source, tier, grantedCapabilities: [...new Set(grantedCapabilities)].sort() };
}

/** One plugin per block and one capability per line, sorted: a change shows as the lines that changed. */
export function formatLock(entries: readonly LockEntry[]): string {
  const plugins: LockDocument['plugins'] = {};
  for (const { id, version, otherVersions = {}, ...entry } of [...entries].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const others = Object.entries(otherVersions).sort(([a], [b]) => (a < b ? -1 : 1));
    plugins[id] = {
      version,
      ...pinned(entry),
      ...(others.length === 0
        ? {}
        : { otherVersions: Object.fromEntries(others.map(([other, pins]) => [other, pinned(pins)])) }),
    };
  }
  return `${JSON.stringify({ lockVersion: 1, plugins } satisfies LockDocument, null, 2)}\n`;
}

/** No file means no plugins; throws `LockFileError` for one that cannot be used. */
export async function readLock(path: string): Promise<LockEntry[]> {
  const text = await readText(path);
  return text === undefined ? [] : parseLock(text);
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new LockFileError([{ file: LOCK_FILE, pointer: '', message: `cannot be read (${code})` }]);
  }
}

/**
 * Changes the file while no other kernel and no command line does: what one of them writes is not lost. `change` may be
 * asked more than once, with what is there by then, and answers `null` when that may stay. Resolves with whether
 * something was written.
 */
export async function changeLock(
  path: string,
  change: (entries: readonly LockEntry[], text: string) => LockEntry[] | null,
): Promise<boolean> {
  const wanted = async () => {
    const text = await readText(path);
    return change(text === undefined ? [] : parseLock(text), text ?? '');
  };
  // Where nothing is to be written, the folder may be one that cannot be written to.
  if (!(await wanted())) return false;
  const release = await claimFile(path);
  try {
    const entries = await wanted();
    if (entries) await writeLock(path, entries);
    return entries !== null;
  } finally {
    await release();
  }
}

async function claimFile(path: string): Promise<() => Promise<void>> {
  try {
    return await claim(dirname(path), basename(path), { patienceMs: PATIENCE_MS, elsewhereMs: PATIENCE_MS });
  } catch (error) {
    if (!(error instanceof ClaimTaken)) throw error;
    const message = `is being written by process ${error.pid}, which does not come to an end; end it, and try again`;
    throw new LockFileError([{ file: LOCK_FILE, pointer: '', message }]);
  }
}

/** Replaces the file in one step: a reader sees the old or the new one. */
export async function writeLock(path: string, entries: readonly LockEntry[]): Promise<void> {
  const draft = `${path}.${process.pid}.new`;
  await writeFile(draft, formatLock(entries));
  await rename(draft, path);
}
