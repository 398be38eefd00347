import type { CoreModels, Database } from '../data/index.ts';
import { conditions, newestFirst, type Page, type PageInput } from '../paging/index.ts';
import type { TaskItem } from './task-item.ts';

/** Something operators of the platform must look at. */
export interface OperatorTask {
  /** What it is about: there is one task for it, whoever finds it. */
  key: string;
  kind: string;
  title: string;
  description: string;
  priority: TaskItem['priority'];
  /** Path inside the shell. */
  link: string | null;
  dueAt: Date | null;
}

type TaskModels = Pick<CoreModels, 'OperatorTask'>;

/** Raises the task, or brings it to what it says now. One that an operator has closed stays closed. */
export async function raiseOperatorTask(models: TaskModels, task: OperatorTask): Promise<void> {
  const known = await models.OperatorTask.findOne({ where: { key: task.key } });
  if (known === null) await models.OperatorTask.create({ ...task });
  else if (known.closedBy === null) await known.update({ ...task, state: 'open', closedAt: null });
}

/** Ends tasks whose cause is over. */
export async function endOperatorTasks(models: TaskModels, keys: readonly string[], now: Date): Promise<void> {
  await models.OperatorTask.update({ state: 'done', closedAt: now }, { where: { key: [...keys], state: 'open' } });
}

export interface OperatorTaskItem extends TaskItem {
  dueAt: string | null;
}

interface Row extends Omit<OperatorTaskItem, 'plugin' | 'createdAt' | 'closedAt' | 'dueAt'> {
  sortKey: number;
  createdAt: Date;
  closedAt: Date | null;
  dueAt: Date | null;
}

const NEWEST_FIRST = newestFirst('operator-tasks', 'created_at', 'id');

/** Newest first. */
export async function listOperatorTasks(
  { platform }: Pick<Database, 'platform'>,
  filter: PageInput & { state: TaskItem['state'] },
): Promise<Page<OperatorTaskItem>> {
  const wanted = conditions().add('state = ?', filter.state);
  const found = NEWEST_FIRST.from(wanted, filter.cursor);
  const { rows } = await platform.query<Row>(
    `select id, kind, title, description, priority, link, state, due_at as "dueAt", created_at as "createdAt",
            closed_at as "closedAt", ${NEWEST_FIRST.column}
       from core.operator_tasks ${found.where()} ${NEWEST_FIRST.end(found, filter.limit)}`,
    found.values,
  );
  return NEWEST_FIRST.page(rows, filter.limit, toItem);
}

function toItem({ createdAt, closedAt, dueAt, ...row }: Omit<Row, 'sortKey'>): OperatorTaskItem {
  return {
    ...row,
    plugin: 'core',
    createdAt: createdAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    dueAt: dueAt?.toISOString() ?? null,
  };
}

/** How many are open, at most `limit`. */
export async function countOpenOperatorTasks({ platform }: Pick<Database, 'platform'>, limit: number): Promise<number> {
  const { rows } = await platform.query<{ open: number }>(
    `select count(*)::integer as open
       from (select from core.operator_tasks where state = 'open' limit $1) as counted`,
    [limit],
  );
  return rows[0]?.open ?? 0;
}
