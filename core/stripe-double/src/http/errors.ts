/** What goes into Stripe's error envelope, besides the message. */
export interface ErrorDetails {
  type?: 'invalid_request_error' | 'card_error' | 'api_error' | 'idempotency_error' | 'rate_limit_error';
  code?: string;
  param?: string;
  decline_code?: string;
  charge?: string;
  payment_intent?: unknown;
  setup_intent?: unknown;
}

/** A refusal in Stripe's own words. What the request changed is undone, unless `keepsEffects`. */
export class StripeError extends Error {
  readonly status: number;
  readonly details: ErrorDetails;
  /** A declined card leaves its traces: the failed charge, the intent's last error, the events. */
  readonly keepsEffects: boolean;

  constructor(status: number, message: string, details: ErrorDetails = {}, keepsEffects = false) {
    super(message);
    this.status = status;
    this.details = details;
    this.keepsEffects = keepsEffects;
  }

  body(requestId: string): { error: ErrorDetails & { message: string; request_log_url: string } } {
    return {
      error: {
        type: 'invalid_request_error',
        ...this.details,
        message: this.message,
        request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}`,
      },
    };
  }
}

export function invalid(message: string, param?: string, code?: string): StripeError {
  return new StripeError(400, message, {
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code }),
  });
}

export function missing(what: string, id: string, param = 'id'): StripeError {
  return new StripeError(param === 'id' ? 404 : 400, `No such ${what}: '${id}'`, { code: 'resource_missing', param });
}

/** For what Stripe can do and the double cannot: said aloud, never ignored. */
export function notImplemented(what: string): StripeError {
  return new StripeError(501, `The Stripe double does not implement ${what}. Stripe itself does.`, {
    type: 'api_error',
    code: 'not_implemented_by_the_double',
  });
}
