import type Stripe from 'stripe';
import { shownCoupon } from '../billing/discounts.ts';
import { type Call, paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid } from '../http/errors.ts';
import { page } from '../http/list.ts';
import { given, merged } from '../http/metadata.ts';
import { PAGED, route } from '../http/route.ts';
import { checkedCurrency } from '../money.ts';
import { ref } from '../state/books.ts';
import { newId, randomText } from '../state/ids.ts';

function createCoupon(call: Call): Stripe.Coupon {
  const params = paramsOf<Stripe.CouponCreateParams>(call);
  const { books } = call;
  const id = params.id ?? randomText(8);
  if (books.get('coupon', id) !== undefined) throw invalid('Coupon already exists.', 'id', 'resource_already_exists');
  const percent = params.percent_off;
  if ((percent === undefined) === (params.amount_off === undefined)) {
    throw invalid('You must pass either amount_off or percent_off.', 'percent_off', 'parameter_missing');
  }
  if (percent !== undefined && (percent <= 0 || percent > 100)) throw invalid('Invalid percentage.', 'percent_off');
  if (params.amount_off !== undefined && (params.amount_off < 1 || params.currency === undefined)) {
    throw invalid('amount_off must be positive and have a currency.', 'amount_off');
  }
  const duration = params.duration ?? 'once';
  if ((duration === 'repeating') !== (params.duration_in_months !== undefined)) {
    throw invalid('duration_in_months goes with the duration `repeating`.', 'duration_in_months');
  }
  const coupon = books.insert('coupon', {
    id,
    object: 'coupon',
    amount_off: params.amount_off ?? null,
    ...(params.applies_to?.products === undefined ? {} : { applies_to: { products: params.applies_to.products } }),
    created: books.now(),
    currency: params.currency === undefined ? null : checkedCurrency(params.currency),
    duration,
    duration_in_months: params.duration_in_months ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: merged({}, params.metadata),
    name: params.name ?? null,
    percent_off: percent ?? null,
    redeem_by: params.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  });
  books.emit('coupon.created', coupon);
  return coupon;
}

function createCode(call: Call): Stripe.PromotionCode {
  const params = paramsOf<Stripe.PromotionCodeCreateParams>(call);
  const { books } = call;
  const coupon = books.find('coupon', params.promotion.coupon ?? '', 'promotion[coupon]');
  const code = params.code ?? randomText(8).toUpperCase();
  if (!/^[A-Za-z0-9-]{1,500}$/.test(code)) throw invalid('Codes are made of letters, digits and dashes.', 'code');
  const same = books.all('promotion_code').find((one) => one.active && one.code.toLowerCase() === code.toLowerCase());
  if (same !== undefined) throw invalid('An active promotion code with `code` already exists.', 'code');
  if (params.customer !== undefined) books.find('customer', params.customer, 'customer');
  const made = books.insert('promotion_code', {
    id: newId('promo'),
    object: 'promotion_code',
    active: params.active ?? true,
    code,
    created: books.now(),
    customer: params.customer ?? null,
    customer_account: null,
    expires_at: params.expires_at ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: merged({}, params.metadata),
    promotion: { coupon: coupon.id, type: 'coupon' },
    restrictions: {
      first_time_transaction: params.restrictions?.first_time_transaction ?? false,
      minimum_amount: params.restrictions?.minimum_amount ?? null,
      minimum_amount_currency: params.restrictions?.minimum_amount_currency ?? null,
    },
    times_redeemed: 0,
  });
  books.emit('promotion_code.created', made);
  return made;
}

export const PROMOTIONS: readonly RouteDefinition[] = [
  route(
    'POST /v1/coupons',
    'amount_off applies_to currency duration duration_in_months id max_redemptions name percent_off redeem_by',
    createCoupon,
  ),
  route('GET /v1/coupons/{}', '', (call) => shownCoupon(call.books, call.books.find('coupon', pathId(call)))),
  route('POST /v1/coupons/{}', 'name', (call) => {
    const params = paramsOf<Stripe.CouponUpdateParams>(call);
    const before = call.books.find('coupon', pathId(call));
    const coupon = call.books.change('coupon', before.id, {
      name: params.name ?? before.name,
      metadata: merged(before.metadata, params.metadata),
    });
    call.books.emit('coupon.updated', coupon, before);
    return shownCoupon(call.books, coupon);
  }),
  route('DELETE /v1/coupons/{}', '', (call) => {
    const coupon = call.books.find('coupon', pathId(call));
    call.books.emit('coupon.deleted', coupon);
    // Those who redeemed it keep their discount: it stays, and cannot be redeemed again.
    call.books.change('coupon', coupon.id, { redeem_by: 1 });
    return { id: coupon.id, object: 'coupon', deleted: true };
  }),
  route('GET /v1/coupons', `${PAGED} created`, (call) =>
    page(
      call,
      call.books.all('coupon').map((coupon) => shownCoupon(call.books, coupon)),
    ),
  ),
  route(
    'POST /v1/promotion_codes',
    `promotion.coupon promotion.type active code customer expires_at max_redemptions
     restrictions.first_time_transaction restrictions.minimum_amount restrictions.minimum_amount_currency`,
    createCode,
  ),
  route('GET /v1/promotion_codes/{}', '', (call) => call.books.find('promotion_code', pathId(call))),
  route('POST /v1/promotion_codes/{}', 'active', (call) => {
    const params = paramsOf<Stripe.PromotionCodeUpdateParams>(call);
    const before = call.books.find('promotion_code', pathId(call));
    const code = call.books.change('promotion_code', before.id, {
      active: params.active ?? before.active,
      metadata: merged(before.metadata, given(params.metadata, undefined)),
    });
    call.books.emit('promotion_code.updated', code, before);
    return code;
  }),
  route('GET /v1/promotion_codes', `${PAGED} active code coupon created customer`, (call) => {
    const { active, code, coupon, customer } = paramsOf<Stripe.PromotionCodeListParams>(call);
    const found = call.books
      .all('promotion_code')
      .filter(
        (one) =>
          (active === undefined || one.active === active) &&
          (code === undefined || one.code.toLowerCase() === code.toLowerCase()) &&
          (coupon === undefined || ref(one.promotion.coupon) === coupon) &&
          (customer === undefined || ref(one.customer) === customer),
      );
    return page(call, found);
  }),
];
