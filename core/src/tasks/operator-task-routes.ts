import { traceOf } from '../audit/index.ts';
import type { Database } from '../data/index.ts';
import { type PageInput, pageInput, pageOutput } from '../paging/index.ts';
import { defineRoute, type Route, signedIn, UUID_INPUT } from '../routes/index.ts';
import { type ClosedState, closeOperatorTask } from './close.ts';
import { listOperatorTasks } from './operator-tasks.ts';
import { TASK_ITEM, type TaskItem } from './task-item.ts';

interface OperatorTaskDependencies {
  db: Pick<Database, 'platform' | 'asPlatform'>;
  now(): Date;
}

const TAG = 'Tasks';

const ITEM = {
  ...TASK_ITEM,
  required: [...TASK_ITEM.required, 'dueAt'],
  properties: { ...TASK_ITEM.properties, dueAt: { type: ['string', 'null'], format: 'date-time' } },
};

/** Tasks of those who operate the platform: they belong to no tenant. */
export function operatorTaskRoutes({ db, now }: OperatorTaskDependencies): Route[] {
  const closing = (verb: 'done' | 'dismiss', state: ClosedState, summary: string): Route =>
    defineRoute({
      method: 'POST',
      path: `/api/operator/tasks/{id}/${verb}`,
      operationId: `${verb}OperatorTask`,
      summary,
      tag: TAG,
      access: 'operator',
      input: { type: 'object', additionalProperties: false, required: ['id'], properties: { id: UUID_INPUT } },
      output: { type: 'object', required: ['state'], properties: { state: { const: state } } },
      handler: async (context, { id }: { id: string }) => {
        const by = signedIn(context);
        await closeOperatorTask(db, { id, state, by, trace: traceOf(context), now: now() });
        return { state };
      },
    });

  return [
    defineRoute({
      method: 'GET',
      path: '/api/operator/tasks',
      operationId: 'listOperatorTasks',
      summary: 'What waits for the operators of the platform, newest first',
      tag: TAG,
      access: 'operator',
      input: pageInput({ state: { enum: ['open', 'done', 'dismissed'], default: 'open' } }),
      output: pageOutput(ITEM),
      handler: (_context, filter: PageInput & { state: TaskItem['state'] }) => listOperatorTasks(db, filter),
    }),
    closing('done', 'done', 'Mark a task of the operators as done'),
    closing('dismiss', 'dismissed', 'Dismiss a task of the operators without doing it'),
  ];
}
