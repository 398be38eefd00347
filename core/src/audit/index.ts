export { auditRoutes } from './audit-routes.ts';
export { type AuditChain, createAuditChain } from './chain/chain.ts';
export { chainRoutes } from './chain/chain-routes.ts';
export { type AuditTrace, recordAudit, SYSTEM_TRACE, traceOf } from './record.ts';
