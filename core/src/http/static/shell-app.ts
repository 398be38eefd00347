import { ApiError } from '../../errors/index.ts';
import type { HttpContext, HttpMiddleware } from '../context.ts';
import { asPage } from '../headers.ts';
import { StaticFolder, safeSegments, sendStatic } from './folder.ts';
import { ScriptHashes } from './script-hashes.ts';

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Bazaar</title>
<h1>The user interface has not been built</h1>
<p>Start the platform with <code>npm start</code>, which builds it, or run <code>node scripts/build-ui.mjs</code>.
The API is up: see <a href="/api/openapi.json">/api/openapi.json</a>.</p></html>
`;

function wantsPage(ctx: HttpContext): boolean {
  return ctx.get('Accept').includes('text/html');
}

/**
 * The shell: its built files, and its page for every other path that a browser opens, because the paths of screens
 * are known to the shell only.
 */
export function shellApp(folder: string): HttpMiddleware {
  const files = new StaticFolder(folder);
  const hashes = new ScriptHashes();

  async function sendPage(ctx: HttpContext): Promise<void> {
    const page = await files.read(['index.html']);
    if (!page) {
      asPage(ctx);
      ctx.status = 503;
      ctx.body = NOT_BUILT;
      ctx.set('Content-Type', 'text/html; charset=utf-8');
      return;
    }
    asPage(ctx, hashes.of(page));
    sendStatic(ctx, page, 'no-cache');
  }

  return async (ctx) => {
    const segments = safeSegments(ctx.path);
    if (segments && segments[0] !== 'index.html' && segments[0] !== 'frame.html') {
      const file = await files.read(segments);
      if (file) {
        // Frames of sandboxed plugins run on an opaque origin, to which everything is another site.
        if (segments[0] === 'assets') ctx.set('Access-Control-Allow-Origin', '*');
        sendStatic(ctx, file, segments[0] === 'assets' ? 'public, max-age=31536000, immutable' : 'no-cache');
        return;
      }
    }
    if (segments === null ? ctx.path !== '/' : segments[0] === 'assets' || !wantsPage(ctx)) {
      throw new ApiError('not-found', `There is nothing at ${ctx.path}.`);
    }
    await sendPage(ctx);
  };
}
