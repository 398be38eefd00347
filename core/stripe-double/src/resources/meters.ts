import type Stripe from 'stripe';
import { usageOf } from '../billing/usage.ts';
import { type Call, paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid } from '../http/errors.ts';
import { listOf, page } from '../http/list.ts';
import { PAGED, route } from '../http/route.ts';
import { ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';

type Meter = Stripe.Billing.Meter;

function create(call: Call): Meter {
  const params = paramsOf<Stripe.Billing.MeterCreateParams>(call);
  const { books } = call;
  const same = books
    .all('billing.meter')
    .find((meter) => meter.event_name === params.event_name && meter.status === 'active');
  if (same !== undefined)
    throw invalid(
      `An active meter with event_name ${params.event_name} exists already.`,
      'event_name',
      'resource_already_exists',
    );
  const now = books.now();
  const meter = books.insert('billing.meter', {
    id: newId('mtr'),
    object: 'billing.meter',
    created: now,
    customer_mapping: {
      event_payload_key: params.customer_mapping?.event_payload_key ?? 'stripe_customer_id',
      type: 'by_id',
    },
    default_aggregation: { formula: params.default_aggregation.formula },
    display_name: params.display_name,
    event_name: params.event_name,
    event_time_window: params.event_time_window ?? null,
    livemode: false,
    status: 'active',
    status_transitions: { deactivated_at: null },
    updated: now,
    value_settings: { event_payload_key: params.value_settings?.event_payload_key ?? 'value' },
  });
  books.emit('billing.meter.created', meter);
  return meter;
}

/** Records usage once for each identifier. */
function recordEvent(call: Call): object {
  const params = paramsOf<Stripe.Billing.MeterEventCreateParams>(call);
  const { books } = call;
  const meter = books
    .all('billing.meter')
    .find((one) => one.event_name === params.event_name && one.status === 'active');
  if (meter === undefined)
    throw invalid(`No active meter found for event name ${params.event_name}`, 'event_name', 'no_meter');
  const customer = params.payload[meter.customer_mapping.event_payload_key];
  if (customer === undefined)
    throw invalid(
      `Missing ${meter.customer_mapping.event_payload_key} in the payload.`,
      'payload',
      'meter_event_no_customer_defined',
    );
  const owner = books.find('customer', customer, `payload[${meter.customer_mapping.event_payload_key}]`);
  const text = params.payload[meter.value_settings.event_payload_key];
  if (text === undefined || !/^\d{1,15}$/.test(text)) {
    throw invalid(
      'The value of a meter event must be a whole number.',
      `payload[${meter.value_settings.event_payload_key}]`,
      'meter_event_invalid_value',
    );
  }
  const now = books.now(ref(owner.test_clock));
  const timestamp = params.timestamp ?? now;
  if (timestamp > now + 300)
    throw invalid('The timestamp is too far in the future.', 'timestamp', 'timestamp_in_future');
  if (timestamp < now - 35 * 86_400)
    throw invalid('The timestamp is more than 35 days past.', 'timestamp', 'timestamp_too_far_in_past');
  const identifier = params.identifier ?? newId('mevt');
  const id = `${params.event_name} ${identifier}`;
  if (books.get('meter_record', id) !== undefined) {
    throw invalid(`An event already exists with identifier ${identifier}.`, 'identifier', 'duplicate_meter_event');
  }
  books.insert('meter_record', { id, meter: meter.id, customer, identifier, value: Number(text), timestamp });
  return {
    object: 'billing.meter_event',
    created: now,
    event_name: params.event_name,
    identifier,
    livemode: false,
    payload: params.payload,
    timestamp,
  };
}

function activity(call: Call, active: boolean): Meter {
  const before = call.books.find('billing.meter', pathId(call));
  const now = call.books.now();
  const meter = call.books.change('billing.meter', before.id, {
    status: active ? 'active' : 'inactive',
    status_transitions: { deactivated_at: active ? null : now },
    updated: now,
  });
  call.books.emit(active ? 'billing.meter.reactivated' : 'billing.meter.deactivated', meter, before);
  return meter;
}

export const METERS: readonly RouteDefinition[] = [
  route(
    'POST /v1/billing/meters',
    'customer_mapping default_aggregation display_name event_name event_time_window value_settings',
    create,
  ),
  route('GET /v1/billing/meters/{}', '', (call) => call.books.find('billing.meter', pathId(call))),
  route('POST /v1/billing/meters/{}', 'display_name', (call) => {
    const { display_name: name } = paramsOf<Stripe.Billing.MeterUpdateParams>(call);
    const before = call.books.find('billing.meter', pathId(call));
    const meter = call.books.change('billing.meter', before.id, {
      display_name: name ?? before.display_name,
      updated: call.books.now(),
    });
    call.books.emit('billing.meter.updated', meter, before);
    return meter;
  }),
  route('POST /v1/billing/meters/{}/deactivate', '', (call) => activity(call, false)),
  route('POST /v1/billing/meters/{}/reactivate', '', (call) => activity(call, true)),
  route('GET /v1/billing/meters', `${PAGED} status`, (call) => {
    const { status } = call.params;
    return page(
      call,
      call.books.all('billing.meter').filter((meter) => status === undefined || meter.status === status),
    );
  }),
  route('POST /v1/billing/meter_events', 'event_name identifier payload timestamp', recordEvent),
  route('GET /v1/billing/meters/{}/event_summaries', `${PAGED} customer start_time end_time`, (call) => {
    const params = paramsOf<Stripe.Billing.MeterListEventSummariesParams>(call);
    const meter = call.books.find('billing.meter', pathId(call));
    const span = { meter: meter.id, customer: params.customer, start: params.start_time, end: params.end_time };
    const used = usageOf(call.books, span);
    const summary = {
      id: newId('mtrusg'),
      object: 'billing.meter_event_summary',
      aggregated_value: used,
      end_time: params.end_time,
      livemode: false,
      meter: meter.id,
      start_time: params.start_time,
    };
    return listOf(call.path, [summary]);
  }),
];
