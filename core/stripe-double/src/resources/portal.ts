import type Stripe from 'stripe';
import { type Call, paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid, notImplemented } from '../http/errors.ts';
import { page } from '../http/list.ts';
import { given, merged } from '../http/metadata.ts';
import { PAGED, route } from '../http/route.ts';
import type { Books } from '../state/books.ts';
import { newId } from '../state/ids.ts';

type Configuration = Stripe.BillingPortal.Configuration;
type Features = Stripe.BillingPortal.ConfigurationCreateParams['features'];

function newConfiguration(
  books: Books,
  params: Partial<Stripe.BillingPortal.ConfigurationCreateParams>,
  isDefault: boolean,
): Configuration {
  const features: Features = params.features ?? {};
  const now = books.now();
  return books.insert('billing_portal.configuration', {
    id: newId('bpc'),
    object: 'billing_portal.configuration',
    active: true,
    application: null,
    business_profile: {
      headline: given(params.business_profile?.headline, null),
      privacy_policy_url: params.business_profile?.privacy_policy_url ?? null,
      terms_of_service_url: params.business_profile?.terms_of_service_url ?? null,
    },
    created: now,
    default_return_url: given(params.default_return_url, null),
    features: {
      customer_update: { allowed_updates: [], enabled: false },
      invoice_history: { enabled: features.invoice_history?.enabled ?? isDefault },
      payment_method_update: {
        enabled: features.payment_method_update?.enabled ?? isDefault,
        payment_method_configuration: null,
      },
      subscription_cancel: {
        cancellation_reason: { enabled: false, feedback_options: null, options: [] },
        enabled: features.subscription_cancel?.enabled ?? isDefault,
        mode: features.subscription_cancel?.mode ?? 'at_period_end',
        proration_behavior: 'none',
      },
      subscription_pause: { enabled: false },
      subscription_update: {
        billing_cycle_anchor: null,
        default_allowed_updates: [],
        enabled: false,
        proration_behavior: 'none',
        schedule_at_period_end: { conditions: [] },
        trial_update_behavior: 'end_trial',
      },
    } as unknown as Configuration['features'],
    is_default: isDefault,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: merged({}, params.metadata),
    name: given(params.name, null),
    updated: now,
  });
}

function standard(books: Books): Configuration {
  const found = books.all('billing_portal.configuration').find((one) => one.is_default);
  return found ?? newConfiguration(books, {}, true);
}

function newSession(call: Call): Stripe.BillingPortal.Session {
  const params = paramsOf<Stripe.BillingPortal.SessionCreateParams>(call);
  const { books } = call;
  const customer = books.find('customer', params.customer ?? '', 'customer');
  const configuration =
    params.configuration === undefined
      ? standard(books)
      : books.find('billing_portal.configuration', params.configuration, 'configuration');
  const flow = params.flow_data;
  if (flow !== undefined && flow.type !== 'payment_method_update' && flow.type !== 'subscription_cancel') {
    throw notImplemented(`flow_data[type]=${flow.type}`);
  }
  const returnUrl = params.return_url ?? configuration.default_return_url;
  if (returnUrl !== null && !URL.canParse(returnUrl)) throw invalid('Not a valid URL', 'return_url', 'url_invalid');
  const id = newId('bps');
  const session = books.insert('billing_portal.session', {
    id,
    object: 'billing_portal.session',
    configuration: configuration.id,
    created: books.now(),
    customer: customer.id,
    customer_account: null,
    flow: (flow === undefined
      ? null
      : { subscription_cancel: null, ...flow }) as Stripe.BillingPortal.Session.Flow | null,
    livemode: false,
    locale: params.locale ?? null,
    on_behalf_of: null,
    return_url: returnUrl,
    url: `${books.rules.origin}/portal/${id}`,
  });
  books.emit('billing_portal.session.created', session);
  return session;
}

const SETTINGS = `business_profile default_return_url name features.invoice_history.enabled
  features.payment_method_update.enabled features.subscription_cancel.enabled features.subscription_cancel.mode`;

export const PORTAL: readonly RouteDefinition[] = [
  route('POST /v1/billing_portal/configurations', SETTINGS, (call) => {
    const params = paramsOf<Stripe.BillingPortal.ConfigurationCreateParams>(call);
    const configuration = newConfiguration(call.books, params, false);
    call.books.emit('billing_portal.configuration.created', configuration);
    return configuration;
  }),
  route('GET /v1/billing_portal/configurations/{}', '', (call) =>
    call.books.find('billing_portal.configuration', pathId(call)),
  ),
  route('POST /v1/billing_portal/configurations/{}', 'active default_return_url name', (call) => {
    const params = paramsOf<Stripe.BillingPortal.ConfigurationUpdateParams>(call);
    const before = call.books.find('billing_portal.configuration', pathId(call));
    const configuration = call.books.change('billing_portal.configuration', before.id, {
      active: params.active ?? before.active,
      default_return_url: given(params.default_return_url, before.default_return_url),
      metadata: merged(before.metadata, given(params.metadata, undefined)),
      name: given(params.name, before.name),
      updated: call.books.now(),
    });
    call.books.emit('billing_portal.configuration.updated', configuration, before);
    return configuration;
  }),
  route('GET /v1/billing_portal/configurations', `${PAGED} active is_default`, (call) => {
    const { active, is_default: isDefault } = call.params;
    const found = call.books
      .all('billing_portal.configuration')
      .filter((one) => active === undefined || one.active === active)
      .filter((one) => isDefault === undefined || one.is_default === isDefault);
    return page(call, found);
  }),
  route('POST /v1/billing_portal/sessions', 'configuration customer flow_data locale return_url', newSession),
];
