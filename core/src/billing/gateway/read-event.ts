import type Stripe from 'stripe';
import { ApiError } from '../../errors/index.ts';
import { toEvent } from './event-objects.ts';
import type { ProviderEvent } from './types.ts';

/** How old (or how far ahead) a delivery's signature may be. */
const TOLERANCE_SECONDS = 300;
const MAX_ID = 255;

function refused(detail: string, reason: string, cause?: unknown): ApiError {
  return new ApiError('malformed-request', detail, { reason, ...(cause === undefined ? {} : { cause }) });
}

function isEvent(value: unknown): value is Stripe.Event {
  const { id, type, created, data } = (value ?? {}) as Partial<Stripe.Event>;
  const isName = (text: unknown) => typeof text === 'string' && text !== '' && text.length <= MAX_ID;
  return isName(id) && isName(type) && Number.isSafeInteger(created) && typeof data?.object === 'object';
}

/**
 * Reads a signed delivery. Refused with 400: an unknown signature, one older than five minutes or dated ahead by as
 * much, and a body that is no event.
 */
export function readSignedEvent(
  webhooks: Stripe['webhooks'],
  body: Buffer,
  signature: string,
  secrets: readonly string[],
  now: Date,
): ProviderEvent {
  const stamp = /(?:^|,)\s*t=(\d{1,12})(?:,|$)/.exec(signature)?.[1];
  // The SDK looks for old signatures only.
  if (stamp !== undefined && Number(stamp) - now.getTime() / 1000 > TOLERANCE_SECONDS) {
    throw refused('The signature is dated ahead.', 'stale-signature');
  }
  const failures: Error[] = [];
  for (const secret of secrets) {
    try {
      const event: unknown = webhooks.constructEvent(
        body,
        signature,
        secret,
        TOLERANCE_SECONDS,
        undefined,
        now.getTime(),
      );
      if (!isEvent(event)) throw refused('This is not an event.', 'not-an-event');
      return toEvent(event);
    } catch (error) {
      if (error instanceof ApiError) throw error;
      if (error instanceof SyntaxError) throw refused('The body is not valid JSON.', 'bad-json', error);
      failures.push(error as Error);
    }
  }
  const isStale = failures.some(({ message }) => message.includes('tolerance'));
  throw refused(
    isStale ? 'The signature is too old.' : 'The signature does not fit the body.',
    isStale ? 'stale-signature' : 'bad-signature',
    failures[0],
  );
}
