import type { HttpContext, HttpMiddleware } from './context.ts';

/** For JSON, files and pictures: nothing in them may run or be framed. */
const INERT_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i;

/**
 * This site as a source of a policy, e.g. `http://localhost:3000`; `null` when the request names a host that none can
 * have. A source with `http:` stands for `https:` too.
 */
export function siteOf(ctx: Pick<HttpContext, 'protocol' | 'host'>): string | null {
  return HOST.test(ctx.host) ? `${ctx.protocol}://${ctx.host}` : null;
}

const inline = (scriptHashes: readonly string[]): string[] => scriptHashes.map((hash) => `'${hash}'`);

/**
 * For pages: our own scripts only, plus the inline ones named by hash (the import map). Vaadin's elements add
 * `<style>` at run time and carry icons as data URLs. Frames are those of sandboxed plugins: any other address could
 * carry away what they know.
 */
export function pagePolicy(site: string | null, scriptHashes: readonly string[]): string {
  return [
    "default-src 'self'",
    `script-src ${["'self'", ...inline(scriptHashes)].join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    `frame-src ${site === null ? "'none'" : `${site}/ui/frame/`}`,
    "frame-ancestors 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}

/**
 * For the frame of a sandboxed plugin: an opaque origin, scripts from `modules` (a path) and of the platform, and no
 * way out but the messages to the shell. Forms can be filled in, never sent.
 */
export function framePolicy(site: string | null, scriptHashes: readonly string[], modules: string): string {
  const assets = site === null ? [] : [`${site}/assets/`];
  const scripts = site === null ? [] : [...assets, `${site}${modules}`];
  return [
    "default-src 'none'",
    `script-src ${[...inline(scriptHashes), ...scripts].join(' ')}`,
    `style-src ${[...assets, "'unsafe-inline'"].join(' ')}`,
    `font-src ${[...assets, 'data:'].join(' ')}`,
    'img-src data: blob:',
    'media-src data: blob:',
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-scripts allow-forms',
  ].join('; ');
}

/** Gives every answer, whatever it becomes, its security headers. `secure`: the public address is https. */
export function securityHeaders(secure: boolean): HttpMiddleware {
  return ({ res }, next) => {
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader('Referrer-Policy', 'same-origin');
    res.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    res.setHeader('Content-Security-Policy', INERT_POLICY);
    res.setHeader('Cache-Control', 'no-store');
    if (secure) res.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
    return next();
  };
}

/** Turns the answer into a page of ours. */
export function asPage(ctx: HttpContext, scriptHashes: readonly string[] = []): void {
  ctx.set('Content-Security-Policy', pagePolicy(siteOf(ctx), scriptHashes));
}
