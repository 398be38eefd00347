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
