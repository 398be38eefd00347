import { ApiError } from '../../errors/index.ts';
import { pageInput, pageOutput } from '../../paging/index.ts';
import { defineRoute, PLUGIN_INPUT, type Route, UUID_INPUT } from '../../routes/index.ts';
import type { OperationFilter } from '../journal.ts';
import type { LifecycleApi } from './options.ts';
import { OPERATION, TAG } from './schemas.ts';

/** What is being done, and was. */
export function operationRoutes({ lifecycle: { journal } }: LifecycleApi): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/operator/operations',
      operationId: 'listOperations',
      summary: 'What is and was done to plugins, newest first',
      tag: TAG,
      access: 'operator',
      input: pageInput({
        plugin: PLUGIN_INPUT,
        state: { type: 'string', enum: ['running', 'done', 'failed', 'undone'] },
      }),
      output: pageOutput(OPERATION),
      handler: (_context, filter: OperationFilter) => journal.list(filter),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/operator/operations/{id}',
      operationId: 'getOperation',
      summary: 'How far an operation has come, or how it ended',
      tag: TAG,
      access: 'operator',
      input: { type: 'object', additionalProperties: false, required: ['id'], properties: { id: UUID_INPUT } },
      output: OPERATION,
      handler: async (_context, { id }: { id: string }) => {
        const operation = await journal.get(id);
        if (!operation) throw new ApiError('not-found', 'There is no such operation.');
        return operation;
      },
    }),
  ];
}
