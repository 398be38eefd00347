import { type MailRequest, queueMail } from '../../mail/index.ts';
import type { ProviderInvoice } from '../gateway/index.ts';
import type { Projection } from './types.ts';

const DAY_MS = 86_400_000;
/** What is found by comparing and is older than this is not announced any more. */
const NEWS_MS = 3 * DAY_MS;
const PAYING_ROLES = ['owner', 'admin'];

type Letter = Pick<MailRequest<'receipt' | 'payment-failed' | 'payment-action'>, 'template' | 'values' | 'key'>;

/** The e-mail that an invoice calls for as it stands; each is written once, whoever finds the occasion. Pure. */
export function letterFor(invoice: ProviderInvoice, plugin: string, origin: string, test: boolean): Letter | null {
  const { id, status, amountPaid, amountDue, currency, hostedUrl, attempts, nextAttemptAt } = invoice;
  const page = hostedUrl ?? `${origin}/admin/billing`;
  if (status === 'paid') {
    if (amountPaid === 0) return null;
    const paidAt = (invoice.paidAt ?? invoice.createdAt).toISOString();
    const values = { plugin, amount: amountPaid, currency, number: invoice.number ?? id, paidAt, invoice: page, test };
    return { template: 'receipt', values, key: `receipt:${id}` };
  }
  if (status !== 'open') return null;
  if (invoice.needsAction) {
    const values = { plugin, amount: amountDue, currency, confirm: page };
    return { template: 'payment-action', values, key: `payment-action:${id}:${attempts}` };
  }
  // The first payment of a subscription is made, or not, by somebody who is there.
  if (attempts === 0 || invoice.reason === 'subscription_create') return null;
  const nextAttempt = nextAttemptAt?.toISOString() ?? null;
  const values = { plugin, amount: amountDue, currency, nextAttempt, pay: page };
  return { template: 'payment-failed', values, key: `payment-failed:${id}:${attempts}` };
}

/** Writes to everybody who may pay, in the transaction of the projection. */
export async function writeInvoiceLetters(
  { deps, models, tenantId, isNews }: Projection,
  invoice: ProviderInvoice,
  plugin: string | null,
): Promise<void> {
  if (!isNews && deps.now().getTime() - invoice.createdAt.getTime() > NEWS_MS) return;
  const name = plugin === null ? 'Bazaar' : (deps.plugins.manifest(plugin, tenantId)?.name ?? plugin);
  const letter = letterFor(invoice, name, deps.mailer.publicOrigin(), deps.gateway.provider !== 'live');
  if (!letter) return;
  const roles = await models.MembershipRole.findAll({ where: { tenantId, role: PAYING_ROLES } });
  const userId = [...new Set(roles.map((role) => role.userId))];
  const members = await models.Membership.findAll({ where: { tenantId, userId, status: 'active' }, include: 'user' });
  for (const { user } of members) {
    if (user?.status !== 'active') continue;
    const to = { email: user.email, name: user.name };
    const key = `${letter.key}:${user.id}`;
    await queueMail(models, { ...letter, to, locale: user.locale, tenantId, key } as MailRequest);
  }
}
