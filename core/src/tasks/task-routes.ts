import { traceOf } from '../audit/index.ts';
import type { Database } from '../data/index.ts';
import { pageInput, pageOutput } from '../paging/index.ts';
import { defineRoute, PLUGIN_INPUT, type Route, signedIn, UUID_INPUT } from '../routes/index.ts';
import { type ClosedState, closeTask } from './close.ts';
import { listTasks, type TaskFilter } from './list.ts';
import { operatorTaskRoutes } from './operator-task-routes.ts';
import { TASK_ITEM } from './task-item.ts';

export interface TaskDependencies {
  db: Pick<Database, 'queryInTenant' | 'inTenant' | 'platform' | 'asPlatform'>;
  realtime: {
    publish(message: { tenantId: string; permission: string; event: string; payload: Record<string, never> }): void;
  };
  now(): Date;
}

export function taskRoutes({ db, realtime, now }: TaskDependencies): Route[] {
  const closing = (verb: 'done' | 'dismiss', state: ClosedState, summary: string): Route =>
    defineRoute({
      method: 'POST',
      path: `/api/tasks/{id}/${verb}`,
      operationId: `${verb}Task`,
      summary,
      tag: 'Tasks',
      access: 'signed-in',
      input: { type: 'object', additionalProperties: false, required: ['id'], properties: { id: UUID_INPUT } },
      output: { type: 'object', required: ['state'], properties: { state: { const: state } } },
      handler: async (context, { id }: { id: string }) => {
        const by = signedIn(context);
        const closed = await closeTask(db, { id, state, by, trace: traceOf(context), now: now() });
        if (closed) {
          const tenantId = by.tenant.id;
          realtime.publish({ tenantId, permission: closed.audience, event: 'task.changed', payload: {} });
        }
        return { state };
      },
    });

  return [
    defineRoute({
      method: 'GET',
      path: '/api/tasks',
      operationId: 'listTasks',
      summary: 'The tasks that wait for you, newest first',
      tag: 'Tasks',
      access: 'signed-in',
      input: pageInput({ state: { enum: ['open', 'done', 'dismissed'], default: 'open' }, plugin: PLUGIN_INPUT }),
      output: pageOutput(TASK_ITEM),
      handler: (context, filter: TaskFilter) => listTasks(db, signedIn(context), filter),
    }),
    closing('done', 'done', 'Mark a task as done'),
    closing('dismiss', 'dismissed', 'Dismiss a task without doing it'),
    ...operatorTaskRoutes({ db, now }),
  ];
}
