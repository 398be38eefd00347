export type {
  AdvisoryLocks,
  Bus,
  Database,
  DatabaseWarning,
  EmbeddedConnection,
  HeldLock,
  PlatformSql,
  PluginData,
  Rehearsal,
  Sql,
  SqlResult,
} from './contract.ts';
export { type OpenDatabaseOptions, openDatabase } from './database.ts';
export { isDuplicate } from './database-error.ts';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded-postgres/start.ts';
export type { DataLogger } from './logger.ts';
export { PluginDataError } from './plugin-schema/plugin-data-error.ts';
export type {
  AuditEntry,
  BillingCustomer,
  CoreModels,
  FileGrant,
  Invoice,
  Licence,
  LicenceSeat,
  Mail,
  Membership,
  MembershipRole,
  Passkey,
  PasskeyPurpose,
  Plugin,
  PluginVersion,
  Purchase,
  RefreshToken,
  Role,
  Session,
  Setting,
  SignInChallenge,
  SingleSignOn,
  StoredFile,
  Subscription,
  Task,
  Tenant,
  TenantPlugin,
  TotpAuthenticator,
  User,
} from './sequelize/models/index.ts';
export type { DatabaseServer } from './server/target.ts';
export { createThrowawayDatabase, prepareTemplate, type ThrowawayDatabase } from './throwaway.ts';
export type {
  Actor,
  ColumnDescription,
  PluginDatabase,
  PluginDataDescription,
  PluginDataPackage,
  PluginScope,
  PluginUnitOfWork,
  ScheduledRun,
  StagedAudit,
  StagedEvent,
  StagedUsage,
  TableDescription,
} from './types.ts';
