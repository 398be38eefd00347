import type { Redirect } from '../routes/index.ts';
import type { HttpContext } from './context.ts';

/** Sends a JSON value; `undefined` as `null`. */
export function sendJson(ctx: HttpContext, status: number, value: unknown): void {
  ctx.status = status;
  if (status === 204) return;
  ctx.body = JSON.stringify(value) ?? 'null';
  ctx.set('Content-Type', 'application/json; charset=utf-8');
}

export function sendRedirect(ctx: HttpContext, { location }: Redirect): void {
  ctx.status = 303;
  ctx.set('Location', location);
  ctx.body = '';
}
