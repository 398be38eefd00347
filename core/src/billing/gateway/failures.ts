import type Stripe from 'stripe';
import { ApiError } from '../../errors/index.ts';

/** How long to wait before asking again. */
const RETRY_SECONDS = '5';

type Failure = Partial<Pick<Stripe.errors.StripeError, 'type' | 'code' | 'decline_code' | 'message' | 'param'>>;

/** Whether the object that was asked for does not exist (any more). */
export function isMissing(error: unknown): boolean {
  return (error as Failure | null)?.code === 'resource_missing';
}

/** Whether use was reported before under the same identifier: it has been counted. */
export function isCounted(error: unknown): boolean {
  const { code, message = '' } = (error ?? {}) as Failure;
  return code === 'duplicate_meter_event' || /event already exists with identifier/i.test(message);
}

/** Whether a payment was refused only because the payer's bank wants a confirmation. */
export function wantsConfirmation(error: unknown): boolean {
  const { code, decline_code: declined } = (error ?? {}) as Failure;
  return code === 'subscription_payment_intent_requires_action' || [code, declined].includes('authentication_required');
}

/** Whether something can not be done with a payment (any more) as it stands by now. */
export function isOvertaken(error: unknown): boolean {
  return (error as Failure | null)?.code === 'payment_intent_unexpected_state';
}

/**
 * What a caller is told of a failure at the provider. Words that the provider writes for payers are passed on; all
 * other details stay in `cause`, for the log.
 */
export function providerFailure(error: unknown): Error {
  if (error instanceof ApiError) return error;
  const { type, code, decline_code: declined, message } = error as Failure;
  switch (type) {
    case 'StripeCardError':
      return new ApiError('payment-failed', message ?? 'The payment was declined.', {
        reason: (declined ?? code ?? 'declined').replaceAll('_', '-'),
        cause: error,
      });
    case 'StripeConnectionError':
    case 'StripeAPIError':
    case 'StripeRateLimitError':
      return new ApiError('unavailable', 'The payment provider does not answer. Try again; nothing is charged twice.', {
        reason: 'provider-unreachable',
        headers: { 'Retry-After': RETRY_SECONDS },
        cause: error,
      });
    case 'StripeAuthenticationError':
    case 'StripePermissionError':
      return new ApiError('unavailable', 'Payments are not set up rightly on this platform. Tell its operator.', {
        reason: 'provider-configuration',
        cause: error,
      });
    case 'StripeIdempotencyError':
      return new ApiError('conflict', 'The same was asked for in another way a moment ago. Try again.', {
        reason: 'asked-twice',
        cause: error,
      });
    case 'StripeInvalidRequestError':
      return (
        refusalOf(error as Failure) ??
        new ApiError('unavailable', 'The payment provider did not accept this.', {
          reason: 'provider-refused',
          cause: error,
        })
      );
    default:
      return error instanceof Error ? error : new Error(String(error));
  }
}

const BILLING = { label: 'Show billing', href: '/admin/billing' };

/** What the payer can do something about. The provider has a code of its own only for some of it. */
function refusalOf(error: Failure): ApiError | null {
  const { code, message = '' } = error;
  if (code === 'customer_tax_location_invalid') {
    return new ApiError(
      'conflict',
      'Taxes depend on your billing address, and it is missing. Pay on the payment page (checkout), which asks for it.',
      { reason: 'billing-address-missing', action: BILLING, cause: error },
    );
  }
  if (/cannot combine currencies/i.test(message)) {
    return new ApiError(
      'conflict',
      'What you subscribe to already is paid in another currency, and the two cannot run side by side. End that first.',
      { reason: 'other-currency', action: BILLING, cause: error },
    );
  }
  return null;
}
