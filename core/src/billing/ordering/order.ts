import type { Manifest } from '@bazaar/sdk';
import { ApiError } from '../../errors/index.ts';
import { type Offer, offersOf } from '../plans/offers.ts';
import type { Plan } from '../types.ts';

/** What somebody asks to buy. */
export interface OrderRequest {
  plugin: string;
  plan: Plan;
  seats?: number;
  promotionCode?: string;
  method: 'checkout' | 'intent';
}

export interface Order extends Omit<OrderRequest, 'seats' | 'promotionCode'> {
  offer: Offer;
  /** How many are paid. */
  quantity: number;
  /** `null` where seats are not paid for. */
  seats: number | null;
  promotionCode: string | null;
}

function invalid(pointer: string, message: string, reason: string): ApiError {
  return new ApiError('invalid-input', message, { reason, errors: [{ pointer, message }] });
}

const FIELD: Record<Plan, string> = { 'one-time': '/plugin', monthly: '/interval', annual: '/interval' };

/** The order as the manifest allows it; refuses with `invalid-input` naming the field. `taxed`: taxes are added. Pure. */
export function orderOf(manifest: Manifest, request: OrderRequest, taxed = false): Order {
  const offer = offersOf(manifest).find(({ plan }) => plan === request.plan);
  if (!offer) {
    const what =
      request.plan === 'one-time' ? 'once and for ever' : request.plan === 'monthly' ? 'by the month' : 'by the year';
    throw invalid(FIELD[request.plan], `${manifest.name} can not be bought ${what}.`, 'plan-not-offered');
  }
  if (request.seats !== undefined && !offer.perSeat) {
    throw invalid('/seats', `${manifest.name} is not sold by the seat.`, 'no-seats');
  }
  if (request.promotionCode !== undefined && request.method === 'intent' && request.plan === 'one-time') {
    throw invalid(
      '/promotionCode',
      'Promotion codes are redeemed on the payment page: choose checkout.',
      'checkout-only',
    );
  }
  if (offer.unitAmount === 0 && request.method === 'intent' && request.plan === 'one-time') {
    throw invalid('/method', 'There is nothing to pay: choose checkout.', 'nothing-to-pay');
  }
  if (taxed && request.method === 'intent' && request.plan === 'one-time') {
    throw invalid('/method', 'Taxes are added on the payment page: choose checkout.', 'checkout-only');
  }
  const seats = offer.perSeat ? (request.seats ?? 1) : null;
  return {
    plugin: request.plugin,
    plan: request.plan,
    method: request.method,
    offer,
    quantity: seats ?? 1,
    seats,
    promotionCode: request.promotionCode ?? null,
  };
}

interface OpenOrder {
  plan: Plan;
  method: string;
  currency: string;
  unitAmount: number;
  seats: number | null;
  promotionCode: string | null;
  expiresAt: Date;
}

/** An order about to lapse is not handed out again. */
const REUSABLE_FOR_MS = 5 * 60_000;

/** Whether an order under way is just what is asked for again: of a double click there is one. Pure. */
export function isSameOrder(open: OpenOrder, order: Order, now: Date): boolean {
  return (
    open.plan === order.plan &&
    open.method === order.method &&
    open.currency === order.offer.currency.toLowerCase() &&
    open.unitAmount === order.offer.unitAmount &&
    open.seats === order.seats &&
    open.promotionCode === order.promotionCode &&
    open.expiresAt.getTime() - now.getTime() > REUSABLE_FOR_MS
  );
}

/** The provider lets no trial end sooner than this. */
const LEAST_TRIAL_MS = 49 * 3_600_000;

/**
 * Until when a subscription costs nothing, because the trial before it still runs. A second later than the trial, so
 * that it lasts longer than what it takes the place of. Pure.
 */
export function keptTrial(licence: { kind: string; expiresAt: Date | null } | null, now: Date): Date | null {
  if (licence?.kind !== 'trial' || licence.expiresAt === null) return null;
  if (licence.expiresAt.getTime() - now.getTime() < LEAST_TRIAL_MS) return null;
  return new Date((Math.floor(licence.expiresAt.getTime() / 1000) + 1) * 1000);
}
