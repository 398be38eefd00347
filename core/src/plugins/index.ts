export { checkHandlers, type HandlerDescription, type PrivacyHandler } from './boundary/handlers.ts';
export { fileIdPaths, fileIdsIn, type ValuePath } from './contract/file-fields.ts';
export { fieldErrors, invalidInput } from './contract/input-errors.ts';
export { compileCheck } from './contract/schema-check.ts';
export { type ContractGeneration, generateContractFor } from './contract-types/generate-for-folder.ts';
export type { CallKind, CallMeter, CallOutcome, EndedCall, HandlerName, Meter } from './host/call-meter.ts';
export { CapabilityUsage, type UsedCapability } from './host/capability-usage.ts';
export { createOutgoingHttp, type OutgoingHttp, type OutgoingHttpOptions } from './host/outgoing/outgoing-http.ts';
export type { HostServices, PluginSettings } from './host/services.ts';
export { createInlineRuntime } from './inline/inline-runtime.ts';
export type { PrivacyCall } from './invoke/handler-runner.ts';
export { createPluginCalls, type PluginCalls, type PluginCallsOptions } from './invoke/plugin-calls.ts';
export { problemsAmong } from './load/agreements.ts';
export { servingVersions } from './load/assignment.ts';
export { type LoadedPlugins, type LoadPluginsOptions, loadPlugins, type PluginHost } from './load/load-plugins.ts';
export { operationLockOf } from './load/operation-lock.ts';
export { disagreements } from './load/read-candidate.ts';
export {
  type CanaryRecord,
  INSTALLED,
  type PluginRecord,
  raiseGeneration,
  storeVersion,
  type VersionRecord,
} from './load/records.ts';
export { changeLock, formatLock, LockFileError, readLock, writeLock } from './lock/lock-file.ts';
export { createLockEntry, type LockOptions, lockPlugins } from './lock/lock-plugins.ts';
export { type CronTimes, parseCron } from './manifest/cron.ts';
export { PackageError, type PackageIssue } from './manifest/issue.ts';
export { parsePathTemplate } from './manifest/path-template.ts';
export { compileSchema } from './manifest/schema-compiler.ts';
export { type PluginPackage, readPluginPackage } from './package/plugin-package.ts';
export { packArchive, unpackArchive } from './store/archive.ts';
export type {
  ActionCall,
  ActionInvoker,
  LivePlugin,
  LoadedPlugin,
  LockEntry,
  PluginRegistry,
  PluginRuntime,
  PluginState,
  PluginStatus,
  RuntimeCall,
  RuntimeFactory,
  RuntimeSource,
  Tier,
} from './types.ts';
