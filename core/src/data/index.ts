export type {
  Actor,
  ColumnDescription,
  PluginDatabase,
  PluginDataDescription,
  PluginDataPackage,
  PluginScope,
  PluginUnitOfWork,
  StagedAudit,
  StagedEvent,
} from './types.ts';
