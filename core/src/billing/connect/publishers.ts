import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { Publisher } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { PLATFORM_TENANT } from '../../routes/index.ts';
import type { BillingDependencies } from '../dependencies.ts';
import type { AccountEvents } from '../webhooks/worker.ts';
import { projectPayout } from './project-payout.ts';
import { publisherNamed } from './publisher-named.ts';
import { OWN_PUBLISHER } from './terms.ts';

/** What an operator enters about a publisher whose account is made. */
export interface Onboarding {
  name: string;
  email: string;
  country: string;
  feePercent?: number | null;
}

export interface Publishers {
  /** Makes the publisher's account when there is none; resolves with the page where it says who it is. */
  onboard(order: Onboarding, trace: AuditTrace): Promise<{ id: string; onboardingUrl: string }>;
  /** Reads the account anew. */
  refresh(account: string): Promise<Publisher | null>;
  readonly events: AccountEvents;
}

const PAYOUTS = new Set(['payout.created', 'payout.paid', 'payout.failed', 'payout.canceled', 'payout.updated']);

/** Those who sell plugins, as the payment provider knows them. */
export function createPublishers(deps: BillingDependencies): Publishers {
  const { db, gateway, mailer } = deps;
  const { provider } = gateway;

  /** The row first, so that an account that was made is never forgotten: its key is the row's id. */
  async function rowOf({ name, email, country, feePercent }: Onboarding, trace: AuditTrace): Promise<Publisher> {
    return db.asPlatform(async (models) => {
      const { publisher, isNew } = await publisherNamed(models, provider, name);
      // Whoever changes the terms at the same moment waits, so that each record tells what it really changed.
      await publisher.reload({ lock: true });
      const before =
        publisher.feePercent === null || publisher.feePercent === undefined ? null : Number(publisher.feePercent);
      const fee = feePercent === undefined ? before : feePercent;
      await publisher.update({ email, country, feePercent: fee === null ? null : String(fee) });
      if (isNew || fee !== before) {
        await recordAudit(models, trace, {
          tenantId: PLATFORM_TENANT.id,
          action: isNew ? 'publisher.added' : 'publisher.terms-changed',
          entityId: publisher.id,
          detail: { name, feePercent: fee },
        });
      }
      return publisher;
    });
  }

  async function accountOf(
    publisher: Publisher,
    { name, email, country }: Onboarding,
    trace: AuditTrace,
  ): Promise<string> {
    if (publisher.account !== null && publisher.account !== undefined) return publisher.account;
    const account = await gateway.createAccount({ name, email, country }, `publisher:${publisher.id}`);
    await db.asPlatform(async (models) => {
      const [changed] = await models.Publisher.update({ account }, { where: { id: publisher.id, account: null } });
      if (changed === 0) return;
      await recordAudit(models, trace, {
        tenantId: PLATFORM_TENANT.id,
        action: 'publisher.account-made',
        entityId: publisher.id,
        detail: { account },
      });
    });
    return account;
  }

  async function refresh(account: string): Promise<Publisher | null> {
    const now = await gateway.account(account);
    return db.asPlatform(async ({ Publisher }) => {
      const publisher = await Publisher.findOne({ where: { provider, account }, lock: true });
      if (!publisher) return null;
      // An account that is gone can receive nothing.
      const { detailsSubmitted, chargesEnabled, payoutsEnabled, requirements } = now ?? GONE;
      return publisher.update({ detailsSubmitted, chargesEnabled, payoutsEnabled, requirements });
    });
  }

  return {
    async onboard(order, trace) {
      if (order.name === OWN_PUBLISHER) {
        throw new ApiError('conflict', 'These plugins are the platform’s own: nothing is shared.', {
          reason: 'own-publisher',
        });
      }
      const publisher = await rowOf(order, trace);
      const account = await accountOf(publisher, order, trace);
      const onboardingUrl = await gateway.onboarding(account, `${mailer.publicOrigin()}/platform/payouts`);
      return { id: publisher.id, onboardingUrl };
    },
    refresh,
    events: {
      handles: (type) => type === 'account.updated' || PAYOUTS.has(type),
      async accounts() {
        const { rows } = await db.platform.query<{ account: string }>(
          'select account from core.publishers where provider = $1 and account is not null order by account',
          [provider],
        );
        return rows.map(({ account }) => account);
      },
      async handle({ type, account, object }) {
        if (account === null) return;
        // One that was connected by something else is nobody's here, and need not be readable.
        const known = await db.asPlatform(({ Publisher }) => Publisher.count({ where: { provider, account } }));
        if (known === 0) return;
        if (type === 'account.updated') await refresh(account);
        else if (object !== null) await projectPayout(deps, account, object);
      },
    },
  };
}

const GONE = { detailsSubmitted: false, chargesEnabled: false, payoutsEnabled: false, requirements: ['account'] };
