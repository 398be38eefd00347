import type { RequestLimit } from '../listener/index.ts';
import type { HttpMiddleware } from './context.ts';

export function rateLimit(limit: RequestLimit): HttpMiddleware {
  return async (ctx, next) => {
    await limit(ctx.ip);
    return next();
  };
}
