import type { HttpRequest } from '@bazaar/sdk';
import { ApiError } from '../../../errors/index.ts';

const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const MAX_REQUEST_CHARACTERS = 1024 * 1024;
const MAX_HEADERS = 50;

const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]{0,4000}$/;
/** Headers that control the connection: only the kernel sets them. */
const OWN_HEADERS =
  /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect|keep-alive|accept-encoding|proxy-.*)$/;
/** What must not follow a redirect to another host. */
const PRIVATE_HEADERS = ['authorization', 'cookie', 'x-api-key'];

/** One request of the chain that redirects make. */
export interface Hop {
  url: URL;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers: Record<string, string>;
  body: string | null;
}

function parseUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href);
  if (!url) throw new ApiError('invalid-input', 'The address is not a valid URL.');
  url.hash = '';
  return url;
}

function checkedHeaders(headers: Record<string, string>): Record<string, string> {
  const entries = Object.entries(headers);
  if (entries.length > MAX_HEADERS) throw new TypeError(`headers must be at most ${MAX_HEADERS}`);
  const checked: Record<string, string> = { 'user-agent': 'Bazaar', accept: '*/*' };
  for (const [given, value] of entries) {
    const name = given.toLowerCase();
    if (!HEADER_NAME.test(name) || OWN_HEADERS.test(name)) throw new TypeError(`header "${given}" cannot be set`);
    if (typeof value !== 'string' || !HEADER_VALUE.test(value))
      throw new TypeError(`header "${given}" has no valid value`);
    checked[name] = value;
  }
  return { ...checked, 'accept-encoding': 'identity' };
}

export function firstHop(request: HttpRequest): Hop {
  const { method = 'GET', headers = {}, body } = request;
  if (typeof request.url !== 'string' || request.url.length > 4_000)
    throw new TypeError('url must be a string of at most 4000 characters');
  if (!METHODS.includes(method)) throw new TypeError(`method must be one of ${METHODS.join(', ')}`);
  if (body !== undefined && (typeof body !== 'string' || body.length > MAX_REQUEST_CHARACTERS)) {
    throw new TypeError(`body must be a string of at most ${MAX_REQUEST_CHARACTERS} characters`);
  }
  return { url: parseUrl(request.url), method, headers: checkedHeaders(headers), body: body ?? null };
}

/** As browsers do: 303 and a redirected POST become GET, and credentials stay with their origin. */
export function nextHop(hop: Hop, status: number, location: string): Hop {
  const url = parseUrl(location, hop.url);
  const becomesGet = status === 303 || ((status === 301 || status === 302) && hop.method === 'POST');
  const headers = { ...hop.headers };
  if (url.origin !== hop.url.origin) for (const name of PRIVATE_HEADERS) delete headers[name];
  if (becomesGet) delete headers['content-type'];
  return { url, method: becomesGet ? 'GET' : hop.method, headers, body: becomesGet ? null : hop.body };
}
