import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import type { HttpContext } from '../context.ts';
import { isText, mediaType } from './media-types.ts';

const compress = promisify(gzip);
const CACHE_BYTES = 32 * 1024 * 1024;
const WORTH_COMPRESSING = 1024;

interface StaticFile {
  etag: string;
  type: string;
  content: Buffer;
  /** Absent where compression does not pay. */
  compressed?: Buffer;
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' || code === 'ELOOP' || code === 'EISDIR';
}

/**
 * Path segments of a request below a folder, or `null` when they could mean something outside it or something
 * hidden. The escapes have been checked before (target.ts).
 */
export function safeSegments(path: string): string[] | null {
  const segments = decodeURIComponent(path)
    .split('/')
    .filter((segment) => segment !== '');
  const bad = segments.some((segment) => segment.startsWith('.') || segment.includes('\\') || segment.includes('\0'));
  return bad || segments.length === 0 ? null : segments;
}

/** Files of one folder, read once and kept in memory until they change on disk. */
export class StaticFolder {
  readonly #root: string;
  readonly #cache = new LRUCache<string, StaticFile>({
    maxSize: CACHE_BYTES,
    sizeCalculation: (file) => file.content.length + (file.compressed?.length ?? 0) + 1,
  });

  constructor(root: string) {
    this.#root = root;
  }

  /** `null` when there is no such file inside the folder (links that lead out of it count as missing). */
  async read(segments: readonly string[]): Promise<StaticFile | null> {
    try {
      const root = await realpath(this.#root);
      const path = await realpath(join(root, ...segments));
      if (!path.startsWith(root + sep)) return null;
      const { mtimeMs, size } = await stat(path);
      const etag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`;
      const known = this.#cache.get(path);
      if (known?.etag === etag) return known;
      const content = await readFile(path);
      const type = mediaType(path);
      const file: StaticFile = { etag, type, content };
      if (isText(type) && content.length > WORTH_COMPRESSING) file.compressed = await compress(content);
      this.#cache.set(path, file);
      return file;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }
}

/** Sends a file, or 304 when the client has it. */
export function sendStatic(ctx: HttpContext, file: StaticFile, cacheControl: string): void {
  ctx.status = 200;
  ctx.set({ ETag: file.etag, 'Cache-Control': cacheControl, 'Content-Type': file.type });
  if (file.compressed) ctx.vary('Accept-Encoding');
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  if (file.compressed && ctx.acceptsEncodings('gzip', 'identity') === 'gzip') {
    ctx.body = file.compressed;
    ctx.set('Content-Encoding', 'gzip');
  } else {
    ctx.body = file.content;
  }
  ctx.set('Content-Type', file.type);
}
