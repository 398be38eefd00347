import type { JsonObject } from '@bazaar/sdk';
import { FileReply, PictureReply, Redirect, type Route } from '../routes/index.ts';
import { checkAccess, checkProof } from './authentication.ts';
import { readJsonBody } from './body/json.ts';
import { readUpload } from './body/upload.ts';
import type { HttpContext } from './context.ts';
import { sendFile, sendPicture } from './download.ts';
import { mergeInput, StringReader } from './input.ts';
import { parseQuery } from './query.ts';
import { sendJson, sendRedirect } from './respond.ts';
import { RequestRouteContext } from './route-context.ts';
import { type HttpRouter, newRouter, pathParameters, register, routerPath } from './routing.ts';
import { inputCheck } from './validation.ts';

const NO_INPUT = { type: 'object', additionalProperties: false };

function handle(route: Route, secure: boolean): (ctx: HttpContext) => Promise<void> {
  const schema = route.input ?? NO_INPUT;
  const reader = new StringReader(schema);
  const check = inputCheck(schema);
  const status = route.status ?? 200;
  const handler = route.handler as (context: RequestRouteContext, input: JsonObject) => Promise<unknown>;
  return async (ctx) => {
    checkAccess(ctx, route.access);
    if (route.sudo) checkProof(ctx, Date.now());
    const { upload } = route;
    const body = route.method === 'GET' || upload ? undefined : await readJsonBody(ctx.req);
    const input = mergeInput(reader, pathParameters(ctx), parseQuery(ctx.querystring), body);
    check(input);
    // After the check: what is refused for its parameters need not travel first.
    const file = upload ? await readUpload(ctx.req, upload) : null;
    const answer = await handler(new RequestRouteContext(ctx, secure, file), input);
    if (answer instanceof Redirect) sendRedirect(ctx, answer);
    else if (answer instanceof FileReply) sendFile(ctx, answer);
    else if (answer instanceof PictureReply) sendPicture(ctx, answer);
    else sendJson(ctx, status, answer);
  };
}

/** The kernel's declared routes as one router. */
export function kernelRouter(routes: readonly Route[], secure: boolean): HttpRouter {
  const router = newRouter();
  const seen = new Set<string>();
  for (const route of routes) {
    const key = `${route.method} ${route.path.replaceAll(/\{\w+\}/g, '{}')}`;
    if (seen.has(key)) throw new Error(`the route ${key} is declared twice`);
    seen.add(key);
    register(router, route.method, routerPath(route.path), handle(route, secure));
  }
  return router;
}
