import { randomUUID } from 'node:crypto';
import type { HttpMiddleware } from './context.ts';

/** First stage: begins the state of the request, and names it in the answer for whoever reports a problem. */
export const requestId: HttpMiddleware = ({ state, res }, next) => {
  state.requestId = randomUUID();
  state.principal = null;
  state.refusal = undefined;
  res.setHeader('X-Request-Id', state.requestId);
  return next();
};
