import type { HttpRequest, HttpResponse } from '@bazaar/sdk';
import type { CustomFetch } from 'openid-client';
import { ApiError } from '../../errors/index.ts';

/** The platform's guarded way out: public addresses only, limited in size and time. */
export interface ProviderHttp {
  fetch(
    request: HttpRequest,
    capabilities: ReadonlySet<string>,
    watch: { reader: string; used(capability: string): void; moved(bytes: number): void },
  ): Promise<HttpResponse>;
}

/** How providers are reached. */
export interface ProviderAccess {
  http: ProviderHttp;
  /** `host:port` pairs that may be private, and without https; from the operator's configuration. */
  privateTargets: ReadonlySet<string>;
}

const WATCH = { reader: 'single-sign-on', used: () => undefined, moved: () => undefined };

function portOf(url: URL): string {
  return url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
}

/** Refuses addresses of providers that are not https, or hold a name and password. */
export function providerUrl(text: string, privateTargets: ReadonlySet<string>, pointer = '/issuer'): URL {
  const url = URL.parse(text);
  const allowed = url !== null && url.username === '' && url.password === '' && isReachable(url, privateTargets);
  if (allowed) return url;
  const message = 'This must be an https address.';
  throw new ApiError('invalid-input', message, { reason: 'address-not-allowed', errors: [{ pointer, message }] });
}

function isReachable(url: URL, privateTargets: ReadonlySet<string>): boolean {
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && privateTargets.has(`${url.hostname.toLowerCase()}:${portOf(url)}`))
  );
}

function textOf(body: unknown): string | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('a provider is sent text only');
}

/** `fetch` for the OpenID client, through the guarded way out. Each address must itself be allowed; none redirects elsewhere. */
export function providerFetch({ http, privateTargets }: ProviderAccess): CustomFetch {
  return async (address, { method, headers, body }) => {
    const url = providerUrl(address, privateTargets);
    const host = url.hostname.toLowerCase();
    const text = textOf(body);
    const request: HttpRequest = {
      url: url.href,
      method: method as NonNullable<HttpRequest['method']>,
      headers,
      ...(text === undefined ? {} : { body: text }),
    };
    const reachable = new Set([`http:${host}`, `http:${host}:${portOf(url)}`]);
    const answer = await http.fetch(request, reachable, WATCH);
    const empty = answer.status === 204 || answer.status === 304;
    return new Response(empty ? null : answer.body, { status: answer.status, headers: answer.headers });
  };
}
