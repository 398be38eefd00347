import type { Database } from '../data/index.ts';
import { conditions, newestFirst, type Page, type PageInput } from '../paging/index.ts';
import type { Principal } from '../routes/index.ts';
import { countOpenOperatorTasks } from './operator-tasks.ts';
import type { TaskItem } from './task-item.ts';

export interface TaskFilter extends PageInput {
  state: TaskItem['state'];
  plugin?: string;
}

interface Row extends Omit<TaskItem, 'createdAt' | 'closedAt'> {
  sortKey: number;
  createdAt: Date;
  closedAt: Date | null;
}

const NEWEST_FIRST = newestFirst('tasks', 'created_at', 'id');

/** More open tasks than this are not counted: nobody reads the number any more. */
const COUNT_LIMIT = 1000;

/** The tasks whose audience the person belongs to, newest first. */
export async function listTasks(
  db: Pick<Database, 'queryInTenant'>,
  { tenant, permissions }: Principal,
  filter: TaskFilter,
): Promise<Page<TaskItem>> {
  const wanted = conditions()
    .add('state = ?', filter.state)
    .add('audience = any (?)', permissions)
    .add('plugin_id = ?', filter.plugin);
  const found = NEWEST_FIRST.from(wanted, filter.cursor);
  const { rows } = await db.queryInTenant<Row>(
    tenant.id,
    `select id, plugin_id as plugin, kind, title, description, priority, link, state, created_at as "createdAt",
            closed_at as "closedAt", ${NEWEST_FIRST.column}
       from core.tasks ${found.where()} ${NEWEST_FIRST.end(found, filter.limit)}`,
    found.values,
  );
  return NEWEST_FIRST.page(rows, filter.limit, toItem);
}

/** How many open tasks wait for this person, at most 1,000; of the platform's for those who operate it. */
export async function countOpenTasks(
  db: Pick<Database, 'queryInTenant' | 'platform'>,
  { tenant, permissions, user }: Principal,
): Promise<number> {
  const { rows } = await db.queryInTenant<{ open: number }>(
    tenant.id,
    `select count(*)::integer as open
       from (select from core.tasks where state = 'open' and audience = any ($1) limit $2) as counted`,
    [permissions, COUNT_LIMIT],
  );
  const own = rows[0]?.open ?? 0;
  return user.isOperator ? Math.min(COUNT_LIMIT, own + (await countOpenOperatorTasks(db, COUNT_LIMIT))) : own;
}

function toItem({ createdAt, closedAt, ...rest }: Omit<Row, 'sortKey'>): TaskItem {
  return { ...rest, createdAt: createdAt.toISOString(), closedAt: closedAt?.toISOString() ?? null };
}
