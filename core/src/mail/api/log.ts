import type { Database } from '../../data/index.ts';
import { conditions, likeContaining, newestFirst, type Page, type PageInput } from '../../paging/index.ts';

export type MailState = 'queued' | 'sent' | 'captured' | 'failed';

export interface LogFilter extends PageInput {
  state?: MailState;
  address?: string;
  template?: string;
}

export interface LoggedAttempt {
  attempt: number;
  startedAt: string;
  /** `null` while it is under way, and when its node died. */
  finishedAt: string | null;
  outcome: string | null;
  detail: string | null;
}

export interface LoggedMail {
  id: string;
  tenant: { id: string; slug: string; name: string } | null;
  template: string;
  locale: string;
  to: { address: string; name: string | null };
  state: MailState;
  attempts: number;
  createdAt: string;
  /** When it is tried again, while it is queued. */
  dueAt: string | null;
  settledAt: string | null;
  /** Whether what it says is still known, so that it can be sent again. */
  resendable: boolean;
  last: LoggedAttempt | null;
}

interface Row {
  id: string;
  sortKey: number;
  tenantId: string;
  slug: string | null;
  tenantName: string | null;
  template: string;
  locale: string;
  address: string;
  name: string | null;
  state: MailState;
  attempts: number;
  createdAt: Date;
  dueAt: Date;
  settledAt: Date | null;
  kept: boolean;
  startedAt: Date | null;
  finishedAt: Date | null;
  outcome: string | null;
  detail: string | null;
}

const NEWEST_FIRST = newestFirst('mail-log', 'm.created_at', 'm.id');

const SELECT = `select m.id, ${NEWEST_FIRST.column}, m.tenant_id as "tenantId", t.slug,
    t.name as "tenantName", m.template, m.locale, m.to_address as address, m.to_name as name, m.state, m.attempts,
    m.created_at as "createdAt", m.due_at as "dueAt", m.settled_at as "settledAt", m.letter is not null as kept,
    d.started_at as "startedAt", d.finished_at as "finishedAt", d.outcome, d.detail
  from core.mails m left join core.tenants t on t.id = m.tenant_id
    left join core.mail_deliveries d on d.tenant_id = m.tenant_id and d.mail_id = m.id and d.attempt = m.attempts`;

function toItem(row: Omit<Row, 'sortKey'>): LoggedMail {
  const { tenantId, slug, tenantName, state, attempts, startedAt } = row;
  return {
    id: row.id,
    tenant: slug === null ? null : { id: tenantId, slug, name: tenantName ?? slug },
    template: row.template,
    locale: row.locale,
    to: { address: row.address, name: row.name },
    state,
    attempts,
    createdAt: row.createdAt.toISOString(),
    dueAt: state === 'queued' ? row.dueAt.toISOString() : null,
    settledAt: row.settledAt?.toISOString() ?? null,
    resendable: row.kept && (state === 'failed' || state === 'captured'),
    last: startedAt && {
      attempt: attempts,
      startedAt: startedAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
      outcome: row.outcome,
      detail: row.detail,
    },
  };
}

/** E-mails of all tenants, newest first, with what came of the last attempt. */
export async function listMails(
  { platform }: Pick<Database, 'platform'>,
  filter: LogFilter,
): Promise<Page<LoggedMail>> {
  const wanted = conditions()
    .add('m.state = ?', filter.state)
    .add('m.template = ?', filter.template)
    .add('m.to_address ilike ?', likeContaining(filter.address));
  const found = NEWEST_FIRST.from(wanted, filter.cursor);
  const { rows } = await platform.query<Row>(
    `${SELECT} ${found.where()} ${NEWEST_FIRST.end(found, filter.limit)}`,
    found.values,
  );
  return NEWEST_FIRST.page(rows, filter.limit, toItem);
}

/** One e-mail with every attempt, the last first, at most a hundred. */
export async function findMail(
  { platform }: Pick<Database, 'platform'>,
  id: string,
): Promise<(LoggedMail & { deliveries: LoggedAttempt[] }) | null> {
  const { rows } = await platform.query<Row>(`${SELECT} where m.id = $1`, [id]);
  const [row] = rows;
  if (!row) return null;
  const { rows: attempts } = await platform.query<{
    attempt: number;
    startedAt: Date;
    finishedAt: Date | null;
    outcome: string | null;
    detail: string | null;
  }>(
    `select attempt, started_at as "startedAt", finished_at as "finishedAt", outcome, detail
       from core.mail_deliveries where tenant_id = $1 and mail_id = $2 order by attempt desc limit 100`,
    [row.tenantId, id],
  );
  return {
    ...toItem(row),
    deliveries: attempts.map((each) => ({
      ...each,
      startedAt: each.startedAt.toISOString(),
      finishedAt: each.finishedAt?.toISOString() ?? null,
    })),
  };
}
