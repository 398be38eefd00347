import type Stripe from 'stripe';
import { toAccount, toPayout } from './objects.ts';
import type { PaymentGateway } from './types.ts';

type Call = <T>(work: (stripe: Stripe) => Promise<T>) => Promise<T>;
type Read = <T>(work: (stripe: Stripe) => Promise<T>) => Promise<T | null>;

/** Publishers' accounts, and the money that goes to them. */
export function connectGateway(
  call: Call,
  read: Read,
): Pick<
  PaymentGateway,
  'createAccount' | 'onboarding' | 'account' | 'transfer' | 'accountBalance' | 'reverseTransfer' | 'payout'
> {
  return {
    createAccount: ({ name, email, country }, idempotencyKey) =>
      call(async (stripe) => {
        const account = await stripe.accounts.create(
          {
            type: 'express',
            country,
            email,
            business_profile: { name },
            capabilities: { transfers: { requested: true } },
          },
          { idempotencyKey },
        );
        return account.id;
      }),
    onboarding: (account, returnUrl) =>
      call(async (stripe) => {
        const urls = { return_url: returnUrl, refresh_url: returnUrl };
        return (await stripe.accountLinks.create({ account, type: 'account_onboarding', ...urls })).url;
      }),
    account: (id) => read(async (stripe) => toAccount(await stripe.accounts.retrieve(id))),
    transfer: ({ account, currency, amount }, idempotencyKey) =>
      call(
        async (stripe) =>
          (await stripe.transfers.create({ destination: account, currency, amount }, { idempotencyKey })).id,
      ),
    accountBalance: (account, currency) =>
      call(async (stripe) => {
        const { available } = await stripe.balance.retrieve({}, { stripeAccount: account });
        return available.find((balance) => balance.currency === currency)?.amount ?? 0;
      }),
    reverseTransfer: ({ transfer, amount, reference }, idempotencyKey) =>
      call(async (stripe) => {
        // Keys are forgotten after a day; what was made under this name is not.
        for await (const { id, metadata } of stripe.transfers.listReversals(transfer, { limit: 100 })) {
          if (metadata?.reference === reference) return id;
        }
        const made = await stripe.transfers.createReversal(
          transfer,
          { amount, metadata: { reference } },
          { idempotencyKey },
        );
        return made.id;
      }),
    payout: (account, id) =>
      read(async (stripe) => toPayout(await stripe.payouts.retrieve(id, {}, { stripeAccount: account }))),
  };
}
