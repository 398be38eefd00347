import { ApiError, problemDocument } from '../errors/index.ts';
import type { Log } from '../logging/index.ts';
import type { HttpContext, HttpMiddleware } from './context.ts';

function answer(ctx: HttpContext, error: unknown): void {
  const document = problemDocument(error, ctx.state.requestId);
  ctx.status = document.status;
  ctx.body = JSON.stringify(document);
  ctx.set('Content-Type', 'application/problem+json; charset=utf-8');
  if (!(error instanceof ApiError)) return;
  if (document.status === 401) ctx.set('WWW-Authenticate', 'Bearer');
  if (error.headers) ctx.set(error.headers);
}

/** Deliberate refusals are no errors of ours, but an operator wants to know that something was not available. */
function report(log: Log, ctx: HttpContext, error: unknown): void {
  const { requestId, principal } = ctx.state;
  const data = { err: error, requestId, tenant: principal?.tenant.slug, method: ctx.method, path: ctx.path };
  if (error instanceof ApiError && error.code === 'unavailable') log.warn(data, 'request refused');
  else log.error(data, 'request failed');
}

/** Answers every error of the later stages with a problem document; logs those that are our fault. */
export function errorHandler(log: Log): HttpMiddleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      answer(ctx, error);
      if (ctx.status >= 500) report(log, ctx, error);
    }
  };
}
