import { recordAudit, traceOf } from '../../audit/index.ts';
import type { Database } from '../../data/index.ts';
import { defineRoute, PLATFORM_TENANT, type Route } from '../../routes/index.ts';
import { hashedKey } from '../attempt-limits.ts';
import type { SignInLimits } from '../sign-in-limits.ts';
import { ADDRESS_INPUT, mailAddress } from './address-input.ts';

interface UnlockParts {
  db: Pick<Database, 'asPlatform'>;
  limits: Pick<SignInLimits, 'unlock'>;
}

/** What operators of the platform do for people who cannot get in. */
export function accountOperatorRoutes({ db, limits }: UnlockParts): Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/api/platform/accounts/unlock',
      operationId: 'unlockAccount',
      summary: 'Forget the failed sign-ins of an account, so that its owner can try again at once',
      tag: 'Platform',
      access: 'operator',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['email'],
        properties: { email: ADDRESS_INPUT },
      },
      output: {
        type: 'object',
        required: ['wasLocked'],
        properties: { wasLocked: { type: 'boolean', description: 'There were failed sign-ins to forget.' } },
      },
      handler: async (context, input: { email: string }) => {
        const email = mailAddress(input.email);
        const wasLocked = await limits.unlock(email);
        await db.asPlatform((models) =>
          recordAudit(models, traceOf(context), {
            tenantId: PLATFORM_TENANT.id,
            action: 'account.unlocked',
            // What was typed may be anything; whether it is an account is not said here either.
            detail: { account: hashedKey(email), wasLocked },
          }),
        );
        return { wasLocked };
      },
    }),
  ];
}
