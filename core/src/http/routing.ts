import type { RouterInstance } from '@koa/router';
import Router from '@koa/router';
import { ApiError } from '../errors/index.ts';
import type { HttpContext, HttpMiddleware, RequestState } from './context.ts';

export type HttpRouter = RouterInstance<RequestState>;

/** `{name}` → `:name`, and every character that path-to-regexp would take for syntax is escaped. */
export function routerPath(path: string): string {
  return path
    .split(/(\{\w+\})/)
    .map((part) => (/^\{\w+\}$/.test(part) ? `:${part.slice(1, -1)}` : part.replace(/[{}()[\]+?!:*\\]/g, '\\$&')))
    .join('');
}

/** A router in which the path with fewer parameters wins: `/jobs/stats` over `/jobs/{id}`. */
export function newRouter(): HttpRouter {
  return new Router<RequestState>({ exclusive: 'specificity', sensitive: true, strict: true });
}

const VERBS = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;

export function register(
  router: HttpRouter,
  method: keyof typeof VERBS,
  path: string,
  handle: (ctx: HttpContext) => Promise<void>,
): void {
  router[VERBS[method]](path, (ctx) => handle(ctx as unknown as HttpContext));
}

/** Path parameters that a router found, decoded. */
export function pathParameters(ctx: HttpContext): Readonly<Record<string, string>> {
  return (ctx as HttpContext & { params: Record<string, string> }).params;
}

function allowedMethods(ctx: HttpContext): string[] {
  const { matched = [] } = ctx as HttpContext & { matched?: { methods: string[] }[] };
  const methods = new Set(matched.flatMap((layer) => layer.methods));
  if (methods.size > 0) methods.add('OPTIONS');
  return [...methods].sort();
}

/** After a router found nothing: the path may exist with another method. */
function unmatched(ctx: HttpContext): void {
  const allowed = allowedMethods(ctx);
  if (allowed.length === 0) throw new ApiError('not-found', `There is nothing at ${ctx.path}.`);
  const allow = allowed.join(', ');
  if (ctx.method === 'OPTIONS') {
    ctx.status = 204;
    ctx.set('Allow', allow);
    return;
  }
  throw wrongMethod(ctx, allow);
}

function wrongMethod({ method }: HttpContext, allow: string): ApiError {
  return new ApiError('method-not-allowed', `${method} is not possible here; possible: ${allow}.`, {
    headers: { Allow: allow },
  });
}

/** What can be read only. */
export function readOnly(stage: HttpMiddleware): HttpMiddleware {
  return (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') throw wrongMethod(ctx, 'GET, HEAD');
    return stage(ctx, next);
  };
}

const nothing = async () => {};

/** A router as the last stage: what it does not know is 404, 405 with `Allow`, or an answer to OPTIONS. */
export function finalStage(router: HttpRouter): HttpMiddleware {
  const dispatch = router.routes() as unknown as HttpMiddleware;
  return async (ctx) => {
    await dispatch(ctx, nothing);
    if (!(ctx as HttpContext & { routeMatched?: boolean }).routeMatched) unmatched(ctx);
  };
}
