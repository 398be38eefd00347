import { ApiError } from '../../errors/index.ts';
import { isMailAddress } from '../../mail/index.ts';
import { normaliseEmail } from '../../tenancy/index.ts';

/** An e-mail address in an input; `mailAddress` reads it. */
export const ADDRESS_INPUT = { type: 'string', minLength: 3, maxLength: 254 };

/** The address as it is stored; rejects with `invalid-input` what no mail can be sent to. */
export function mailAddress(email: string, pointer = '/email'): string {
  const address = normaliseEmail(email);
  if (isMailAddress(address)) return address;
  const message = 'This is not an e-mail address.';
  throw new ApiError('invalid-input', message, { reason: 'bad-address', errors: [{ pointer, message }] });
}

/** A language in an input. */
export const LOCALE_INPUT = { enum: ['en', 'de'], description: 'The language of mails.' };
