import { ApiError } from '../../errors/index.ts';
import { type Keyset, readCursor, writeCursor } from '../../paging/index.ts';
import { defineRoute, type Route } from '../../routes/index.ts';
import type { AuditChain } from './chain.ts';
import { BEGINNING, type Position } from './verify.ts';

const KEYSET: Keyset = { name: 'audit-verification', parts: ['text', 'uuid', 'micros', 'uuid'] };
const NULLABLE = { type: ['string', 'null'] };

const BROKEN = {
  type: 'object',
  required: ['kind', 'message', 'tenant', 'tenantId', 'link', 'rowId', 'rowAt'],
  properties: {
    kind: {
      enum: ['altered', 'removed', 'inserted', 'backdated', 'reordered', 'cut', 'forged', 'unsealed', 'miscounted'],
    },
    message: { type: 'string' },
    tenant: { ...NULLABLE, description: 'Short name of the tenant; null when it has gone, or all are meant.' },
    tenantId: NULLABLE,
    link: { type: ['integer', 'null'], description: "Number in the tenant's chain, from 1 on." },
    rowId: NULLABLE,
    rowAt: NULLABLE,
  },
};

export function chainRoutes(chain: AuditChain, findTenant: (slug: string) => Promise<{ id: string } | null>): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/operator/audit/verification',
      operationId: 'verifyAudit',
      summary: 'Whether the audit log is as it was written; one part of it for each call, until there is no nextCursor',
      tag: 'Audit',
      access: 'operator',
      input: {
        type: 'object',
        additionalProperties: false,
        properties: {
          tenant: {
            type: 'string',
            minLength: 1,
            maxLength: 200,
            description: 'Short name of the only tenant to verify.',
          },
          cursor: { type: 'string', maxLength: 600, description: 'The `nextCursor` of the part before.' },
        },
      },
      output: {
        type: 'object',
        required: ['links', 'rows', 'broken'],
        properties: {
          links: { type: 'integer', description: 'How many links of chains were verified.' },
          rows: { type: 'integer', description: 'How many rows were looked up in the chains.' },
          broken: { type: 'array', items: BROKEN },
          nextCursor: { type: 'string' },
        },
      },
      handler: async (_context, { tenant, cursor }: { tenant?: string; cursor?: string }) => {
        const only = tenant === undefined ? undefined : await tenantOf(tenant, findTenant);
        const { next, ...found } = await chain.verify(positionOf(cursor), only);
        return { ...found, ...(next === null ? {} : { nextCursor: cursorOf(next) }) };
      },
    }),
  ];
}

async function tenantOf(slug: string, findTenant: (slug: string) => Promise<{ id: string } | null>): Promise<string> {
  const tenant = await findTenant(slug);
  if (tenant) return tenant.id;
  const message = `There is no tenant "${slug}".`;
  throw new ApiError('invalid-input', message, { errors: [{ pointer: '/tenant', message }] });
}

function positionOf(cursor: string | undefined): Position {
  if (cursor === undefined) return BEGINNING;
  const [phase, tenantId, place, rowId] = readCursor(KEYSET, cursor);
  const known = phase === 'ends' || phase === 'rows' ? phase : 'links';
  return { phase: known, tenantId: String(tenantId), place: Number(place), rowId: String(rowId) };
}

function cursorOf({ phase, tenantId, place, rowId }: Position): string {
  return writeCursor(KEYSET, [phase, tenantId, place, rowId]);
}
