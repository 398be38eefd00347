import { recordAudit, traceOf } from '../../audit/index.ts';
import type { Database } from '../../data/index.ts';
import { defineRoute, PLATFORM_TENANT, type Route } from '../../routes/index.ts';
import { hashedKey } from '../attempt-limits.ts';
import type { SignInLimits } from '../sign-in-limits.ts';
import { ADDRESS_INPUT, mailAddress } from './address-input.ts';

interface UnlockParts {
  db: Pick<Database, 'asPlatform'>;
  limits: Pick<SignInLimits, 'unlock' | 'unlockAddress'>;
}

/** What operators of the platform do for people who cannot get in. */
export function accountOperatorRoutes({ db, limits }: UnlockParts): Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/api/operator/accounts/unlock',
      operationId: 'unlockAccount',
      summary: 'Forget the failed sign-ins of an account or of an address, so that people can try again at once',
      tag: 'Platform',
      access: 'operator',
      input: {
        type: 'object',
        additionalProperties: false,
        minProperties: 1,
        properties: {
          email: ADDRESS_INPUT,
          ip: {
            anyOf: [
              { type: 'string', format: 'ipv4' },
              { type: 'string', format: 'ipv6' },
            ],
          },
        },
      },
      output: {
        type: 'object',
        required: ['wasLocked'],
        properties: { wasLocked: { type: 'boolean', description: 'There were failed sign-ins to forget.' } },
      },
      handler: async (context, input: { email?: string; ip?: string }) => {
        const email = input.email === undefined ? undefined : mailAddress(input.email);
        const account = email !== undefined && (await limits.unlock(email));
        const address = input.ip !== undefined && (await limits.unlockAddress(input.ip));
        const wasLocked = account || address;
        await db.asPlatform((models) =>
          recordAudit(models, traceOf(context), {
            tenantId: PLATFORM_TENANT.id,
            action: 'account.unlocked',
            // What was typed may be anything; whether it is an account is not said here either.
            detail: {
              ...(email === undefined ? {} : { account: hashedKey(email) }),
              ...(input.ip === undefined ? {} : { ip: input.ip }),
              wasLocked,
            },
          }),
        );
        return { wasLocked };
      },
    }),
  ];
}
