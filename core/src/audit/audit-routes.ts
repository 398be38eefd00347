import type { Database } from '../data/index.ts';
import { pageInput, pageOutput } from '../paging/index.ts';
import { defineRoute, type Route, signedIn, UUID_INPUT } from '../routes/index.ts';
import { type AuditFilter, listAudit } from './list.ts';

const NAME = { type: 'string', minLength: 1, maxLength: 200 };
const NULLABLE = { type: ['string', 'null'] };

const ITEM = {
  type: 'object',
  required: ['id', 'at', 'actor', 'plugin', 'action', 'entityId', 'detail', 'requestId', 'ip', 'userAgent'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    at: { type: 'string', format: 'date-time' },
    actor: {
      type: 'object',
      required: ['kind', 'id', 'name'],
      properties: {
        kind: { enum: ['user', 'visitor', 'plugin', 'system'] },
        id: NULLABLE,
        name: { ...NULLABLE, description: 'As the person is called today; null when not (or no longer) a member.' },
      },
    },
    plugin: NULLABLE,
    action: { type: 'string' },
    entityId: NULLABLE,
    detail: { type: 'object' },
    requestId: NULLABLE,
    ip: NULLABLE,
    userAgent: NULLABLE,
  },
};

export function auditRoutes({ db }: { db: Pick<Database, 'queryInTenant'> }): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/audit',
      operationId: 'listAudit',
      summary: 'What was changed in this tenant, by whom and when; newest first',
      tag: 'Audit',
      access: { permission: 'core:audit.read' },
      input: pageInput({
        actor: { ...UUID_INPUT, description: 'Id of the person who acted.' },
        plugin: NAME,
        action: { ...NAME, description: 'What was done, e.g. `role.changed`.' },
        from: { type: 'string', format: 'date-time', description: 'The first moment.' },
        to: { type: 'string', format: 'date-time', description: 'The first moment no longer included.' },
      }),
      output: pageOutput(ITEM),
      handler: (context, filter: AuditFilter) => listAudit(db, signedIn(context).tenant.id, filter),
    }),
  ];
}
