import type { HttpResponse } from '@bazaar/sdk';
import { Agent, type Dispatcher, errors, request as send } from 'undici';
import { ApiError } from '../../../errors/index.ts';
import { ForbiddenAddressError, guardedConnector } from './address-guard.ts';
import { type Hop, nextHop } from './hop.ts';

const MAX_REDIRECTS = 5;
const MAX_RESPONSE_BYTES = 1024 * 1024;
const TIMEOUT_MS = 15_000;

function unavailable(host: string, why: string, cause?: unknown): ApiError {
  return new ApiError('unavailable', `${host} ${why}.`, { reason: 'remote-unavailable', cause });
}

/** Called in the course of a request. */
export interface RequestHooks {
  /** Before each address, redirects included; throws when it must not be reached. */
  beforeHop(url: URL): void;
  /** With the size of each body that is sent. */
  sent(bytes: number): void;
  /** With the size of each chunk of the answer; the next is read once this has resolved. */
  received(bytes: number): Promise<void>;
}

async function readText(
  response: Dispatcher.ResponseData,
  host: string,
  received: RequestHooks['received'],
): Promise<string> {
  const encoding = response.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    await response.body.dump();
    throw unavailable(host, 'answered in an encoding that was not asked for');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += (chunk as Buffer).length;
    await received((chunk as Buffer).length);
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

/** Sends requests through a connector that reaches public addresses only, limited in size and time. */
export class GuardedTransport {
  readonly #agent: Agent;

  constructor(privateTargets: ReadonlySet<string>) {
    this.#agent = new Agent({
      connect: guardedConnector((target) => privateTargets.has(target)),
      connections: 16,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
      maxResponseSize: MAX_RESPONSE_BYTES + 1,
    });
  }

  /** Follows redirects. */
  async fetch(first: Hop, hooks: RequestHooks): Promise<HttpResponse> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    let hop = first;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      hooks.beforeHop(hop.url);
      const { host } = hop.url;
      try {
        const { method, headers, body } = hop;
        if (body !== null) hooks.sent(Buffer.byteLength(body));
        const response = await send(hop.url, { method, headers, body, signal, dispatcher: this.#agent });
        const { location } = response.headers;
        const isRedirect = [301, 302, 303, 307, 308].includes(response.statusCode) && typeof location === 'string';
        if (!isRedirect) {
          const text = await readText(response, host, hooks.received);
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

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}
