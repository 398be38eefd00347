import type Stripe from 'stripe';
import { paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { page } from '../http/list.ts';
import { given, merged } from '../http/metadata.ts';
import { PAGED, route } from '../http/route.ts';
import { newId } from '../state/ids.ts';

export const TAX_RATES: readonly RouteDefinition[] = [
  route(
    'POST /v1/tax_rates',
    'display_name inclusive percentage active country description jurisdiction state tax_type',
    (call) => {
      const params = paramsOf<Stripe.TaxRateCreateParams>(call);
      const rate = call.books.insert('tax_rate', {
        id: newId('txr'),
        object: 'tax_rate',
        active: params.active ?? true,
        country: params.country ?? null,
        created: call.books.now(),
        description: params.description ?? null,
        display_name: params.display_name,
        effective_percentage: params.percentage,
        flat_amount: null,
        inclusive: params.inclusive,
        jurisdiction: params.jurisdiction ?? null,
        jurisdiction_level: null,
        livemode: false,
        metadata: merged({}, params.metadata),
        percentage: params.percentage,
        rate_type: 'percentage',
        state: params.state ?? null,
        tax_type: params.tax_type ?? null,
      });
      call.books.emit('tax_rate.created', rate);
      return rate;
    },
  ),
  route('GET /v1/tax_rates/{}', '', (call) => call.books.find('tax_rate', pathId(call))),
  route('POST /v1/tax_rates/{}', 'active description display_name', (call) => {
    const params = paramsOf<Stripe.TaxRateUpdateParams>(call);
    const before = call.books.find('tax_rate', pathId(call));
    const rate = call.books.change('tax_rate', before.id, {
      active: params.active ?? before.active,
      description: params.description ?? before.description,
      display_name: params.display_name ?? before.display_name,
      metadata: merged(before.metadata, given(params.metadata, undefined)),
    });
    call.books.emit('tax_rate.updated', rate, before);
    return rate;
  }),
  route('GET /v1/tax_rates', `${PAGED} active created inclusive`, (call) => {
    const { active, inclusive } = call.params;
    const found = call.books
      .all('tax_rate')
      .filter((rate) => active === undefined || rate.active === active)
      .filter((rate) => inclusive === undefined || rate.inclusive === inclusive);
    return page(call, found);
  }),
];
