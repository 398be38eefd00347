import { createHash, timingSafeEqual } from 'node:crypto';
import { checkAccess } from './authentication.ts';
import type { HttpMiddleware } from './context.ts';

export interface MetricsSource {
  contentType: string;
  text(): Promise<string>;
  /** Whoever shows it as bearer token may read them; absent when only operators may. */
  token?: string;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** `/metrics`: for operators, and for the server that collects them. What a platform is used for is not public. */
export function metrics({ contentType, text, token }: MetricsSource): HttpMiddleware {
  const expected = token === undefined ? undefined : digest(`Bearer ${token}`);
  return async (ctx) => {
    const given = ctx.req.headers.authorization;
    const isCollector = given !== undefined && expected !== undefined && timingSafeEqual(digest(given), expected);
    if (!isCollector) checkAccess(ctx, 'operator');
    ctx.body = await text();
    ctx.set('Content-Type', contentType);
  };
}
