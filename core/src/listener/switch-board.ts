import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { ApiError, problemDocument } from '../errors/index.ts';

function starting(request: IncomingMessage, response: ServerResponse): void {
  if (request.url === '/healthz') {
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.end('{"status":"ok"}');
    return;
  }
  const problem = problemDocument(new ApiError('unavailable', 'The platform is starting or stopping. Try again.'), '');
  response.writeHead(problem.status, { 'Content-Type': 'application/problem+json; charset=utf-8', 'Retry-After': '1' });
  response.end(JSON.stringify(problem));
}

/** Answers for the platform while there is none, and hands requests over as soon as there is. */
export class SwitchBoard {
  #target: RequestListener = starting;

  readonly listener: RequestListener = (request, response) => this.#target(request, response);

  connect(target: RequestListener): void {
    this.#target = target;
  }
}
