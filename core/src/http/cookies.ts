import type { RouteContext } from '../routes/index.ts';
import type { HttpContext } from './context.ts';

type CookieJar = RouteContext['cookies'];

/** Cookies of the kernel's own routes: never readable by scripts, and not sent along from other sites unless a route says so. */
export class Cookies implements CookieJar {
  readonly #ctx: HttpContext;
  readonly #secure: boolean;

  constructor(ctx: HttpContext, secure: boolean) {
    this.#ctx = ctx;
    this.#secure = secure;
  }

  get(name: string): string | undefined {
    for (const pair of this.#ctx.req.headers.cookie?.split(';') ?? []) {
      const at = pair.indexOf('=');
      if (at <= 0 || pair.slice(0, at).trim() !== name) continue;
      try {
        return decodeURIComponent(pair.slice(at + 1).trim());
      } catch {
        // Not written by us: as good as absent.
        return undefined;
      }
    }
    return undefined;
  }

  set(name: string, value: string | null, options: Parameters<CookieJar['set']>[2] = {}): void {
    const parts = [`${name}=${value === null ? '' : encodeURIComponent(value)}`, `Path=${options.path ?? '/'}`];
    const age = value === null ? 0 : options.maxAgeSeconds;
    if (age !== undefined) parts.push(`Max-Age=${age}`);
    parts.push('HttpOnly', options.sameSite === 'lax' ? 'SameSite=Lax' : 'SameSite=Strict');
    if (this.#secure) parts.push('Secure');
    this.#ctx.append('Set-Cookie', parts.join('; '));
  }
}
