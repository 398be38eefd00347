import { ApiError } from '../../errors/index.ts';
import type { HttpMiddleware } from '../context.ts';
import { framePolicy, siteOf } from '../headers.ts';
import { StaticFolder, sendStatic } from './folder.ts';
import { ScriptHashes } from './script-hashes.ts';

const FRAME = /^\/ui\/frame\/([a-z0-9-]+)\/([\w.+-]+)$/;

/**
 * `/ui/frame/<id>/<version>`: the page inside the frame of a sandboxed plugin's screen or widget. The page is the same
 * for all; its policy lets it load the platform's own modules and those of this version of this plugin, and nothing
 * else. The shell around it tells it what to show, and for whom.
 */
export function pluginFrame(shellFolder: string): HttpMiddleware {
  const files = new StaticFolder(shellFolder);
  const hashes = new ScriptHashes();
  return async (ctx) => {
    const [, plugin, version] = FRAME.exec(ctx.path) ?? [];
    const page = plugin === undefined || version === undefined ? null : await files.read(['frame.html']);
    if (!page) throw new ApiError('not-found', `There is nothing at ${ctx.path}.`);
    const modules = `/ui/plugins/${plugin}/${version}/`;
    ctx.set('Content-Security-Policy', framePolicy(siteOf(ctx), hashes.of(page), modules));
    sendStatic(ctx, page, 'no-cache');
  };
}
