import type { Database, PrivacyRequest } from '../../data/index.ts';
import type { Progress } from '../types.ts';

export type Kind = PrivacyRequest['kind'];
export type State = PrivacyRequest['state'];

/** A request that one node works on. */
export interface ClaimedRequest {
  tenantId: string;
  id: string;
  kind: Kind;
  scope: 'account' | 'tenant';
  subject: Buffer | null;
  requestedBy: string | null;
  attempts: number;
  progress: Progress;
  createdAt: Date;
}

/** Requests in the database, as the nodes that work on them share them. */
export class RequestStore {
  readonly #db: Pick<Database, 'platform'>;
  readonly #leaseMs: number;

  constructor(db: Pick<Database, 'platform'>, leaseMs: number) {
    this.#db = db;
    this.#leaseMs = leaseMs;
  }

  /** Takes one request that is due and that no living node works on. */
  async claim(): Promise<ClaimedRequest | undefined> {
    const { rows } = await this.#db.platform.query<ClaimedRequest>(
      `update core.privacy_requests r
          set state = 'running', attempts = attempts + 1, locked_until = now() + $1 * interval '1 millisecond'
        where (tenant_id, id) = (
          select tenant_id, id from core.privacy_requests
           where state in ('scheduled', 'queued', 'running', 'waiting') and due_at <= now()
             and (locked_until is null or locked_until < now())
           order by due_at limit 1 for update skip locked)
        returning tenant_id as "tenantId", id, kind, scope, subject, requested_by as "requestedBy", attempts, progress,
          created_at as "createdAt"`,
      [this.#leaseMs],
    );
    return rows[0];
  }

  /** Keeps others away for another while. */
  async renew({ tenantId, id }: ClaimedRequest): Promise<void> {
    await this.#db.platform.query(
      `update core.privacy_requests set locked_until = now() + $3 * interval '1 millisecond'
        where tenant_id = $1 and id = $2 and state = 'running'`,
      [tenantId, id, this.#leaseMs],
    );
  }

  async save({ tenantId, id, progress }: ClaimedRequest, percent: number, stage: string): Promise<void> {
    await this.#db.platform.query(
      `update core.privacy_requests set progress = $3, percent = $4, stage = $5, last_error = null
        where tenant_id = $1 and id = $2`,
      [tenantId, id, JSON.stringify(progress), Math.round(percent), stage],
    );
  }

  /** To be taken up again: after a failure, or because something it needs is not there. */
  async postpone(
    { tenantId, id }: ClaimedRequest,
    state: 'queued' | 'waiting',
    delayMs: number,
    reason: string,
  ): Promise<void> {
    await this.#db.platform.query(
      `update core.privacy_requests set state = $3, locked_until = null, last_error = $5,
          due_at = now() + $4 * interval '1 millisecond'
        where tenant_id = $1 and id = $2 and state = 'running'`,
      [tenantId, id, state, delayMs, reason.slice(0, 1000)],
    );
  }

  async fail({ tenantId, id }: ClaimedRequest, reason: string): Promise<void> {
    await this.#db.platform.query(
      `update core.privacy_requests set state = 'failed', locked_until = null, last_error = $3, finished_at = now()
        where tenant_id = $1 and id = $2`,
      [tenantId, id, reason.slice(0, 1000)],
    );
  }
}
