import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import packlist from 'npm-packlist';
import { PackageError } from '../manifest/issue.ts';

const MAX_FILES = 5_000;
const MAX_BYTES = 200 * 1024 * 1024;
/** Files above this size are hashed but not kept: nothing that the kernel reads is as large. */
const KEEP_BYTES = 4 * 1024 * 1024;
/** Files read at the same time. */
const READ_AHEAD = 16;

/** Entries of an archive that are not part of the package: npm leaves them out too, and `dist` is built anew. */
const NOT_PART = /^dist\/|(^|\/)(node_modules|\.git)\//;

/**
 * Where a package's files come from: the folder its author works in, which holds much that npm would not pack, or an
 * unpacked archive.
 */
export type PackageOrigin = 'folder' | 'archive';

/** A package's files, without `dist` (which is built), read once. */
export interface PackedFiles {
  /** Absolute. */
  folder: string;
  /** `sha512-…` over the sorted paths, lengths and contents. */
  integrity: string;
  /** Every packed path, sorted, with `/`. */
  paths: readonly string[];
  /** Content of the files the kernel itself reads: exactly the bytes that were hashed. */
  contents: ReadonlyMap<string, Buffer>;
}

function fail(file: string, message: string): never {
  throw new PackageError([{ file, pointer: '', message }]);
}

/** Reads and hashes a package; throws `PackageError` when the folder is none. */
export async function readPackedFiles(folder: string, origin: PackageOrigin): Promise<PackedFiles> {
  const description = await readDescription(folder);
  const found = origin === 'archive' ? await allFiles(folder) : await packedByNpm(folder, description);
  const paths = found.sort(byCodeUnits);
  if (paths.length > MAX_FILES) fail('package.json', `packs more than ${MAX_FILES} files; list fewer under "files"`);
  const hash = createHash('sha512');
  const contents = new Map<string, Buffer>();
  const sizes = await Promise.all(paths.map(async (path) => (await stat(join(folder, path))).size));
  if (sizes.reduce((sum, size) => sum + size, 0) > MAX_BYTES) {
    fail('package.json', `packs more than ${MAX_BYTES} bytes; list fewer files under "files"`);
  }
  for (let start = 0; start < paths.length; start += READ_AHEAD) {
    const some = paths.slice(start, start + READ_AHEAD);
    const read = await Promise.all(some.map((path) => readFile(join(folder, path))));
    for (const [index, content] of read.entries()) {
      const path = some[index] ?? '';
      hash.update(`${path}\0${content.length}\0`).update(content);
      if (isReadByKernel(path) && content.length <= KEEP_BYTES) contents.set(path, content);
    }
  }
  return { folder, integrity: `sha512-${hash.digest('base64')}`, paths, contents };
}

async function packedByNpm(folder: string, description: object): Promise<string[]> {
  const tree = { path: folder, package: description, isProjectRoot: true, edgesOut: new Map() };
  // npm-packlist reads only these members of an arborist node, whose type is not installed here.
  const packed = await packlist(tree as unknown as Parameters<typeof packlist>[0]);
  return packed.filter((path) => path !== 'dist' && !path.startsWith('dist/'));
}

/**
 * npm has packed it already. Its own `files` and `.npmignore` are not applied again: a stranger's patterns can take
 * hours to match, which would block the platform.
 */
async function allFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !NOT_PART.test(path));
}

function isReadByKernel(path: string): boolean {
  return path.endsWith('.json') || path.endsWith('.sql');
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function readDescription(folder: string): Promise<object> {
  let text: string;
  try {
    text = await readFile(join(folder, 'package.json'), 'utf8');
  } catch (error) {
    return fail(
      'package.json',
      `cannot be read (${(error as NodeJS.ErrnoException).code}); is ${folder} a plugin's folder?`,
    );
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Falls through to the same words as for JSON that is no object.
  }
  return fail('package.json', 'is not a JSON object');
}
