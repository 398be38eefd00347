import { type AuditTrace, recordAudit } from '../audit/index.ts';
import type { Database } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import type { Principal } from '../routes/index.ts';

export type ClosedState = 'done' | 'dismissed';

/**
 * Closes a task of the person's audience and tells which audience must hear of it; `null` when it was closed in the
 * same way before. Refuses with `not-found` and `conflict` (`task-closed`).
 */
export async function closeTask(
  db: Pick<Database, 'inTenant'>,
  { tenant, user, permissions }: Principal,
  trace: AuditTrace,
  id: string,
  state: ClosedState,
  now: Date,
): Promise<{ audience: string } | null> {
  return db.inTenant(tenant.id, async (models) => {
    const task = await models.Task.findOne({ where: { id, audience: [...permissions] }, lock: true });
    if (!task) throw new ApiError('not-found', 'There is no such task.');
    if (task.state === state) return null;
    if (task.state !== 'open') {
      throw new ApiError('conflict', `This task is ${task.state} already.`, { reason: 'task-closed' });
    }
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
