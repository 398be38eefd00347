import Koa from 'koa';
import type { Logger } from 'pino';
import { ApiError } from '../errors/index.ts';
import type { FileStore } from '../files/index.ts';
import type { RequestLimit } from '../listener/index.ts';
import type { PublicPages } from '../pages/index.ts';
import type { ActionInvoker, PluginRegistry } from '../plugins/index.ts';
import type { Route } from '../routes/index.ts';
import { accessLog } from './access-log.ts';
import { type Authenticate, authentication, type OperatorTokens } from './authentication.ts';
import { checkEncoding } from './body/encoding.ts';
import type { HttpMiddleware, RequestState } from './context.ts';
import { errorHandler } from './error-handler.ts';
import { securityHeaders } from './headers.ts';
import { alive, type Readiness, readiness } from './health.ts';
import { kernelRouter } from './kernel-routes.ts';
import { type MetricsSource, metrics } from './metrics.ts';
import { pluginRoutes } from './plugin-routes.ts';
import { publicPages } from './public-pages.ts';
import { rateLimit } from './rate-limit.ts';
import { requestId } from './request-id.ts';
import { finalStage, readOnly } from './routing.ts';
import { pluginFrame } from './static/plugin-frame.ts';
import { pluginUi } from './static/plugin-ui.ts';
import { shellApp } from './static/shell-app.ts';
import { checkHost, checkTarget } from './target.ts';
import type { FindTenant } from './tenant.ts';

export interface HttpOptions {
  routes: readonly Route[];
  plugins: PluginRegistry;
  invoker: ActionInvoker;
  files: FileStore;
  pages: PublicPages;
  authenticate: Authenticate;
  /** Tokens beside those of a sign-in; none when absent. */
  operators?: OperatorTokens;
  findTenant: FindTenant;
  readiness(): Promise<Readiness>;
  metrics: MetricsSource;
  /** Folder of the built shell. */
  shellFolder: string;
  /** The public address is https. */
  secure: boolean;
  /** A proxy in front sets X-Forwarded-For and X-Forwarded-Proto. */
  trustProxy: boolean;
  requestLimit: RequestLimit;
  /** Largest upload in bytes. */
  uploadLimit: number;
  /** Answers `/healthz`, `/readyz` and `/metrics` only: for processes that work on jobs. */
  probesOnly?: boolean;
  log: Logger;
}

/** Refuses requests that no part of the platform could read. */
const refuseUnreadable: HttpMiddleware = (ctx, next) => {
  checkTarget(ctx.url);
  checkHost(ctx.req.rawHeaders);
  checkEncoding(ctx.req.headers);
  return next();
};

/** Addresses of the server that belong to no part: they must not fall through to the shell. */
const RESERVED = /^\/(?:api$|t$|ui(?:\/|$)|files\/)/;

/** Sends a request to the part of the platform that its path belongs to. Each part answers every request it gets. */
function dispatch(options: HttpOptions): HttpMiddleware {
  const probes: ReadonlyMap<string, HttpMiddleware> = new Map([
    ['/healthz', readOnly(alive)],
    ['/readyz', readOnly(readiness(options.readiness))],
    ['/metrics', readOnly(metrics(options.metrics))],
  ]);
  /** The first whose prefix the path has. */
  const parts: readonly [prefix: string, part: HttpMiddleware][] = [
    ['/api/p/', pluginRoutes(options)],
    ['/api/', finalStage(kernelRouter(options.routes, options.secure))],
    ['/t/', publicPages(options)],
    ['/ui/plugins/', readOnly(pluginUi(options.plugins))],
    ['/ui/frame/', readOnly(pluginFrame(options.shellFolder))],
  ];
  const shell = readOnly(shellApp(options.shellFolder));
  return (ctx, next) => {
    const { path } = ctx;
    const probe = probes.get(path);
    if (probe) return probe(ctx, next);
    if (options.probesOnly) throw new ApiError('not-found', 'This process does not answer requests.');
    for (const [prefix, part] of parts) if (path.startsWith(prefix)) return part(ctx, next);
    if (RESERVED.test(path)) throw new ApiError('not-found', `There is nothing at ${path}.`);
    return shell(ctx, next);
  };
}

const HUNG_UP = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE']);

/** The request pipeline. Each stage either answers, throws a refusal, or calls the next. */
export function createApp(options: HttpOptions): Koa<RequestState> {
  const app = new Koa<RequestState>({
    proxy: options.trustProxy,
    // Of the addresses in X-Forwarded-For only the last is our proxy's word; the others are the client's.
    maxIpsCount: 1,
  });
  app.on('error', (error: unknown) => {
    const { code } = error as { code?: string };
    // A client may hang up in the middle.
    if (code !== undefined && HUNG_UP.has(code)) options.log.debug({ err: error }, 'client hung up');
    else options.log.error({ err: error }, 'response failed');
  });
  app.use(requestId);
  app.use(securityHeaders(options.secure));
  if (options.log.isLevelEnabled('debug')) app.use(accessLog(options.log));
  app.use(errorHandler(options.log));
  app.use(refuseUnreadable);
  app.use(rateLimit(options.requestLimit));
  app.use(authentication(options.authenticate, options.operators));
  app.use(dispatch(options));
  return app;
}
