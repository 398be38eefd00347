-- What the provider owes a tenant and takes off the next invoice, e.g. after a change to fewer seats: { amount, currency },
-- in minor units; null when it is nothing. Mirrored, as the payment method beside it.
alter table core.billing_customers
  add column credit jsonb check ((credit ->> 'amount')::bigint > 0);
