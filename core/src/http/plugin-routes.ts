import type { ActionDeclaration, JsonObject } from '@bazaar/sdk';
import { ApiError } from '../errors/index.ts';
import type { FileStore } from '../files/index.ts';
import type { ActionInvoker, LoadedPlugin, PluginRegistry } from '../plugins/index.ts';
import { requirePrincipal } from './authentication.ts';
import { readJsonBody } from './body/json.ts';
import { bodyKind } from './body/media-type.ts';
import { type MultipartForm, readMultipart } from './body/multipart.ts';
import { formRefusal, type InputErrors } from './body/refusal.ts';
import { type UploadFields, uploadFields } from './body/upload-fields.ts';
import { type HttpContext, type HttpMiddleware, userAgentOf } from './context.ts';
import { sendDownload } from './download.ts';
import { mergeInput, StringReader } from './input.ts';
import { parseQuery, type QueryValues } from './query.ts';
import { sendJson } from './respond.ts';
import { finalStage, newRouter, pathParameters, register, routerPath } from './routing.ts';
import { type FindTenant, requestTenant, TENANT_HEADER } from './tenant.ts';
import { inputErrors } from './validation.ts';

export interface PluginRouteOptions {
  plugins: PluginRegistry;
  invoker: ActionInvoker;
  files: FileStore;
  findTenant: FindTenant;
  /** Largest upload in bytes, whatever a plugin asks for. */
  uploadLimit: number;
}

/** Where an action is reached, and documented; it also answers `POST …/actions/<name>`. */
export function actionEndpoint(pluginId: string, action: ActionDeclaration) {
  return {
    method: action.http?.method ?? ('POST' as const),
    path: `/api/p/${pluginId}${action.http?.path ?? `/actions/${action.name}`}`,
    status: action.http?.status ?? 200,
  };
}

type Caller = Awaited<ReturnType<typeof findCaller>>;

async function findCaller(ctx: HttpContext, findTenant: FindTenant) {
  const { principal, requestId } = ctx.state;
  const tenant = await requestTenant(ctx, findTenant);
  const user = principal && {
    id: principal.user.id,
    name: principal.user.name,
    email: principal.user.email,
    permissions: [...principal.permissions],
  };
  const userAgent = userAgentOf(ctx);
  const actor = {
    kind: user ? ('user' as const) : ('visitor' as const),
    userId: user?.id ?? null,
    ip: ctx.ip,
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(principal?.impersonator === undefined ? {} : { impersonator: principal.impersonator }),
  };
  return { tenant, user, actor, requestId };
}

/** One action as an HTTP endpoint. */
class ActionEndpoint {
  readonly #plugin: LoadedPlugin;
  readonly #action: ActionDeclaration;
  readonly #options: PluginRouteOptions;
  readonly #reader: StringReader;
  readonly #uploads: UploadFields;
  readonly #status: number;
  readonly #inputErrors: InputErrors;

  constructor(plugin: LoadedPlugin, action: ActionDeclaration, options: PluginRouteOptions) {
    this.#plugin = plugin;
    this.#action = action;
    this.#options = options;
    this.#reader = new StringReader(action.input);
    this.#inputErrors = inputErrors(action.input);
    this.#uploads = uploadFields(action.input, options.uploadLimit);
    this.#status = actionEndpoint(plugin.manifest.id, action).status;
  }

  async handle(ctx: HttpContext): Promise<void> {
    if (this.#action.permission !== 'public') requirePrincipal(ctx);
    const caller = await findCaller(ctx, this.#options.findTenant);
    if (this.#uploads.size > 0 && bodyKind(ctx.req.headers['content-type']) === 'multipart') {
      await this.#options.invoker.admit(this.#plugin, this.#action.name, caller);
      const form = await this.#readForm(ctx, caller);
      try {
        const query = parseQuery(ctx.querystring);
        this.#refuseWrongFields(ctx, form, query);
        await this.#answer(ctx, caller, form.input, query);
      } catch (error) {
        await form.discard();
        throw error;
      }
      return;
    }
    const body = await this.#readBody(ctx);
    const query = parseQuery(ctx.querystring);
    this.#refuseForgedFiles(body);
    await this.#answer(ctx, caller, body, query);
  }

  #refuseWrongFields(ctx: HttpContext, { refused, input }: MultipartForm, query: QueryValues): void {
    if (refused.size === 0) return;
    const merged = mergeInput(this.#reader, pathParameters(ctx), query, input);
    const refusal = formRefusal(refused, merged, this.#uploads.keys(), this.#inputErrors);
    if (refusal) throw refusal;
  }

  /** What a handler gets as a file must have been stored by the kernel, never described by the sender. */
  #refuseForgedFiles(values: object | undefined): void {
    if (values === undefined) return;
    for (const name of this.#uploads.keys()) {
      if (!Object.hasOwn(values, name)) continue;
      throw new ApiError('invalid-input', `${name}: Send the file as multipart/form-data.`, {
        errors: [{ pointer: `/${name}`, message: 'Send the file as multipart/form-data.' }],
      });
    }
  }

  async #readBody(ctx: HttpContext): Promise<JsonObject | undefined> {
    if (ctx.method === 'GET' || ctx.method === 'HEAD') return undefined;
    return readJsonBody(ctx.req, this.#uploads.size > 0 ? 'multipart/form-data or application/json' : undefined);
  }

  #readForm(ctx: HttpContext, caller: Caller): Promise<MultipartForm> {
    const { files } = this.#options;
    const scope = this.#fileScope(caller);
    return readMultipart(ctx.req, {
      files: this.#uploads,
      reader: this.#reader,
      store: (file) => files.store(scope, file),
      discard: (fileId) => files.discard(scope, fileId),
    });
  }

  #fileScope(caller: Caller) {
    return { tenantId: caller.tenant.id, pluginId: this.#plugin.manifest.id, userId: caller.user?.id ?? null };
  }

  async #answer(ctx: HttpContext, caller: Caller, parts: JsonObject | undefined, query: QueryValues): Promise<void> {
    this.#refuseForgedFiles(query);
    const input = mergeInput(this.#reader, pathParameters(ctx), query, parts);
    const output = await this.#options.invoker.invoke(this.#plugin, this.#action.name, {
      ...caller,
      input,
    });
    if (this.#action.http?.download) await sendDownload(ctx, this.#options.files, this.#fileScope(caller), output);
    else sendJson(ctx, this.#status, output);
  }
}

function pluginStage(plugin: LoadedPlugin, options: PluginRouteOptions): HttpMiddleware {
  const router = newRouter();
  for (const action of plugin.actions.values()) {
    if (action.permission === undefined) continue;
    const endpoint = new ActionEndpoint(plugin, action, options);
    const handle = (ctx: HttpContext) => endpoint.handle(ctx);
    const { method, path } = actionEndpoint(plugin.manifest.id, action);
    register(router, method, routerPath(path), handle);
    // By its name every action can be called, so that screens need not know how it is bound to HTTP.
    if (action.http)
      register(router, 'POST', routerPath(`/api/p/${plugin.manifest.id}/actions/${action.name}`), handle);
  }
  return finalStage(router);
}

/** Whose version of the plugin answers; nobody's in particular when the request names no tenant that exists. */
async function tenantOf(ctx: HttpContext, findTenant: FindTenant): Promise<string | undefined> {
  const { principal } = ctx.state;
  if (principal) return principal.tenant.id;
  const slug = ctx.get(TENANT_HEADER);
  return slug === '' ? undefined : (await findTenant(slug))?.id;
}

/**
 * `/api/p/<plugin>/…`: the plugin is found by its id, then its own router decides, so that the cost does not grow
 * with the number of plugins. A router lives exactly as long as the plugin object it was built from.
 */
export function pluginRoutes(options: PluginRouteOptions): HttpMiddleware {
  const stages = new WeakMap<LoadedPlugin, HttpMiddleware>();
  const prefix = '/api/p/'.length;
  return async (ctx, next) => {
    const { path } = ctx;
    const end = path.indexOf('/', prefix);
    const id = end < 0 ? path.slice(prefix) : path.slice(prefix, end);
    const tenantId = await tenantOf(ctx, options.findTenant);
    await options.plugins.use(id, tenantId, async (plugin) => {
      let stage = stages.get(plugin);
      if (!stage) {
        stage = pluginStage(plugin, options);
        stages.set(plugin, stage);
      }
      await stage(ctx, next);
    });
  };
}
