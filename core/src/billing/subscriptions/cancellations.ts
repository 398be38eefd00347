import type { AuditTrace } from '../../audit/index.ts';
import type { Subscription } from '../../data/index.ts';
import type { BillingDependencies } from '../dependencies.ts';
import { refuseWhenLeaving } from '../ordering/leaving.ts';
import { alreadyOwned } from '../ordering/refusals.ts';
import type { Running } from './running.ts';

/** The end of a subscription, and taking it back. Each answer comes after the provider and our rows agree. */
export class Cancellations {
  readonly #deps: BillingDependencies;
  readonly #running: Running;

  constructor(deps: BillingDependencies, running: Running) {
    this.#deps = deps;
    this.#running = running;
  }

  /** At the end of what is paid for, or not at all any more. */
  async setCancelled(tenantId: string, id: string, cancel: boolean, trace: AuditTrace): Promise<void> {
    const subscription = await this.#running.find(tenantId, id);
    if ((subscription.cancelAt !== null) === cancel) return;
    if (!cancel) await this.#refuseWhenOwned(subscription);
    await this.#deps.gateway.setCancelAtPeriodEnd(id, cancel);
    await this.#running.record(subscription, cancel ? 'subscription.cancelled' : 'subscription.resumed', trace, {});
    await this.#running.refresh(subscription);
  }

  /** Somebody takes the end back: not while the workspace is about to be deleted, which would end it again. */
  async resume(tenantId: string, id: string, trace: AuditTrace): Promise<void> {
    await refuseWhenLeaving(this.#deps.db, tenantId);
    await this.setCancelled(tenantId, id, false, trace);
  }

  async #refuseWhenOwned({ tenantId, pluginId }: Subscription): Promise<void> {
    const licence = await this.#deps.db.asPlatform(({ Licence }) => Licence.findOne({ where: { tenantId, pluginId } }));
    if (licence?.kind === 'purchased' && licence.expiresAt === null && licence.revokedAt === null) {
      throw alreadyOwned(pluginId);
    }
  }
}
