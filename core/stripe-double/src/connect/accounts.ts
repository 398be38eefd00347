import type Stripe from 'stripe';
import { type Call, paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid } from '../http/errors.ts';
import { listOf, page } from '../http/list.ts';
import { merged } from '../http/metadata.ts';
import { PAGED, route } from '../http/route.ts';
import { checkedCurrency } from '../money.ts';
import type { Books } from '../state/books.ts';
import { newId, randomText } from '../state/ids.ts';

type Account = Stripe.Account;

const NEEDED = ['business_profile.url', 'external_account', 'representative.first_name', 'tos_acceptance.date'];

/** What an account still has to give. */
export function requirements(due: readonly string[]): Stripe.Account.Requirements {
  return {
    alternatives: [],
    current_deadline: null,
    currently_due: [...due],
    disabled_reason: due.length === 0 ? null : 'requirements.past_due',
    errors: [],
    eventually_due: [...due],
    past_due: [...due],
    pending_verification: [],
  };
}

const CURRENCY: Readonly<Record<string, string>> = {
  US: 'usd',
  GB: 'gbp',
  CH: 'chf',
  JP: 'jpy',
  SE: 'sek',
  DK: 'dkk',
  PL: 'pln',
};

function create(call: Call): Account {
  const params = paramsOf<Stripe.AccountCreateParams>(call);
  const { books } = call;
  if (params.type === 'custom') throw invalid('The double has express and standard accounts only.', 'type');
  const country = params.country ?? 'DE';
  const id = `acct_${randomText(16)}`;
  const capabilities = Object.fromEntries(Object.keys(params.capabilities ?? {}).map((name) => [name, 'inactive']));
  const account = books.insert('account', {
    id,
    object: 'account',
    business_profile: {
      annual_revenue: null,
      estimated_worker_count: null,
      mcc: params.business_profile?.mcc ?? null,
      name: params.business_profile?.name ?? null,
      product_description: params.business_profile?.product_description ?? null,
      support_address: null,
      support_email: params.business_profile?.support_email ?? null,
      support_phone: null,
      support_url: null,
      url: params.business_profile?.url ?? null,
    } as NonNullable<Account['business_profile']>,
    business_type: params.business_type ?? null,
    capabilities,
    charges_enabled: false,
    controller: { type: 'application', is_controller: true, stripe_dashboard: { type: 'express' } },
    country,
    created: books.now(),
    default_currency:
      params.default_currency === undefined ? (CURRENCY[country] ?? 'eur') : checkedCurrency(params.default_currency),
    details_submitted: false,
    email: params.email ?? null,
    external_accounts: listOf(`/v1/accounts/${id}/external_accounts`, []),
    metadata: merged({}, params.metadata),
    payouts_enabled: false,
    requirements: requirements(NEEDED),
    tos_acceptance: {},
    type: params.type ?? 'express',
  });
  tellUpdated(books, id);
  return account;
}

/** Connected accounts' events come with their id, to Connect endpoints. */
export function tellUpdated(books: Books, id: string): void {
  const platform = books.at(null);
  platform.at(id).emit('account.updated', platform.known('account', id));
}

function own(call: Call): Account {
  return call.books.at(null).find('account', pathId(call));
}

export const ACCOUNTS: readonly RouteDefinition[] = [
  route(
    'POST /v1/accounts',
    'type country email business_profile business_type capabilities controller default_currency',
    create,
  ),
  route('GET /v1/account', '', (call) =>
    call.books.account === null
      ? platformAccount(call.books)
      : call.books.at(null).known('account', call.books.account),
  ),
  route('GET /v1/accounts/{}', '', own),
  route('POST /v1/accounts/{}', 'business_profile email', (call) => {
    const params = paramsOf<Stripe.AccountUpdateParams>(call);
    const books = call.books.at(null);
    const before = own(call);
    const profile = before.business_profile;
    books.change('account', before.id, {
      ...(profile == null ? {} : { business_profile: { ...profile, ...params.business_profile } as typeof profile }),
      email: params.email ?? before.email,
      metadata: merged(before.metadata, params.metadata),
    });
    tellUpdated(books, before.id);
    return books.known('account', before.id);
  }),
  route('DELETE /v1/accounts/{}', '', (call) => {
    const account = own(call);
    call.books.at(null).remove('account', account.id);
    return { id: account.id, object: 'account', deleted: true };
  }),
  route('GET /v1/accounts', `${PAGED} created`, (call) => page(call, call.books.at(null).all('account'))),
  route('POST /v1/accounts/{}/login_links', '', (call) => {
    const account = own(call);
    if (!account.details_submitted) {
      throw invalid('Cannot create a login link for an account that has not completed onboarding.', 'account');
    }
    return {
      object: 'login_link',
      created: call.books.now(),
      url: `${call.books.rules.origin}/onboarding/${account.id}`,
    };
  }),
  route('POST /v1/account_links', 'account type refresh_url return_url collect collection_options', (call) => {
    const params = paramsOf<Stripe.AccountLinkCreateParams>(call);
    const books = call.books.at(null);
    const account = books.find('account', params.account, 'account');
    for (const name of ['refresh_url', 'return_url'] as const) {
      const url = params[name];
      if (url === undefined) throw invalid(`Missing required param: ${name}.`, name, 'parameter_missing');
      if (!URL.canParse(url)) throw invalid('Not a valid URL', name, 'url_invalid');
    }
    const token = newId('link');
    const expires = books.now() + 300;
    books.link(
      `onboarding:${token}`,
      JSON.stringify({ account: account.id, back: params.return_url, refresh: params.refresh_url, expires }),
    );
    return {
      object: 'account_link',
      created: books.now(),
      expires_at: expires,
      url: `${books.rules.origin}/onboarding/${account.id}?token=${token}`,
    };
  }),
];

function platformAccount(books: Books): object {
  return {
    id: 'acct_double',
    object: 'account',
    charges_enabled: true,
    country: 'DE',
    default_currency: 'eur',
    details_submitted: true,
    email: null,
    payouts_enabled: true,
    created: books.now(),
    type: 'standard',
  };
}
