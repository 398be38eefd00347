import type { Principal, RouteContext } from '../routes/index.ts';
import { type HttpContext, userAgentOf } from './context.ts';
import { Cookies } from './cookies.ts';

/** The request as a kernel route may see it. Rarely needed parts are read when they are asked for. */
export class RequestRouteContext implements RouteContext {
  readonly principal: Principal | null;
  readonly requestId: string;
  readonly upload: Buffer | null;
  readonly #ctx: HttpContext;
  readonly #secure: boolean;

  constructor(ctx: HttpContext, secure: boolean, upload: Buffer | null = null) {
    this.principal = ctx.state.principal;
    this.requestId = ctx.state.requestId;
    this.upload = upload;
    this.#ctx = ctx;
    this.#secure = secure;
  }

  get ip(): string {
    return this.#ctx.ip;
  }

  get userAgent(): string {
    return userAgentOf(this.#ctx) ?? '';
  }

  header(name: string): string | undefined {
    const value = this.#ctx.req.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  get cookies(): RouteContext['cookies'] {
    return new Cookies(this.#ctx, this.#secure);
  }
}
