import { type AuditTrace, recordAudit, traceOf } from '../../audit/index.ts';
import type { Database } from '../../data/index.ts';
import { defineRoute, PLATFORM_TENANT, type Route } from '../../routes/index.ts';
import type { ResetFactors } from '../second-factor/reset-factors.ts';
import { hashedKey } from '../sign-in/attempt-limits.ts';
import type { SignInLimits } from '../sign-in/sign-in-limits.ts';
import { ADDRESS_INPUT, mailAddress } from './address-input.ts';
import type { Operators } from './operators.ts';

interface AccountOperatorParts {
  db: Pick<Database, 'asPlatform'>;
  limits: Pick<SignInLimits, 'unlock' | 'unlockAddress'>;
  resetFactors(email: string, trace: AuditTrace): Promise<ResetFactors>;
  operators: Operators;
}

const COUNT = { type: 'integer' };

/** What operators of the platform do for people who cannot get in, and who the operators are. */
export function accountOperatorRoutes({ db, limits, resetFactors, operators }: AccountOperatorParts): Route[] {
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
    defineRoute({
      method: 'POST',
      path: '/api/operator/accounts/reset-second-factor',
      operationId: 'resetSecondFactor',
      summary:
        'Take away the second factors of somebody who has lost them; ends their sessions, and tells them by mail',
      tag: 'Platform',
      access: 'operator',
      sudo: true,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['email'],
        properties: { email: ADDRESS_INPUT },
      },
      output: {
        type: 'object',
        required: ['authenticatorApp', 'passkeys', 'recoveryCodes', 'sessions'],
        properties: {
          authenticatorApp: { type: 'boolean' },
          passkeys: COUNT,
          recoveryCodes: COUNT,
          sessions: { ...COUNT, description: 'Ended, in all tenants.' },
        },
      },
      handler: (context, { email }: { email: string }) => resetFactors(email, traceOf(context)),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/operator/accounts/operator',
      operationId: 'setOperator',
      summary: 'Make somebody with an account an operator of the platform, or no longer one',
      tag: 'Platform',
      access: 'operator',
      sudo: true,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['email', 'operator'],
        properties: { email: ADDRESS_INPUT, operator: { type: 'boolean' } },
      },
      output: { type: 'object', required: ['changed'], properties: { changed: { type: 'boolean' } } },
      handler: async (context, { email, operator }: { email: string; operator: boolean }) => ({
        changed: await operators.set(email, operator, traceOf(context)),
      }),
    }),
  ];
}
