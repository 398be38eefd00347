import type { WindDown } from '../../billing/index.ts';
import type { Database } from '../../data/index.ts';
import type { Log } from '../../logging/index.ts';

interface Planned {
  tenantId: string;
  id: string;
  state: 'scheduled' | 'cancelled';
  /** Those that were renewed before the deletion was planned. */
  subscriptions: string[];
}

/**
 * A workspace that is about to be deleted renews nothing; one that is kept goes on as before. Which subscriptions those
 * are is written down before the provider is told, so that whatever fails is made good later.
 */
export class Renewals {
  readonly #sql: Database['platform'];
  readonly #windDown: WindDown;
  readonly #log: Log;

  constructor(options: { db: Pick<Database, 'platform'>; windDown: WindDown; log: Log }) {
    this.#sql = options.db.platform;
    this.#windDown = options.windDown;
    this.#log = options.log;
  }

  /** Of one workspace, or of all for which anything is left to do. What can not be done now is done the next time. */
  async settle(tenantId: string | null = null): Promise<void> {
    const { rows } = await this.#sql.query<Planned>(
      `select tenant_id as "tenantId", id, state, coalesce(progress -> 'subscriptions', '[]') as subscriptions
         from core.privacy_requests
        where kind = 'tenant-deletion' and ($1::uuid is null or tenant_id = $1)
          and (state = 'scheduled' or (state = 'cancelled' and progress ? 'subscriptions'))
        order by created_at`,
      [tenantId],
    );
    for (const planned of rows) {
      const work = planned.state === 'scheduled' ? this.#stop(planned) : this.#resume(planned);
      await work.catch((error: unknown) => {
        this.#log.error({ err: error, tenantId: planned.tenantId }, 'renewals could not be stopped or taken up again');
      });
    }
  }

  async #stop({ tenantId, id, subscriptions }: Planned): Promise<void> {
    const renewing = await this.#windDown.renewing(tenantId);
    await this.#write(id, tenantId, [...new Set([...subscriptions, ...renewing])]);
    await this.#windDown.begin(tenantId);
  }

  async #resume({ tenantId, id, subscriptions }: Planned): Promise<void> {
    await this.#windDown.undo(tenantId, subscriptions);
    await this.#write(id, tenantId, null);
  }

  async #write(id: string, tenantId: string, subscriptions: readonly string[] | null): Promise<void> {
    await this.#sql.query(
      `update core.privacy_requests
          set progress = case when $3::jsonb is null then progress - 'subscriptions'
            else jsonb_set(progress, '{subscriptions}', $3) end
        where tenant_id = $1 and id = $2`,
      [tenantId, id, subscriptions && JSON.stringify(subscriptions)],
    );
  }
}
