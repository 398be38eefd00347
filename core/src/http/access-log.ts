import type { Log } from '../logging/index.ts';
import type { HttpMiddleware } from './context.ts';

/** One line for each request, after its answer has been decided. Without the query: it may hold what is private. */
export function accessLog(log: Log): HttpMiddleware {
  return async (ctx, next) => {
    const started = performance.now();
    await next();
    const { requestId, principal } = ctx.state;
    log.debug(
      {
        requestId,
        tenant: principal?.tenant.slug,
        user: principal?.user.id,
        ip: ctx.ip,
        method: ctx.method,
        path: ctx.path,
        status: ctx.status,
        ms: Math.round((performance.now() - started) * 10) / 10,
      },
      'request',
    );
  };
}
