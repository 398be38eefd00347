import type { Redirect } from '../routes/index.ts';
import type { HttpContext } from './context.ts';

/** Node puts the text of a body behind its head, and encodes both: two more copies of what is large. */
const LARGE_CHARACTERS = 64 * 1024;

/** Sends a JSON value; `undefined` as `null`. */
export function sendJson(ctx: HttpContext, status: number, value: unknown): void {
  ctx.status = status;
  if (status === 204) return;
  const text = JSON.stringify(value) ?? 'null';
  ctx.body = text.length > LARGE_CHARACTERS ? Buffer.from(text) : text;
  ctx.set('Content-Type', 'application/json; charset=utf-8');
}

export function sendRedirect(ctx: HttpContext, { location }: Redirect): void {
  ctx.status = 303;
  ctx.set('Location', location);
  ctx.body = '';
}
