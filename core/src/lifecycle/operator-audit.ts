import type { JsonObject } from '@bazaar/sdk';
import type { Sql } from '../data/index.ts';
import { PLATFORM_TENANT } from '../routes/index.ts';
import type { Operator } from './types.ts';

/** What an operation leaves in the log of the tenant it concerns, or of the operator's own. */
interface OperatorAudit {
  action: string;
  plugin: string;
  tenantId?: string;
  detail?: JsonObject;
}

export async function auditOperator(sql: Sql, by: Operator, entry: OperatorAudit): Promise<void> {
  await sql.query(
    `insert into core.audit_log
         (tenant_id, actor_kind, actor_id, plugin_id, action, entity_id, detail, request_id, ip, user_agent)
       values ($1, $2, $3, $4, $5, $4, $6, $7, $8, $9)`,
    [
      entry.tenantId ?? by.tenantId,
      by.userId === SYSTEM_USER ? 'system' : 'user',
      by.userId === SYSTEM_USER ? null : by.userId,
      entry.plugin,
      entry.action,
      JSON.stringify({ ...entry.detail, ...(by.commandLine === undefined ? {} : { commandLine: by.commandLine }) }),
      by.requestId || null,
      by.ip || null,
      by.userAgent || null,
    ],
  );
}

/** Stands for the platform itself where it acts without an operator. */
export const SYSTEM_USER = 'system';

/** The audit of what concerns no tenant and nobody asked for. */
export const PLATFORM: Operator = {
  userId: SYSTEM_USER,
  tenantId: PLATFORM_TENANT.id,
  ip: '',
  userAgent: '',
  requestId: '',
};
