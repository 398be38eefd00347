import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Chaos } from '../chaos.ts';
import type { Api, ApiAnswer, ApiRequest } from './answer.ts';
import { StripeError } from './errors.ts';

const LARGEST_BODY = 1024 * 1024;

/** Answers what is no call of the API: pages and the control API. `undefined` for what it does not know. */
export type PageAnswer = { status: number; type: string; body: string | Buffer; location?: string };
export type Pages = (request: ApiRequest) => PageAnswer | Promise<PageAnswer | undefined> | undefined;

export function serve(api: Api, pages: Pages, chaos: Chaos): Server {
  const server = createServer((request, response) => {
    handle(api, pages, chaos, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stderr.write(`${message}\n`);
      response.end(JSON.stringify({ error: { type: 'api_error', message: 'The Stripe double has a fault.' } }));
    });
  });
  server.keepAliveTimeout = 65_000;
  return server;
}

async function handle(
  api: Api,
  pages: Pages,
  chaos: Chaos,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(incoming.url ?? '/', 'http://double');
  const request: ApiRequest = {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.search.slice(1),
    body: await bodyOf(incoming),
    headers: incoming.headers,
  };
  if (!request.path.startsWith('/v1/')) {
    const answer = await pageOf(pages, request);
    response.writeHead(answer.status, {
      'content-type': answer.type,
      'cache-control': 'no-store',
      ...(answer.location === undefined ? {} : { location: answer.location }),
    });
    response.end(answer.body);
    return;
  }
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-allow-headers', '*');
  if (request.method === 'OPTIONS') {
    response.writeHead(204, { 'access-control-allow-methods': 'GET, POST, DELETE' }).end();
    return;
  }
  const memory = api.memory(request);
  if (memory !== undefined && api.busyKeys.has(memory)) {
    send(
      response,
      refusal(
        409,
        'There is currently another in-progress request using this Idempotent Key.',
        'idempotency_key_in_use',
        'idempotency_error',
      ),
    );
    return;
  }
  if (memory !== undefined) api.busyKeys.add(memory);
  try {
    const { latencyMs, serverError, rateLimit, cut } = chaos.switches;
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    if (chaos.happens(serverError)) {
      send(response, refusal(500, 'Chaos: nothing was done.', 'api_error', 'api_error'));
    } else if (chaos.happens(rateLimit)) {
      send(response, refusal(429, 'Request rate limit exceeded.', 'rate_limit', 'rate_limit_error'));
    } else {
      const answer = api.answer(request);
      if (chaos.happens(cut)) incoming.socket.destroy();
      else send(response, answer);
    }
  } finally {
    if (memory !== undefined) api.busyKeys.delete(memory);
  }
}

async function pageOf(pages: Pages, request: ApiRequest): Promise<PageAnswer> {
  try {
    const answer = await pages(request);
    return answer ?? { status: 404, type: 'text/plain; charset=utf-8', body: 'There is no such page.' };
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    return { status: error.status, type: 'application/json', body: JSON.stringify(error.body('')) };
  }
}

function refusal(status: number, message: string, code: string, type: string): ApiAnswer {
  return {
    status,
    body: JSON.stringify({ error: { type, code, message } }),
    headers: { 'content-type': 'application/json' },
  };
}

function send(response: ServerResponse, answer: ApiAnswer): void {
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new StripeError(413, 'The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
