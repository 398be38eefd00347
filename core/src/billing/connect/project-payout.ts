import { recordAudit, SYSTEM_TRACE } from '../../audit/index.ts';
import type { CoreModels, Publisher } from '../../data/index.ts';
import { moneyText } from '../../mail/index.ts';
import { PLATFORM_TENANT } from '../../routes/index.ts';
import { endOperatorTasks, raiseOperatorTask } from '../../tasks/index.ts';
import type { BillingDependencies } from '../dependencies.ts';
import type { ProviderPayout } from '../gateway/index.ts';
import { book } from '../ledger/book.ts';
import { paidOut } from '../ledger/booking.ts';

/** A payout as it is now: kept for the report, booked when the money has left or has come back, a task when it failed. */
export async function projectPayout(deps: BillingDependencies, account: string, id: string): Promise<void> {
  const { db, gateway, log } = deps;
  const { provider } = gateway;
  const payout = await gateway.payout(account, id);
  if (!payout) return;
  const { status, failure } = payout;
  await db.asPlatform(async (models) => {
    const publisher = await models.Publisher.findOne({ where: { provider, account }, lock: true });
    if (!publisher) return;
    const { id: publisherId } = publisher;
    await models.PublisherPayout.upsert({ ...payout, provider, publisherId });
    await bookPayout(deps, models, publisher, payout);
    await payoutTask(deps, models, publisher, payout);
  });
  if (status === 'failed') log.warn({ account, payout: id, failure }, 'a payout to a publisher failed');
}

async function bookPayout(
  { gateway: { provider }, now }: BillingDependencies,
  models: CoreModels,
  { id: publisherId }: Publisher,
  { id, amount, currency, status, failure }: ProviderPayout,
): Promise<void> {
  const at = now();
  const about = { provider, tenantId: null, plugin: null, publisherId, charge: null, currency };
  const isBack = status === 'failed' || status === 'canceled';
  for (const draft of [paidOut(id, amount, false), ...(isBack ? [paidOut(id, amount, true)] : [])]) {
    if ((await models.LedgerBooking.count({ where: { provider, key: draft.key } })) > 0) continue;
    await book(models, draft, { ...about, occurredAt: at, availableAt: at });
    if (draft.kind !== 'payout-failed') continue;
    await recordAudit(models, SYSTEM_TRACE, {
      tenantId: PLATFORM_TENANT.id,
      action: `publisher.payout-${status}`,
      entityId: publisherId,
      detail: { payout: id, amount, currency, failure },
    });
  }
}

/** Operators look at what failed until a later payout has arrived. */
async function payoutTask(
  { gateway: { provider }, now }: BillingDependencies,
  models: CoreModels,
  { id: publisherId, name }: Publisher,
  { id, amount, currency, status, failure, createdAt }: ProviderPayout,
): Promise<void> {
  if (status !== 'failed' && status !== 'paid') return;
  const keyOf = (payout: string) => `payout:${provider}:${payout}`;
  const decided = await models.PublisherPayout.findAll({
    where: { publisherId, currency, status: ['failed', 'paid'] },
  });
  if (status === 'paid') {
    const mended = decided.filter((one) => one.status === 'failed' && one.createdAt < createdAt);
    await endOperatorTasks(
      models,
      mended.map((one) => keyOf(one.id)),
      now(),
    );
    return;
  }
  if (decided.some((one) => one.status === 'paid' && one.createdAt > createdAt)) return;
  await raiseOperatorTask(models, {
    key: keyOf(id),
    kind: 'PAYOUT_FAILED',
    title: `A payout to ${name} failed`,
    description: [
      `${moneyText(amount, currency, 'en')} came back.`,
      ...(failure === null ? [] : [failure]),
      'The publisher has to set its bank account right.',
    ].join(' '),
    priority: 'high',
    link: '/platform/payouts',
    dueAt: null,
  });
}
