import type { JsonObject, JsonValue, PageModel, TenantIdentity } from '@bazaar/sdk';
import { ApiError } from '../errors/index.ts';
import type { Log } from '../logging/index.ts';
import { logoPath } from '../pictures/index.ts';
import type { ActionInvoker, LoadedPlugin, PluginRegistry } from '../plugins/index.ts';
import type { TenantFace } from '../tenancy/index.ts';
import { failedForm } from './failed-form.ts';
import { indexPage, type PageLink } from './index-page.ts';
import { renderPage } from './layout.ts';
import { type Message, messagePage } from './message-page.ts';
import { NoPage, NoPages } from './no-page.ts';
import { pageInput } from './page-input.ts';
import { readPageModel, readPageSummary } from './page-model.ts';
import { isCorrectable, refusalMessage } from './refusal.ts';
import { matchPage, type PageMatch, type PageRoute, pageRoutes } from './route-table.ts';
import { createSanitiser } from './sanitiser/sanitiser.ts';
import { createSubmissionLimit, type SubmissionLimit } from './submission-limit.ts';
import { loadTheme } from './theme.ts';
import type { PublicPages, PublicRequest, PublicResponse, SubmittedForm } from './types.ts';

export interface PublicPagesOptions {
  plugins: Pick<PluginRegistry, 'all' | 'use'>;
  invoker: ActionInvoker;
  findTenant(slug: string): Promise<TenantIdentity | null>;
  /** How the tenant shows itself. */
  findFace(slug: string): Promise<TenantFace>;
  /** Where visitors reach the platform, e.g. `https://jobs.example.org`; the request's own origin when absent. */
  publicUrl?: string;
  /** Forms one address may send to one tenant in ten minutes; 30 when absent, 0 switches the limit off. */
  submissions?: number;
  log: Pick<Log, 'error' | 'warn'>;
}

/** No scripts at all, styles and pictures of our own; forms go to where they come from. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data: https:",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const LIMIT_MINUTES = 10;
/** Plugins with a page on a tenant's start page. */
const MAX_LINKS = 24;

/** One request, once its tenant is known. */
interface Visit {
  request: PublicRequest;
  tenant: TenantIdentity;
  face: TenantFace;
}

/** One request that leads to no tenant. */
interface Stray {
  request: PublicRequest;
  tenant: null;
  face: null;
}

/** Decoded segments of a path; `null` when its encoding is broken. */
function segmentsOf(path: string): string[] | null {
  try {
    return path
      .split('/')
      .filter((segment) => segment !== '')
      .map((segment) => decodeURIComponent(segment));
  } catch {
    return null;
  }
}

class Pages implements PublicPages {
  readonly #options: PublicPagesOptions;
  readonly #limit: SubmissionLimit | null;
  readonly #theme = loadTheme();
  readonly #sanitise = createSanitiser();
  readonly #noPages: NoPages;
  #table: { plugins: readonly LoadedPlugin[]; routes: PageRoute[] } = { plugins: [], routes: [] };

  constructor(options: PublicPagesOptions) {
    this.#options = options;
    this.#noPages = new NoPages(options.log);
    const { submissions = 30 } = options;
    this.#limit = submissions === 0 ? null : createSubmissionLimit(submissions, LIMIT_MINUTES);
  }

  async handle(request: PublicRequest): Promise<PublicResponse | null> {
    if (!request.path.startsWith('/t/')) return null;
    try {
      return await this.#answer(request);
    } catch (error) {
      return this.#failure({ request, tenant: null, face: null }, error);
    }
  }

  async #answer(request: PublicRequest): Promise<PublicResponse> {
    if (request.path === this.#theme.path) return this.#styles();
    const [slug = '', ...segments] = segmentsOf(request.path.slice(2)) ?? [];
    const tenant = await this.#options.findTenant(slug);
    if (!tenant) throw new ApiError('not-found', 'There is no such tenant.');
    const visit: Visit = { request, tenant, face: await this.#options.findFace(slug) };
    try {
      return await this.#visit(visit, segments);
    } catch (error) {
      return this.#failure(visit, error);
    }
  }

  #routes(tenantId: string): PageRoute[] {
    const plugins = this.#options.plugins.all(tenantId);
    const known = this.#table.plugins;
    const same = plugins.length === known.length && plugins.every((plugin, index) => plugin === known[index]);
    if (!same) this.#table = { plugins: [...plugins], routes: pageRoutes(plugins) };
    return this.#table.routes;
  }

  async #visit(visit: Visit, segments: readonly string[]): Promise<PublicResponse> {
    const { request } = visit;
    const match = segments.length === 0 ? null : matchPage(this.#routes(visit.tenant.id), segments);
    if (segments.length > 0 && !match) throw new ApiError('not-found', 'There is no such page.');
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const canonical = `/t/${[visit.tenant.slug, ...segments].map(encodeURIComponent).join('/')}`;
    if (isRead && request.path.endsWith('/')) {
      return this.#redirect(308, request.query === '' ? canonical : `${canonical}?${request.query}`);
    }
    if (isRead) return match ? this.#within(visit, match, (found) => this.#show(visit, found)) : this.#home(visit);
    if (request.method === 'POST' && match?.page.submit !== undefined) {
      return this.#within(visit, match, (found) => this.#submit(visit, found, canonical));
    }
    const allow = match?.page.submit === undefined ? 'GET, HEAD' : 'GET, HEAD, POST';
    throw new ApiError('method-not-allowed', 'This page does not take forms.', { headers: { Allow: allow } });
  }

  /** The version that was found may be replaced at any moment: what is done with it is done inside of it. */
  #within<T>(visit: Visit, match: PageMatch, work: (match: PageMatch) => Promise<T>): Promise<T> {
    const { id } = match.plugin.manifest;
    return this.#options.plugins.use(id, visit.tenant.id, (plugin) => work({ ...match, plugin }));
  }

  async #model(visit: Visit, match: PageMatch, form?: JsonObject): Promise<PageModel> {
    const { plugin, page } = match;
    const model = readPageModel(await this.#output(visit, match, form));
    if (model) return { ...model, body: { html: await this.#sanitise(plugin.manifest.id, model.body.html) } };
    throw new NoPage(plugin.manifest, page.action);
  }

  async #output(visit: Visit, match: PageMatch, form?: JsonObject): Promise<JsonValue> {
    const { plugin, page, params } = match;
    const action = plugin.actions.get(page.action);
    if (!action) throw new ApiError('not-found', 'There is no such page.');
    const input = pageInput(action.input, params, visit.request.query);
    if (form) {
      delete input.done;
      input.form = form;
    }
    return this.#invoke(visit, plugin, page.action, input);
  }

  #invoke({ request, tenant }: Visit, plugin: LoadedPlugin, action: string, input: JsonObject) {
    const { requestId, ip, userAgent } = request;
    return this.#options.invoker.invoke(plugin, action, {
      tenant,
      user: null,
      actor: { kind: 'visitor', userId: null, ip, userAgent },
      requestId,
      input,
    });
  }

  async #show(visit: Visit, match: PageMatch): Promise<PublicResponse> {
    return this.#page(visit, await this.#model(visit, match));
  }

  /** Each page tells its title and description itself; what the tenant may not show refuses and is left out. */
  async #home(visit: Visit): Promise<PublicResponse> {
    const routes = this.#routes(visit.tenant.id).filter(({ segments }) =>
      segments.every((segment) => 'text' in segment),
    );
    const found = await Promise.allSettled(
      routes.slice(0, MAX_LINKS).map(async (route): Promise<PageLink[]> => {
        const plain = { ...visit, request: { ...visit.request, query: '' } };
        const output = await this.#within(visit, { ...route, params: {} }, (found) => this.#output(plain, found));
        const summary = readPageSummary(output);
        return summary ? [{ href: `/t/${visit.tenant.slug}${route.page.path}`, ...summary }] : [];
      }),
    );
    const links = found.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
    const model = indexPage({ ...visit, origin: this.#originOf(visit.request) }, links);
    return this.#page(visit, model, { isHome: true });
  }

  async #submit(visit: Visit, match: PageMatch, path: string): Promise<PublicResponse> {
    const { request, tenant } = visit;
    const { plugin, page } = match;
    const action = page.submit === undefined ? undefined : plugin.actions.get(page.submit);
    if (!action) throw new ApiError('not-found', 'There is no such form.');
    const wait = (await this.#limit?.secondsToWait(request.ip, tenant.id)) ?? 0;
    if (wait > 0) return this.#tooMany(visit, path, wait);
    // Before the form is read: nothing is stored for a plugin that would not take it.
    try {
      await this.#options.invoker.admit(plugin, action.name, { tenant, user: null });
    } catch (error) {
      if (error instanceof ApiError && error.code === 'licence-ended') return this.#notTaken(visit, path);
      throw error;
    }

    let form: SubmittedForm | null = null;
    try {
      const parameters = Object.keys(match.params);
      form = await request.readForm({ tenant, pluginId: plugin.manifest.id, action, parameters });
      if (form.refused) throw form.refused;
      const input = { ...form.input, ...pageInput(action.input, match.params, '') };
      await this.#invoke(visit, plugin, action.name, input);
      return this.#redirect(303, `${path}?done=1`);
    } catch (error) {
      await form?.discard();
      if (!(error instanceof ApiError) || !isCorrectable(error)) throw error;
      return this.#again(visit, match, error, failedForm(error, form?.values ?? {}));
    }
  }

  /** Shows the page with its form again, with what was entered and what is wrong with it. */
  async #again(visit: Visit, match: PageMatch, error: ApiError, form: JsonObject): Promise<PublicResponse> {
    const model = await this.#model(visit, match, form).catch((cause: unknown) => {
      // The page does not know forms: its refusal of `form` is not what the visitor did wrong.
      if (cause instanceof ApiError && cause.code === 'invalid-input') throw error;
      throw cause;
    });
    const status = model.status !== undefined && model.status >= 400 ? model.status : error.status;
    return this.#page(visit, { ...model, status, robots: 'noindex' });
  }

  #tooMany(visit: Visit, path: string, seconds: number): PublicResponse {
    const minutes = Math.ceil(seconds / 60);
    const model = messagePage({
      status: 429,
      title: 'Too many forms from your network',
      text: `Please wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, go back in your browser and send the form again.`,
      link: { label: 'Back to the page', href: path },
    });
    return this.#page(visit, model, { headers: { 'Retry-After': String(seconds) } });
  }

  /** The page can still be seen, so hiding the reason would mean saying that it is gone. */
  #notTaken(visit: Visit, path: string): PublicResponse {
    const model = messagePage({
      status: 503,
      title: 'This form is not taken at the moment',
      text: 'What you have written was not sent. Please try again in a few days.',
      link: { label: 'Back to the page', href: path },
    });
    return this.#page(visit, model);
  }

  #failure(visit: Visit | Stray, error: unknown): PublicResponse {
    const { request, tenant } = visit;
    const known = error instanceof ApiError;
    const refusal = known ? error : new ApiError('internal', 'The page could not be made.', { cause: error });
    if (error instanceof NoPage) this.#noPages.note(error, { tenant: tenant?.slug, path: request.path });
    else if (!known) {
      const { requestId, path } = request;
      this.#options.log.error({ err: error, requestId, tenant: tenant?.slug, path }, 'public page failed');
    }
    const home: Message['link'] = tenant ? { label: `Go to ${tenant.name}`, href: `/t/${tenant.slug}` } : undefined;
    return this.#page(visit, messagePage(refusalMessage(refusal, home)), { headers: refusal.headers ?? {} });
  }

  #originOf(request: PublicRequest): string {
    return (this.#options.publicUrl ?? request.origin).replace(/\/+$/, '');
  }

  #page(
    { request, tenant, face }: Visit | Stray,
    model: PageModel,
    { isHome = false, headers = {} }: { isHome?: boolean; headers?: Record<string, string> } = {},
  ): PublicResponse {
    const origin = this.#originOf(request);
    const logo = tenant && logoPath(tenant.slug, face.logo);
    return {
      status: model.status ?? 200,
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': POLICY,
        'Referrer-Policy': 'strict-origin-when-cross-origin',
        'Cache-Control': 'no-cache',
        ...headers,
      },
      body: renderPage({ model, tenant, logo, origin, styles: this.#theme.path, isHome }),
    };
  }

  #redirect(status: 303 | 308, location: string): PublicResponse {
    return { status, headers: { Location: location, 'Cache-Control': 'no-store' }, body: '' };
  }

  #styles(): PublicResponse {
    return {
      status: 200,
      headers: {
        'Content-Type': 'text/css; charset=utf-8',
        'Cache-Control': 'public, max-age=31536000, immutable',
        'Content-Security-Policy': POLICY,
      },
      body: this.#theme.css,
    };
  }
}

export function createPublicPages(options: PublicPagesOptions): PublicPages {
  return new Pages(options);
}
