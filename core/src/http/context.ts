import type Koa from 'koa';
import type { Principal } from '../routes/index.ts';

/** What the pipeline has learnt of a request so far. */
export interface RequestState {
  requestId: string;
  /** `null` without a valid token. */
  principal: Principal | null;
  /** Why the token that came along is not valid; thrown where a principal is needed. */
  refusal: unknown;
  /** An operator who is not signed in to any tenant; becomes the principal of routes for operators. */
  operator?: Principal;
}

export type HttpContext = Koa.ParameterizedContext<RequestState>;
export type HttpMiddleware = Koa.Middleware<RequestState>;

/** Long enough to recognise a browser; the sender decides how long it really is, and it is stored. */
const USER_AGENT_LENGTH = 512;

export function userAgentOf(ctx: HttpContext): string | undefined {
  return ctx.req.headers['user-agent']?.slice(0, USER_AGENT_LENGTH);
}
