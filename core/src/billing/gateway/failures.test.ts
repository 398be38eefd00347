import { expect, it } from 'vitest';
import { ApiError } from '../../errors/index.ts';
import { providerFailure } from './failures.ts';

const refused = (more: object) => providerFailure({ type: 'StripeInvalidRequestError', ...more });

it.each([
  [
    'another currency',
    {
      message:
        'You cannot combine currencies on a single customer. This customer has had a subscription or balance in eur.',
    },
    'conflict',
    'other-currency',
  ],
  ['no address to reckon taxes by', { code: 'customer_tax_location_invalid' }, 'conflict', 'billing-address-missing'],
  [
    'anything else',
    { code: 'parameter_unknown', message: 'Received unknown parameter' },
    'unavailable',
    'provider-refused',
  ],
])('what the provider refuses because of %s', (_what, failure, code, reason) => {
  const error = refused(failure);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ code, reason });
  expect(error.message).not.toContain('customer.');
});
