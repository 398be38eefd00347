import { ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ApiError, problemDocument } from '../errors/index.ts';

/** Answers a request that does not become a socket, or no more; one for an upgrade has no response of its own yet. */
export function refuse(error: unknown, to: ServerResponse | Socket): void {
  const document = problemDocument(error, '');
  const body = JSON.stringify(document);
  const headers = {
    ...(error instanceof ApiError ? error.headers : {}),
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  };
  if (to instanceof ServerResponse) {
    to.writeHead(document.status, headers).end(body);
    return;
  }
  // The client may hang up meanwhile.
  to.on('error', () => to.destroy());
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  to.end(`HTTP/1.1 ${document.status} ${STATUS_CODES[document.status]}\r\n${lines.join('')}\r\n${body}`);
}
