import { requirements, tellUpdated } from '../connect/accounts.ts';
import { REFUSING_IBAN } from '../connect/payouts.ts';
import { invalid } from '../http/errors.ts';
import { listOf } from '../http/list.ts';
import type { Books } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import { escaped, htmlPage } from './html.ts';

const GOOD_IBAN = 'DE89370400440532013000';

function linkOf(books: Books, token: string): { account: string; back: string; refresh: string; expires: number } {
  const link = books.linked(`onboarding:${token}`);
  if (link === undefined) throw invalid('This link is not valid.', 'token');
  return JSON.parse(link) as ReturnType<typeof linkOf>;
}

/** Where a publisher tells Stripe who they are. An old link leads back to where a new one is made. */
export function onboardingPage(books: Books, id: string, token: string): { page: string } | { to: string } {
  const account = books.find('account', id);
  const link = linkOf(books, token);
  if (link.account !== id) throw invalid('This link is of another account.', 'token');
  if (link.expires < books.now()) return { to: link.refresh };
  return {
    page: htmlPage(
      'Payouts',
      `<h1>Set up payouts</h1><p>${escaped(account.business_profile?.name ?? account.email ?? id)}</p>
<form method="post"><label for="name">Name of the business</label><input id="name" name="name" value="${escaped(account.business_profile?.name ?? '')}" required>
<label for="iban">IBAN (${GOOD_IBAN}; ${REFUSING_IBAN} refuses payouts)</label><input id="iban" name="iban" value="${GOOD_IBAN}" required>
<button class="wide" name="answer" value="complete">Agree and submit</button><button class="wide plain" name="answer" value="incomplete">Submit without a document: verification stays due</button></form>
<p style="margin-top:1rem"><a href="${escaped(link.back)}">Do this later</a></p>`,
    ),
  };
}

/** Takes what was typed; answers where the browser goes next. */
export function onboard(books: Books, id: string, token: string, form: Readonly<Record<string, string>>): string {
  const account = books.find('account', id);
  const link = linkOf(books, token);
  if (link.account !== id) throw invalid('This link is of another account.', 'token');
  const iban = (form.iban ?? '').replaceAll(/\s/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(iban)) throw invalid('This is no IBAN.', 'iban');
  const complete = form.answer !== 'incomplete';
  const first = !account.details_submitted;
  books.at(id).link(`iban:${id}`, iban);
  const bank = {
    id: newId('ba'),
    object: 'bank_account' as const,
    account: id,
    account_holder_name: form.name ?? null,
    account_holder_type: 'company',
    account_type: null,
    bank_name: 'STRIPE TEST BANK',
    country: iban.slice(0, 2),
    currency: account.default_currency ?? 'eur',
    default_for_currency: true,
    fingerprint: `double${iban}`,
    last4: iban.slice(-4),
    metadata: {},
    routing_number: null,
    status: 'new',
  };
  const profile = account.business_profile;
  books.change('account', id, {
    ...(profile == null ? {} : { business_profile: { ...profile, name: form.name ?? profile.name } }),
    capabilities: Object.fromEntries(
      Object.keys(account.capabilities ?? {}).map((name) => [name, complete ? 'active' : 'pending']),
    ),
    charges_enabled: complete,
    details_submitted: true,
    external_accounts: listOf(`/v1/accounts/${id}/external_accounts`, [bank]),
    payouts_enabled: complete,
    requirements: requirements(complete ? [] : ['individual.verification.document']),
    tos_acceptance: { date: books.now() },
  });
  tellUpdated(books, id);
  if (first) books.at(id).schedule(null, books.now() + 86_400, 'account.daily-payout', id);
  return link.back;
}
