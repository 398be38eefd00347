import type { Database, PrivacyRequest } from '../../data/index.ts';
import { conditions, newestFirst, type Page, type PageInput } from '../../paging/index.ts';
import type { Sealer } from '../../secrets/index.ts';
import type { Progress } from '../types.ts';
import type { Kind, State } from './store.ts';
import { openSubject } from './subject.ts';

/** A request as people see it. */
export interface ShownRequest {
  id: string;
  kind: Kind;
  scope: 'account' | 'tenant';
  state: State;
  /** `null` once the person has been forgotten. */
  email: string | null;
  requestedBy: string | null;
  percent: number;
  stage: string | null;
  /** Why it waits or failed, in words. */
  reason: string | null;
  /** Plugins that can not be asked now. */
  waitingFor: string[];
  dueAt: string;
  createdAt: string;
  finishedAt: string | null;
  /** Until when an archive can be downloaded. */
  expiresAt: string | null;
  downloadable: boolean;
  hasCertificate: boolean;
}

type Row = Pick<
  PrivacyRequest,
  | 'id'
  | 'kind'
  | 'scope'
  | 'state'
  | 'subject'
  | 'percent'
  | 'stage'
  | 'dueAt'
  | 'createdAt'
  | 'finishedAt'
  | 'expiresAt'
> & {
  sortKey: number;
  requestedBy: string | null;
  lastError: string | null;
  progress: Progress;
  fileId: string | null;
  certified: boolean;
};

const NEWEST_FIRST = newestFirst('privacy-requests', 'r.created_at', 'r.id');

const SELECT = `select r.id, ${NEWEST_FIRST.column}, r.kind, r.scope, r.state, r.subject, r.percent, r.stage,
    u.name as "requestedBy", r.last_error as "lastError", r.progress, r.file_id as "fileId",
    r.certificate is not null as certified, r.due_at as "dueAt", r.created_at as "createdAt",
    r.finished_at as "finishedAt", r.expires_at as "expiresAt"
  from core.privacy_requests r left join core.users u on u.id = r.requested_by`;

function shown(row: Omit<Row, 'sortKey'>, sealer: Sealer, now: Date): ShownRequest {
  const { state, expiresAt } = row;
  return {
    id: row.id,
    kind: row.kind,
    scope: row.scope,
    state,
    email: openSubject(sealer, row.subject)?.email ?? null,
    requestedBy: row.requestedBy,
    percent: row.percent,
    stage: row.stage,
    reason: row.lastError,
    waitingFor: (row.progress.results ?? []).filter((part) => part.state === 'waiting').map(({ title }) => title),
    dueAt: row.dueAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    downloadable: state === 'done' && row.fileId !== null && expiresAt !== null && expiresAt > now,
    hasCertificate: row.certified,
  };
}

export interface RequestFilter extends PageInput {
  kind?: Kind;
  /** Of this person's own account. */
  own?: string;
}

/** A tenant's requests, or a person's own, newest first. */
export async function listRequests(
  { platform }: Pick<Database, 'platform'>,
  sealer: Sealer,
  tenantId: string | null,
  filter: RequestFilter,
  now: Date,
): Promise<Page<ShownRequest>> {
  const wanted = conditions()
    .add('r.tenant_id = ?', tenantId)
    .add("r.scope = 'account' and r.subject_user = ?", filter.own)
    .add('r.kind = ?', filter.kind);
  // What people ask about their own account is theirs.
  if (filter.own === undefined) wanted.add('r.scope = ?', 'tenant');
  const found = NEWEST_FIRST.from(wanted, filter.cursor);
  const { rows } = await platform.query<Row>(
    `${SELECT} ${found.where()} ${NEWEST_FIRST.end(found, filter.limit)}`,
    found.values,
  );
  return NEWEST_FIRST.page(rows, filter.limit, (row) => shown(row, sealer, now));
}

export async function findRequest(
  { platform }: Pick<Database, 'platform'>,
  sealer: Sealer,
  tenantId: string,
  id: string,
  now: Date,
): Promise<ShownRequest | null> {
  const { rows } = await platform.query<Row>(`${SELECT} where r.tenant_id = $1 and r.id = $2`, [tenantId, id]);
  return rows[0] ? shown(rows[0], sealer, now) : null;
}
