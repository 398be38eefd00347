import { randomUUID } from 'node:crypto';
import type { HttpContext, HttpMiddleware } from './context.ts';

/** For JSON and files: nothing in them may run or be framed. */
const API_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

/**
 * For pages: our own scripts only, plus the inline ones named by hash (the import map). Vaadin's elements add
 * `<style>` at run time and carry icons as data URLs.
 */
export function pagePolicy(scriptHashes: readonly string[]): string {
  const scripts = ["'self'", ...scriptHashes.map((hash) => `'${hash}'`)].join(' ');
  return [
    "default-src 'self'",
    `script-src ${scripts}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}

/** First stage: names the request and gives the answer, whatever it becomes, its security headers. */
export function envelope(secure: boolean): HttpMiddleware {
  return (ctx, next) => {
    const requestId = randomUUID();
    ctx.state.requestId = requestId;
    ctx.state.principal = null;
    ctx.state.refusal = undefined;
    const { res } = ctx;
    res.setHeader('X-Request-Id', requestId);
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader('Referrer-Policy', 'same-origin');
    res.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    res.setHeader('Content-Security-Policy', API_POLICY);
    res.setHeader('Cache-Control', 'no-store');
    if (secure) res.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
    return next();
  };
}

/** Turns the answer into a page of ours. */
export function asPage(ctx: HttpContext, scriptHashes: readonly string[] = []): void {
  ctx.set('Content-Security-Policy', pagePolicy(scriptHashes));
}
