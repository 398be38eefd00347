export { auditRoutes } from './audit-routes.ts';
export { type AuditTrace, recordAudit, SYSTEM_TRACE, traceOf } from './record.ts';
