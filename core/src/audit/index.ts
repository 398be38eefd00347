export { auditRoutes } from './audit-routes.ts';
export { type AuditedChange, type AuditTrace, recordAudit, SYSTEM_TRACE, traceOf } from './record.ts';
