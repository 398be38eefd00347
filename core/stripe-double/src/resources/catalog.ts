import type Stripe from 'stripe';
import { type Call, paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid } from '../http/errors.ts';
import { page } from '../http/list.ts';
import { given, merged } from '../http/metadata.ts';
import { PAGED, route } from '../http/route.ts';
import { checkedAmount, checkedCurrency } from '../money.ts';
import { type Books, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import type { Price, Tier } from '../state/tables.ts';

type Recurring = Stripe.Price.Recurring;

export function newProduct(books: Books, params: Stripe.ProductCreateParams): Stripe.Product {
  const id = params.id ?? newId('prod');
  if (books.get('product', id) !== undefined) {
    throw invalid(`Product already exists.`, 'id', 'resource_already_exists');
  }
  const now = books.now();
  const product = books.insert('product', {
    id,
    object: 'product',
    active: params.active ?? true,
    created: now,
    default_price: null,
    description: params.description ?? null,
    images: params.images ?? [],
    livemode: false,
    marketing_features: params.marketing_features ?? [],
    metadata: merged({}, params.metadata),
    name: params.name,
    package_dimensions: null,
    shippable: params.shippable ?? null,
    statement_descriptor: params.statement_descriptor ?? null,
    tax_code: params.tax_code ?? null,
    tax_details: null,
    type: 'service',
    unit_label: params.unit_label ?? null,
    updated: now,
    url: params.url ?? null,
  });
  books.emit('product.created', product);
  return product;
}

function updateProduct(call: Call): Stripe.Product {
  const params = paramsOf<Stripe.ProductUpdateParams>(call);
  const { books } = call;
  const before = books.find('product', pathId(call));
  if (params.default_price !== undefined) books.find('price', params.default_price, 'default_price');
  const product = books.change('product', before.id, {
    active: params.active ?? before.active,
    default_price: params.default_price ?? before.default_price ?? null,
    description: given(params.description, before.description),
    images: params.images === '' ? [] : (params.images ?? before.images),
    metadata: merged(before.metadata, params.metadata),
    name: params.name ?? before.name,
    statement_descriptor: params.statement_descriptor ?? before.statement_descriptor ?? null,
    tax_code: given(params.tax_code, ref(before.tax_code)),
    unit_label: given(params.unit_label, before.unit_label ?? null),
    url: given(params.url, before.url),
    updated: books.now(),
  });
  books.emit('product.updated', product, before);
  return product;
}

function tierOf(tier: Stripe.PriceCreateParams.Tier): Tier {
  const unit = tier.unit_amount_decimal as unknown as string | undefined;
  const flat = tier.flat_amount_decimal as unknown as string | undefined;
  return {
    flat_amount: tier.flat_amount ?? null,
    flat_amount_decimal: flat ?? (tier.flat_amount === undefined ? null : String(tier.flat_amount)),
    unit_amount: tier.unit_amount ?? null,
    unit_amount_decimal: unit ?? (tier.unit_amount === undefined ? null : String(tier.unit_amount)),
    up_to: tier.up_to === 'inf' ? null : Number(tier.up_to),
  };
}

function recurringOf(books: Books, given: Stripe.PriceCreateParams.Recurring): Recurring {
  const usage = given.usage_type ?? 'licensed';
  if (usage === 'metered' && given.meter === undefined) {
    throw invalid('Metered prices need a meter.', 'recurring[meter]', 'parameter_missing');
  }
  if (given.meter !== undefined) {
    if (usage !== 'metered') throw invalid('Only metered prices have a meter.', 'recurring[meter]');
    const meter = books.find('billing.meter', given.meter, 'recurring[meter]');
    if (meter.status !== 'active') throw invalid('The meter is inactive.', 'recurring[meter]');
  }
  const count = given.interval_count ?? 1;
  const most = { day: 1095, week: 156, month: 36, year: 3 }[given.interval as 'day' | 'week' | 'month' | 'year'];
  if (count < 1 || count > most) throw invalid('Prices recur at least every three years.', 'recurring[interval_count]');
  return {
    interval: given.interval,
    interval_count: count,
    meter: given.meter ?? null,
    trial_period_days: null,
    usage_type: usage,
  };
}

/** @throws StripeError 400 for amounts that contradict each other */
export function newPrice(books: Books, params: Stripe.PriceCreateParams): Price {
  const currency = checkedCurrency(params.currency);
  const scheme = params.billing_scheme ?? 'per_unit';
  const decimal = params.unit_amount_decimal as unknown as string | undefined;
  if (scheme === 'per_unit' && (params.unit_amount === undefined) === (decimal === undefined)) {
    throw invalid('Exactly one of unit_amount and unit_amount_decimal is needed.', 'unit_amount', 'parameter_missing');
  }
  if ((params.unit_amount ?? 0) < 0 || decimal?.startsWith('-') === true) {
    throw invalid('Invalid non-negative integer', 'unit_amount', 'parameter_invalid_integer');
  }
  if (params.unit_amount !== undefined)
    checkedAmount(params.unit_amount, checkedCurrency(params.currency), 'unit_amount');
  if (scheme === 'tiered') {
    const last = params.tiers?.at(-1);
    if (last === undefined || params.tiers_mode === undefined) {
      throw invalid('Tiered prices need tiers and tiers_mode.', 'tiers', 'parameter_missing');
    }
    if (last.up_to !== 'inf') throw invalid("The last tier's up_to must be inf.", 'tiers');
  }
  if ((params.product === undefined) === (params.product_data === undefined)) {
    throw invalid('Exactly one of product and product_data is needed.', 'product', 'parameter_missing');
  }
  const product =
    params.product_data === undefined
      ? books.find('product', params.product ?? '', 'product').id
      : newProduct(books, params.product_data).id;
  const whole = decimal !== undefined && /^\d+$/.test(decimal) ? Number(decimal) : null;
  const recurring = params.recurring === undefined ? null : recurringOf(books, params.recurring);
  const price = books.insert('price', {
    id: newId('price'),
    object: 'price',
    active: params.active ?? true,
    billing_scheme: scheme,
    created: books.now(),
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: claimKey(books, params.lookup_key, params.transfer_lookup_key === true),
    metadata: merged({}, params.metadata),
    nickname: params.nickname ?? null,
    product,
    recurring,
    tax_behavior: params.tax_behavior ?? 'unspecified',
    ...(scheme === 'tiered' ? { tiers: (params.tiers ?? []).map(tierOf) } : {}),
    tiers_mode: params.tiers_mode ?? null,
    transform_quantity: params.transform_quantity ?? null,
    type: recurring === null ? 'one_time' : 'recurring',
    unit_amount: scheme === 'tiered' ? null : (params.unit_amount ?? whole),
    unit_amount_decimal: scheme === 'tiered' ? null : (decimal ?? String(params.unit_amount)),
  });
  books.emit('price.created', price);
  return price;
}

function claimKey(books: Books, key: string | undefined, transfer: boolean): string | null {
  if (key === undefined) return null;
  const owner = books.all('price').find((price) => price.lookup_key === key);
  if (owner === undefined) return key;
  if (!transfer)
    throw invalid(`A price (\`${owner.id}\`) already uses that lookup key.`, 'lookup_key', 'resource_already_exists');
  books.emit('price.updated', books.change('price', owner.id, { lookup_key: null }), owner);
  return key;
}

function updatePrice(call: Call): Price {
  const params = paramsOf<Stripe.PriceUpdateParams>(call);
  const { books } = call;
  const before = books.find('price', pathId(call));
  const key =
    params.lookup_key === undefined || params.lookup_key === before.lookup_key
      ? before.lookup_key
      : claimKey(books, params.lookup_key, params.transfer_lookup_key === true);
  const price = books.change('price', before.id, {
    active: params.active ?? before.active,
    lookup_key: key,
    metadata: merged(before.metadata, params.metadata),
    nickname: params.nickname ?? before.nickname,
    tax_behavior: params.tax_behavior ?? before.tax_behavior,
  });
  books.emit('price.updated', price, before);
  return price;
}

function listPrices(call: Call): object {
  const params = paramsOf<Stripe.PriceListParams>(call);
  const found = call.books
    .all('price')
    .filter(
      (price) =>
        (params.active === undefined || price.active === params.active) &&
        (params.currency === undefined || price.currency === params.currency) &&
        (params.product === undefined || ref(price.product) === params.product) &&
        (params.type === undefined || price.type === params.type) &&
        (params.lookup_keys === undefined || params.lookup_keys.includes(price.lookup_key ?? '')) &&
        (params.recurring?.interval === undefined || price.recurring?.interval === params.recurring.interval) &&
        (params.recurring?.usage_type === undefined || price.recurring?.usage_type === params.recurring.usage_type),
    );
  return page(call, found.map(shownPrice));
}

/** Tiers are shown only when asked for. */
function shownPrice(price: Price): Price {
  const { tiers: _, ...shown } = price;
  return shown;
}

const PRODUCT =
  'active description images marketing_features name shippable statement_descriptor tax_code unit_label url';

export const CATALOG: readonly RouteDefinition[] = [
  route('POST /v1/products', `${PRODUCT} id type default_price_data`, (call) => {
    const params = paramsOf<Stripe.ProductCreateParams>(call);
    const product = newProduct(call.books, params);
    const data = params.default_price_data;
    if (data === undefined) return product;
    const price = newPrice(call.books, { ...(data as Stripe.PriceCreateParams), product: product.id });
    return call.books.change('product', product.id, { default_price: price.id });
  }),
  route('GET /v1/products/{}', '', (call) => call.books.find('product', pathId(call))),
  route('POST /v1/products/{}', `${PRODUCT} default_price`, updateProduct),
  route('DELETE /v1/products/{}', '', (call) => {
    const product = call.books.find('product', pathId(call));
    if (call.books.all('price').some((price) => ref(price.product) === product.id)) {
      throw invalid('This product cannot be deleted because it has one or more user-created prices.');
    }
    call.books.remove('product', product.id);
    call.books.emit('product.deleted', product);
    return { id: product.id, object: 'product', deleted: true };
  }),
  route('GET /v1/products', `${PAGED} active created ids`, (call) => {
    const { active, ids } = paramsOf<Stripe.ProductListParams>(call);
    const found = call.books
      .all('product')
      .filter((p) => (active === undefined || p.active === active) && (ids === undefined || ids.includes(p.id)));
    return page(call, found);
  }),
  route(
    'POST /v1/prices',
    `active billing_scheme currency lookup_key nickname product product_data recurring tax_behavior tiers tiers_mode
     transfer_lookup_key transform_quantity unit_amount unit_amount_decimal`,
    (call) => shownPrice(newPrice(call.books, paramsOf<Stripe.PriceCreateParams>(call))),
  ),
  route('GET /v1/prices/{}', '', (call) => shownPrice(call.books.find('price', pathId(call)))),
  route('POST /v1/prices/{}', 'active lookup_key nickname tax_behavior transfer_lookup_key', (call) =>
    shownPrice(updatePrice(call)),
  ),
  route('GET /v1/prices', `${PAGED} active created currency lookup_keys product recurring type`, listPrices),
];
