import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { create, Parser, type ReadEntry, Unpack } from 'tar';
import { messageOf } from '../../errors/index.ts';
import { PackageError } from '../manifest/issue.ts';

const MAX_FILES = 5_000;
const MAX_FOLDERS = 5_000;
const MAX_BYTES = 200 * 1024 * 1024;
/** What npm puts around the files of a package. */
const ROOT = 'package';

function refuse(message: string): never {
  throw new PackageError([{ file: 'package', pointer: '', message }]);
}

/** The given files of a folder as npm packs them: a gzipped tar with everything below `package/`. */
export async function packArchive(folder: string, paths: readonly string[]): Promise<Buffer> {
  const options = { cwd: folder, gzip: true, portable: true, noDirRecurse: true, prefix: ROOT, follow: true };
  // A leading `@` would be taken for the name of another archive.
  return buffer(
    create(
      options,
      paths.map((path) => `./${path}`),
    ) as unknown as Readable,
  );
}

/** Checks the entries of an archive, which comes from somebody who is not trusted yet. */
class Inspection {
  readonly #folders = new Set<string>();
  readonly #files = new Set<string>();
  #bytes = 0;

  admit(entry: ReadEntry): void {
    const isFolder = entry.type === 'Directory';
    if (!isFolder && entry.type !== 'File' && entry.type !== 'OldFile' && entry.type !== 'ContiguousFile') {
      refuse(`holds "${entry.path}", which is no plain file (${entry.type})`);
    }
    const parts = (isFolder ? entry.path.replace(/\/$/, '') : entry.path).split('/');
    const [root, ...rest] = parts;
    if (root === '' || (rest.length === 0 && !isFolder) || rest.some((part) => ['', '.', '..'].includes(part))) {
      refuse(`holds "${entry.path}", which lies outside of the package`);
    }
    if (/[\\\0:]/.test(entry.path)) refuse(`holds "${entry.path}", which is not a portable path`);
    this.#count(isFolder ? parts : parts.slice(0, -1));
    if (!isFolder) this.#once(rest.join('/'));
    this.#bytes += entry.size;
    if (this.#files.size > MAX_FILES) refuse(`holds more than ${MAX_FILES} files`);
    if (this.#folders.size > MAX_FOLDERS) refuse(`holds more than ${MAX_FOLDERS} folders`);
    if (this.#bytes > MAX_BYTES) refuse(`holds more than ${MAX_BYTES} bytes`);
  }

  /** What is vouched for must be the same package on every machine, also where `A.ts` and `a.ts` are one file. */
  #once(path: string): void {
    const file = path.normalize('NFC').toLowerCase();
    if (this.#files.has(file)) refuse(`holds "${path}" twice (names that differ in case only are one)`);
    this.#files.add(file);
  }

  /** Counts a folder and its parents: unpacking a file creates those that have no entry of their own. */
  #count(parts: readonly string[]): void {
    for (let depth = parts.length; depth > 1; depth--) {
      const folder = parts.slice(0, depth).join('/');
      if (this.#folders.has(folder)) return;
      this.#folders.add(folder);
    }
  }
}

async function inspect(archive: Buffer): Promise<void> {
  const inspection = new Inspection();
  let failure: unknown;
  const parser = new Parser({
    strict: true,
    onReadEntry(entry) {
      try {
        if (failure === undefined) inspection.admit(entry);
      } catch (error) {
        failure = error;
      }
      entry.resume();
    },
  });
  await feed(archive, parser);
  if (failure !== undefined) throw failure;
}

/** Decompresses the archive up to a limit: a small one may hold a very large package. */
async function* unpacked(archive: Buffer): AsyncGenerator<Buffer, void, undefined> {
  let bytes = 0;
  for await (const chunk of Readable.from([archive]).pipe(createGunzip()) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES + (MAX_FILES + MAX_FOLDERS) * 1024) refuse(`holds more than ${MAX_BYTES} bytes`);
    yield chunk;
  }
}

/** Not by `pipeline`: these parsers do not emit every event it waits for, so it would never resolve. */
async function feed(archive: Buffer, parser: Parser): Promise<void> {
  const ended = Promise.withResolvers<void>();
  // Not awaited while the next piece is unpacked, and a damaged archive may have many errors.
  ended.promise.catch(() => undefined);
  parser.on('error', ended.reject);
  parser.once('end', ended.resolve);
  try {
    for await (const chunk of unpacked(archive)) {
      if (parser.write(chunk)) continue;
      await Promise.race([ended.promise, new Promise((resolve) => parser.once('drain', () => resolve(undefined)))]);
    }
    parser.end();
    await ended.promise;
  } catch (error) {
    if (error instanceof PackageError) throw error;
    refuse(`is not a package as npm packs it (.tgz): ${messageOf(error)}`);
  }
}

/** Unpacks a package into an empty folder; throws `PackageError`, with nothing written, when it is not valid. */
export async function unpackArchive(archive: Buffer, folder: string): Promise<void> {
  await inspect(archive);
  await feed(
    archive,
    new Unpack({
      cwd: folder,
      strip: 1,
      strict: true,
      preserveOwner: false,
      noMtime: true,
      fmode: 0o644,
      dmode: 0o755,
      umask: 0,
    } as ConstructorParameters<typeof Unpack>[0]),
  );
}
