import type { CoreModels, LedgerBooking } from '../../data/index.ts';
import { publisherNamed } from '../connect/publisher-named.ts';
import { MARKET_TERMS, OWN_PUBLISHER } from '../connect/terms.ts';
import type { ProviderCharge } from '../gateway/index.ts';
import type { Projection } from '../projection/types.ts';
import { type About, book } from './book.ts';
import {
  type BookedPart,
  type BookingKind,
  type LedgerAccount,
  missing,
  proportion,
  type Split,
  split,
} from './booking.ts';
import { factsOfCharge, isSettled, type SettledCharge } from './facts-of-charge.ts';

const DAY_MS = 86_400_000;

/** Books what payments have become: received, refunded, disputed. Doing it again books nothing. */
export async function projectLedger(projection: Projection): Promise<void> {
  for (const charge of projection.facts.charges) {
    // Where money comes slowly the net amount is known later; an event announces it then.
    if (isSettled(charge)) await ofCharge(projection, charge);
  }
}

async function ofCharge(projection: Projection, charge: SettledCharge): Promise<void> {
  const { deps, models, tenantId } = projection;
  const { provider } = deps.gateway;
  const terms = deps.terms ?? MARKET_TERMS;
  const { bookings, booked } = await earlier(models, provider, charge.id);
  const purchase = bookings.find(({ kind }) => kind === 'purchase');
  const sold = purchase
    ? { plugin: purchase.pluginId, publisherId: purchase.publisherId }
    : await soldBy(projection, charge);
  if (sold === null) return;
  const whole = purchase ? splitOf(booked) : await splitBy(projection, charge, sold.publisherId);
  const currency = purchase?.currency ?? charge.settled.currency;
  const drafts = missing({ ...factsOfCharge(charge, currency, whole.amount), split: whole, booked });
  const availableAt = purchase?.availableAt ?? new Date(charge.createdAt.getTime() + terms.holdDays * DAY_MS);
  const about: About = {
    provider,
    tenantId,
    plugin: sold.plugin,
    publisherId: sold.publisherId,
    charge: charge.id,
    currency,
    occurredAt: deps.now(),
    // What is taken back comes off the same share, whenever that may be transferred.
    availableAt,
  };
  for (const draft of drafts) {
    await book(models, draft, draft.kind === 'purchase' ? { ...about, occurredAt: charge.createdAt } : about);
  }
}

async function earlier(
  { LedgerBooking, LedgerEntry }: CoreModels,
  provider: About['provider'],
  charge: string,
): Promise<{ bookings: LedgerBooking[]; booked: BookedPart[] }> {
  const bookings = await LedgerBooking.findAll({ where: { provider, charge } });
  if (bookings.length === 0) return { bookings, booked: [] };
  const entries = await LedgerEntry.findAll({ where: { bookingId: bookings.map(({ id }) => id) } });
  const booked = bookings.map(({ id, kind }) => ({
    kind: kind as BookingKind,
    entries: entries
      .filter(({ bookingId }) => bookingId === id)
      .map(({ account, amount }) => ({ account: account as LedgerAccount, amount })),
  }));
  return { bookings, booked };
}

/** As it was divided when it was booked, whatever the terms are by now. */
function splitOf(booked: readonly BookedPart[]): Split {
  const entries = booked.find(({ kind }) => kind === 'purchase')?.entries ?? [];
  const of = (account: LedgerAccount) => entries.find((entry) => entry.account === account)?.amount ?? 0;
  return { amount: of('provider-balance'), tax: -of('tax'), fee: -of('platform-fee'), share: -of('publisher-share') };
}

async function splitBy(
  { deps, models, facts }: Projection,
  { invoice: invoiceId, settled: { amount } }: SettledCharge,
  publisherId: string | null,
): Promise<Split> {
  const invoice = facts.invoices.find(({ id }) => id === invoiceId);
  const tax = invoice ? proportion(amount, invoice.tax, invoice.total) : 0;
  if (publisherId === null) return split(amount, tax, 100);
  const publisher = await models.Publisher.findByPk(publisherId);
  const own = publisher?.feePercent ?? null;
  return split(amount, tax, own === null ? (deps.terms ?? MARKET_TERMS).feePercent : Number(own));
}

interface Sold {
  plugin: string | null;
  publisherId: string | null;
}

/** The plugin that was paid for, and its publisher; `null` while nobody knows what the payment was for. */
async function soldBy(projection: Projection, charge: ProviderCharge): Promise<Sold | null> {
  const { deps, models, tenantId } = projection;
  const { provider } = deps.gateway;
  const plugin = await pluginOf(projection, charge);
  if (plugin === null) return null;
  const name = deps.plugins.manifest(plugin, tenantId)?.publisher;
  if (name === undefined || name === OWN_PUBLISHER) return { plugin, publisherId: null };
  const { publisher } = await publisherNamed(models, provider, name);
  return { plugin, publisherId: publisher.id };
}

async function pluginOf({ deps, models, tenantId, facts }: Projection, charge: ProviderCharge): Promise<string | null> {
  const { provider, automaticTax } = deps.gateway;
  const { Purchase, Subscription } = models;
  const invoice = facts.invoices.find(({ id }) => id === charge.invoice);
  if (invoice?.subscription) {
    const subscription = await Subscription.findOne({ where: { tenantId, id: invoice.subscription } });
    if (subscription) return subscription.pluginId;
  }
  const where = { tenantId, provider };
  const purchase =
    (await Purchase.findOne({ where: { ...where, charge: charge.id } })) ??
    (charge.intent === null ? null : await Purchase.findOne({ where: { ...where, intent: charge.intent } }));
  if (purchase === null) return null;
  // Only the invoice says how much of it is tax. What is paid on the payment page gets one, sometimes a moment later.
  if (automaticTax && purchase.method === 'checkout' && !invoice) return null;
  return purchase.pluginId;
}
