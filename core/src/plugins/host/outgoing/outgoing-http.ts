import type { HttpRequest, HttpResponse } from '@bazaar/sdk';
import { Agent, type Dispatcher, errors, request as send } from 'undici';
import { ApiError } from '../../../errors/index.ts';
import { ForbiddenAddressError, guardedConnector } from './address-guard.ts';
import { grantFor } from './granted-target.ts';

const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const MAX_REDIRECTS = 5;
const MAX_REQUEST_CHARACTERS = 1024 * 1024;
const MAX_RESPONSE_BYTES = 1024 * 1024;
const MAX_HEADERS = 50;
const TIMEOUT_MS = 15_000;

const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]{0,4000}$/;
/** Headers that steer the connection and are ours to set. */
const OWN_HEADERS =
  /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect|keep-alive|accept-encoding|proxy-.*)$/;
/** What must not follow a redirect to another host. */
const PRIVATE_HEADERS = ['authorization', 'cookie', 'x-api-key'];

export interface OutgoingHttp {
  /** `used` is told the capability of each address that was asked. */
  fetch(
    request: HttpRequest,
    capabilities: ReadonlySet<string>,
    used: (capability: string) => void,
  ): Promise<HttpResponse>;
  close(): Promise<void>;
}

export interface OutgoingHttpOptions {
  /** `host:port` pairs that may be reached although their address is not public; from the operator's configuration. */
  privateTargets?: readonly string[];
}

function unavailable(host: string, why: string, cause?: unknown): ApiError {
  return new ApiError('unavailable', `${host} ${why}.`, { reason: 'remote-unavailable', cause });
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

interface Hop {
  url: URL;
  method: Dispatcher.HttpMethod;
  headers: Record<string, string>;
  body: string | null;
}

function firstHop(request: HttpRequest): Hop {
  const { method = 'GET', headers = {}, body } = request;
  if (typeof request.url !== 'string' || request.url.length > 4_000)
    throw new TypeError('url must be a string of at most 4000 characters');
  if (!METHODS.includes(method)) throw new TypeError(`method must be one of ${METHODS.join(', ')}`);
  if (body !== undefined && (typeof body !== 'string' || body.length > MAX_REQUEST_CHARACTERS)) {
    throw new TypeError(`body must be a string of at most ${MAX_REQUEST_CHARACTERS} characters`);
  }
  return { url: parseUrl(request.url), method, headers: checkedHeaders(headers), body: body ?? null };
}

/** What a browser would do: 303 and a redirected POST become GET, credentials stay with their host. */
function nextHop(hop: Hop, status: number, location: string): Hop {
  const url = parseUrl(location, hop.url);
  const becomesGet = status === 303 || ((status === 301 || status === 302) && hop.method === 'POST');
  const headers = { ...hop.headers };
  if (url.origin !== hop.url.origin) for (const name of PRIVATE_HEADERS) delete headers[name];
  if (becomesGet) delete headers['content-type'];
  return { url, method: becomesGet ? 'GET' : hop.method, headers, body: becomesGet ? null : hop.body };
}

async function readText(response: Dispatcher.ResponseData, host: string): Promise<string> {
  const encoding = response.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    await response.body.dump();
    throw unavailable(host, 'answered in an encoding that was not asked for');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += (chunk as Buffer).length;
    if (size > MAX_RESPONSE_BYTES) {
      throw new ApiError('too-large', `The answer of ${host} is larger than ${MAX_RESPONSE_BYTES} bytes.`);
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8').replaceAll('\0', '\ufffd');
}

function plainHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}

function failure(error: unknown, host: string): unknown {
  if (error instanceof ApiError || error instanceof TypeError) return error;
  if (error instanceof ForbiddenAddressError) {
    return new ApiError('forbidden', `${error.message}.`, { reason: 'address-forbidden' });
  }
  if (error instanceof errors.ResponseExceededMaxSizeError) {
    return new ApiError('too-large', `The answer of ${host} is larger than ${MAX_RESPONSE_BYTES} bytes.`);
  }
  const timedOut = error instanceof Error && (error.name === 'TimeoutError' || error.name.includes('Timeout'));
  return unavailable(host, timedOut ? 'did not answer in time' : 'could not be reached', error);
}

/** HTTP for plugins: only to granted hosts at public addresses, limited in size and time, each redirect anew. */
export function createOutgoingHttp(options: OutgoingHttpOptions = {}): OutgoingHttp {
  const privateTargets = new Set((options.privateTargets ?? []).map((target) => target.toLowerCase()));
  const agent = new Agent({
    connect: guardedConnector((target) => privateTargets.has(target)),
    connections: 16,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    maxResponseSize: MAX_RESPONSE_BYTES + 1,
  });

  async function follow(
    first: Hop,
    capabilities: ReadonlySet<string>,
    used: (capability: string) => void,
  ): Promise<HttpResponse> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    let hop = first;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      used(grantFor(hop.url, capabilities));
      const { host } = hop.url;
      try {
        const { method, headers, body } = hop;
        const response = await send(hop.url, { method, headers, body, signal, dispatcher: agent });
        const { location } = response.headers;
        const isRedirect = [301, 302, 303, 307, 308].includes(response.statusCode) && typeof location === 'string';
        if (!isRedirect) {
          const text = await readText(response, host);
          return { status: response.statusCode, headers: plainHeaders(response.headers), body: text };
        }
        await response.body.dump();
        hop = nextHop(hop, response.statusCode, location);
      } catch (error) {
        throw failure(error, host);
      }
    }
    throw unavailable(first.url.host, `redirected more than ${MAX_REDIRECTS} times`);
  }

  return {
    fetch: async (request, capabilities, used) => follow(firstHop(request), capabilities, used),
    close: () => agent.destroy(),
  };
}
