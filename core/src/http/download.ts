import type { Readable } from 'node:stream';
import type { FileInfo } from '@bazaar/sdk';
import { ApiError } from '../errors/index.ts';
import { downloadHeaders, type FileScope, type FileStore } from '../files/index.ts';
import type { PictureReply } from '../routes/index.ts';
import type { HttpContext } from './context.ts';

/** Streams a file, as an attachment. */
export function sendFile(ctx: HttpContext, { info, content }: { info: FileInfo; content: Readable }): void {
  ctx.status = 200;
  ctx.body = content;
  // After the body: Koa forgets a length when it is given a stream.
  ctx.set(downloadHeaders(info));
  if (ctx.method === 'HEAD') content.destroy();
}

/**
 * Streams a picture for a page to show, not as a download. It can only be a picture: its type is one that cannot act, and
 * the policy that every answer has from the pipeline lets nothing run.
 */
export function sendPicture(ctx: HttpContext, { info, content, caching }: PictureReply): void {
  ctx.status = 200;
  ctx.body = content;
  const { maxAgeSeconds, forEverybody } = caching;
  ctx.set({
    'Content-Type': info.type,
    'Content-Length': String(info.size),
    'Content-Disposition': 'inline',
    'Cross-Origin-Resource-Policy': forEverybody ? 'cross-origin' : 'same-origin',
    'Cache-Control': `${forEverybody ? 'public' : 'private'}, max-age=${maxAgeSeconds}, immutable`,
  });
  if (ctx.method === 'HEAD') content.destroy();
}

/** Streams the file that a `download` action named. */
export async function sendDownload(
  ctx: HttpContext,
  files: FileStore,
  scope: FileScope,
  output: unknown,
): Promise<void> {
  const id = (output as { fileId?: unknown } | null)?.fileId;
  if (typeof id !== 'string') {
    throw new ApiError('plugin-failed', `The plugin ${scope.pluginId} answered a download without a file.`);
  }
  sendFile(ctx, await files.read(scope, id));
}
