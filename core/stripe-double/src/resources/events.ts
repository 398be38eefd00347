import type Stripe from 'stripe';
import { paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid } from '../http/errors.ts';
import { page } from '../http/list.ts';
import { given, merged } from '../http/metadata.ts';
import { PAGED, route } from '../http/route.ts';
import type { Books } from '../state/books.ts';
import { newId, randomText } from '../state/ids.ts';

function checkedUrl(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw invalid('Invalid URL: An explicit scheme (such as https) must be provided.', 'url', 'url_invalid');
  }
  return url;
}

/** Registers an endpoint. `accounts` says whose events it gets. */
export function newEndpoint(
  books: Books,
  terms: { id?: string; url: string; events: string[]; secret: string; accounts: 'own' | 'connected' | 'all' },
): Stripe.WebhookEndpoint {
  const id = terms.id ?? newId('we');
  books.insert('endpoint_setting', { id, accounts: terms.accounts, secret: terms.secret });
  return books.insert('webhook_endpoint', {
    id,
    object: 'webhook_endpoint',
    api_version: null,
    application: null,
    created: books.now(),
    description: null,
    enabled_events: terms.events,
    livemode: false,
    metadata: {},
    status: 'enabled',
    url: checkedUrl(terms.url),
  });
}

function matches(type: string, wanted: string): boolean {
  return wanted.endsWith('.*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

/** Events and endpoints. `pending` says how many deliveries of an event are outstanding. */
export function events(pending: (event: string) => number): readonly RouteDefinition[] {
  const shown = (event: Stripe.EventBase) => ({ ...event, pending_webhooks: pending(event.id) });
  return [
    route('GET /v1/events/{}', '', (call) => shown(call.books.find('event', pathId(call)))),
    route('GET /v1/events', `${PAGED} created type types delivery_success`, (call) => {
      const { type, types, delivery_success: success } = paramsOf<Stripe.EventListParams>(call);
      const found = call.books
        .all('event')
        .filter(
          (event) =>
            (type === undefined || matches(event.type, type)) &&
            (types === undefined || types.some((one) => matches(event.type, one))) &&
            (success === undefined || (pending(event.id) === 0) === success),
        );
      const listed = page(call, found);
      return { ...listed, data: listed.data.map(shown) };
    }),
    route('POST /v1/webhook_endpoints', 'url enabled_events description connect api_version', (call) => {
      const params = paramsOf<Stripe.WebhookEndpointCreateParams>(call);
      const secret = `whsec_${randomText(32)}`;
      const accounts = params.connect === true ? 'connected' : 'own';
      const made = newEndpoint(call.books, { url: params.url, events: params.enabled_events, secret, accounts });
      const endpoint = call.books.change('webhook_endpoint', made.id, {
        api_version: params.api_version ?? null,
        description: given(params.description, null),
        metadata: merged({}, params.metadata),
      });
      return { ...endpoint, secret };
    }),
    route('GET /v1/webhook_endpoints/{}', '', (call) => call.books.find('webhook_endpoint', pathId(call))),
    route('POST /v1/webhook_endpoints/{}', 'url enabled_events description disabled', (call) => {
      const params = paramsOf<Stripe.WebhookEndpointUpdateParams>(call);
      const before = call.books.find('webhook_endpoint', pathId(call));
      return call.books.change('webhook_endpoint', before.id, {
        description: given(params.description, before.description),
        enabled_events: params.enabled_events ?? before.enabled_events,
        metadata: merged(before.metadata, params.metadata),
        status: params.disabled === undefined ? before.status : params.disabled ? 'disabled' : 'enabled',
        url: params.url === undefined ? before.url : checkedUrl(params.url),
      });
    }),
    route('DELETE /v1/webhook_endpoints/{}', '', (call) => {
      const endpoint = call.books.find('webhook_endpoint', pathId(call));
      call.books.remove('webhook_endpoint', endpoint.id);
      return { id: endpoint.id, object: 'webhook_endpoint', deleted: true };
    }),
    route('GET /v1/webhook_endpoints', PAGED, (call) => page(call, call.books.all('webhook_endpoint'))),
  ];
}
