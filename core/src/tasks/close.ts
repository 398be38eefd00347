import { type AuditTrace, recordAudit } from '../audit/index.ts';
import type { Database } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import { PLATFORM_TENANT, type Principal } from '../routes/index.ts';

export type ClosedState = 'done' | 'dismissed';

/** How a task is to be closed, by whom and when. */
export interface TaskClosing {
  id: string;
  state: ClosedState;
  by: Principal;
  trace: AuditTrace;
  now: Date;
}

/** The task if it is open; `null` when it was closed in the same way before. */
function toClose<Task extends { state: string }>(task: Task | null, state: ClosedState): Task | null {
  if (!task) throw new ApiError('not-found', 'There is no such task.');
  if (task.state === state) return null;
  if (task.state !== 'open') {
    throw new ApiError('conflict', `This task is ${task.state} already.`, { reason: 'task-closed' });
  }
  return task;
}

/**
 * Closes a task of the person's audience and tells which audience must hear of it; `null` when it was closed in the
 * same way before. Refuses with `not-found` and `conflict` (`task-closed`).
 */
export async function closeTask(
  db: Pick<Database, 'inTenant'>,
  { id, state, by: { tenant, user, permissions }, trace, now }: TaskClosing,
): Promise<{ audience: string } | null> {
  return db.inTenant(tenant.id, async (models) => {
    const found = await models.Task.findOne({ where: { id, audience: [...permissions] }, lock: true });
    const task = toClose(found, state);
    if (!task) return null;
    await task.update({ state, closedAt: now, closedBy: user.id });
    await recordAudit(models, trace, {
      tenantId: tenant.id,
      action: `task.${state}`,
      pluginId: task.pluginId,
      entityId: id,
      detail: { kind: task.kind },
    });
    return { audience: task.audience };
  });
}

/** As `closeTask`, for a task of the platform's operators. */
export async function closeOperatorTask(
  db: Pick<Database, 'asPlatform'>,
  { id, state, by, trace, now }: TaskClosing,
): Promise<void> {
  await db.asPlatform(async (models) => {
    const task = toClose(await models.OperatorTask.findByPk(id, { lock: true }), state);
    if (!task) return;
    await task.update({ state, closedAt: now, closedBy: by.user.id });
    await recordAudit(models, trace, {
      tenantId: PLATFORM_TENANT.id,
      action: `task.${state}`,
      entityId: id,
      detail: { kind: task.kind },
    });
  });
}
