import type { Database } from '../../data/index.ts';
import { type Page, type PageInput, pageOfAll } from '../../paging/index.ts';
import type { Provider } from '../types.ts';

/** Sums of one publisher in one currency, in minor units. */
export interface ReportLine {
  publisher: string;
  currency: string;
  /** Within the period, refunds and lost disputes taken off. */
  sales: number;
  tax: number;
  platformFee: number;
  /** What the publisher earned, refunds and lost disputes taken off. */
  share: number;
  /** Less what was taken back. */
  transferred: number;
  paidOut: number;
  /** As it is now, whatever the period. */
  held: number;
  /** Negative: to be given back by the publisher, at once as far as its account has it, otherwise off its next shares. */
  due: number;
}

export interface PublisherView {
  id: string;
  name: string;
  account: string | null;
  state: 'none' | 'onboarding' | 'restricted' | 'enabled';
  requirements: string[];
  feePercent: number | null;
  email: string | null;
  country: string | null;
}

type Sql = Pick<Database, 'platform'>;

/** What each publisher earned, got and is still owed. */
export async function payoutReport(
  { platform }: Sql,
  provider: Provider,
  period: { from: Date; to: Date; now: Date },
): Promise<ReportLine[]> {
  const { rows } = await platform.query<ReportLine>(
    `select p.name as publisher, b.currency,
            coalesce(-sum(e.amount) filter (where inside and not moved
              and e.account in ('tax', 'platform-fee', 'publisher-share')), 0)::bigint as sales,
            coalesce(-sum(e.amount) filter (where inside and e.account = 'tax'), 0)::bigint as tax,
            coalesce(-sum(e.amount) filter (where inside and e.account = 'platform-fee'), 0)::bigint as "platformFee",
            coalesce(-sum(e.amount) filter (where inside and e.account = 'publisher-share' and not moved), 0)::bigint
              as share,
            coalesce(sum(e.amount) filter (where inside and e.account = 'publisher-share' and moved), 0)::bigint
              as transferred,
            coalesce(sum(e.amount) filter (where inside and e.account = 'publisher-account' and b.kind in ('payout', 'payout-failed')), 0)::bigint
              as "paidOut",
            coalesce(-sum(e.amount) filter (where e.account = 'publisher-share' and b.available_at > $4), 0)::bigint as held,
            coalesce(-sum(e.amount) filter (where e.account = 'publisher-share' and b.available_at <= $4), 0)::bigint as due
       from core.publishers p
       join core.ledger_bookings b on b.publisher_id = p.id and b.provider = p.provider
       cross join lateral (select b.occurred_at >= $2 and b.occurred_at < $3 as inside,
                                 b.kind in ('transfer', 'transfer-reversed') as moved) period
       join core.ledger_entries e on e.booking_id = b.id
      where p.provider = $1
      group by p.name, b.currency
      order by p.name, b.currency`,
    [provider, period.from, period.to, period.now],
  );
  return rows;
}

const COLUMNS: readonly (keyof ReportLine)[] = [
  'publisher',
  'currency',
  'sales',
  'tax',
  'platformFee',
  'share',
  'transferred',
  'paidOut',
  'held',
  'due',
];

/** The report as a table for a spreadsheet; amounts in minor units. Text that looks like a formula is defused. */
export function csvOf(lines: readonly ReportLine[]): string {
  const cell = (value: string | number): string => {
    if (typeof value === 'number') return String(value);
    const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
  };
  const rows = lines.map((line) => COLUMNS.map((column) => cell(line[column])).join(','));
  return `${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`;
}

interface PublisherRow extends Omit<PublisherView, 'state' | 'feePercent'> {
  detailsSubmitted: boolean;
  payoutsEnabled: boolean;
  feePercent: string | null;
}

export async function publishers({ platform }: Sql, provider: Provider, page: PageInput): Promise<Page<PublisherView>> {
  const { rows } = await platform.query<PublisherRow>(
    `select id, name, account, requirements, fee_percent as "feePercent", email, country,
            details_submitted as "detailsSubmitted", payouts_enabled as "payoutsEnabled"
       from core.publishers where provider = $1 order by name`,
    [provider],
  );
  return pageOfAll(rows.map(showPublisher), page, 'publishers', ({ name }) => name);
}

function showPublisher({ detailsSubmitted, payoutsEnabled, feePercent, ...row }: PublisherRow): PublisherView {
  const state =
    row.account === null ? 'none' : payoutsEnabled ? 'enabled' : detailsSubmitted ? 'restricted' : 'onboarding';
  return { ...row, state, feePercent: feePercent === null ? null : Number(feePercent) };
}
