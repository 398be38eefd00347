import type { JsonObject } from '@bazaar/sdk';
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
} from 'sequelize';
import type { TableDefiner } from './table.ts';

export interface StoredFile extends Model<InferAttributes<StoredFile>, InferCreationAttributes<StoredFile>> {
  tenantId: CreationOptional<string>;
  id: CreationOptional<string>;
  pluginId: string;
  name: string;
  /** Content type detected from the bytes. */
  type: string;
  /** Bytes. */
  size: number;
  sha256: string;
  storageKey: string;
  createdBy: CreationOptional<string | null>;
  createdAt: CreationOptional<Date>;
  deletedAt: CreationOptional<Date | null>;
}

export interface FileGrant extends Model<InferAttributes<FileGrant>, InferCreationAttributes<FileGrant>> {
  tenantId: CreationOptional<string>;
  fileId: string;
  pluginId: string;
  createdAt: CreationOptional<Date>;
}

export interface Task extends Model<InferAttributes<Task>, InferCreationAttributes<Task>> {
  tenantId: CreationOptional<string>;
  id: CreationOptional<string>;
  pluginId: string;
  kind: string;
  title: string;
  description: CreationOptional<string | null>;
  priority: CreationOptional<'low' | 'normal' | 'high' | 'urgent'>;
  link: CreationOptional<string | null>;
  /** Full permission name whose holders see the task. */
  audience: string;
  key: CreationOptional<string | null>;
  state: CreationOptional<'open' | 'done' | 'dismissed'>;
  createdAt: CreationOptional<Date>;
  closedAt: CreationOptional<Date | null>;
  closedBy: CreationOptional<string | null>;
}

/** What operators of the platform must look at. */
interface OperatorTask extends Model<InferAttributes<OperatorTask>, InferCreationAttributes<OperatorTask>> {
  id: CreationOptional<string>;
  key: string;
  kind: string;
  title: string;
  description: string | null;
  priority: 'low' | 'normal' | 'high' | 'urgent';
  link: string | null;
  dueAt: Date | null;
  state: CreationOptional<'open' | 'done' | 'dismissed'>;
  createdAt: CreationOptional<Date>;
  closedAt: CreationOptional<Date | null>;
  closedBy: CreationOptional<string | null>;
}

/** Append-only: no role may change or remove a line. */
export interface AuditEntry extends Model<InferAttributes<AuditEntry>, InferCreationAttributes<AuditEntry>> {
  tenantId: CreationOptional<string>;
  at: CreationOptional<Date>;
  id: CreationOptional<string>;
  actorKind: 'user' | 'visitor' | 'plugin' | 'system';
  actorId: CreationOptional<string | null>;
  pluginId: CreationOptional<string | null>;
  action: string;
  entityId: CreationOptional<string | null>;
  detail: CreationOptional<JsonObject>;
  requestId: CreationOptional<string | null>;
  ip: CreationOptional<string | null>;
  userAgent: CreationOptional<string | null>;
}

export function defineWork({ table, tenantId, uuid }: TableDefiner) {
  return {
    StoredFile: table<StoredFile>('StoredFile', 'files', ['createdAt'], {
      tenantId: tenantId(),
      id: uuid(),
      pluginId: { type: DataTypes.TEXT, allowNull: false },
      name: { type: DataTypes.TEXT, allowNull: false },
      type: { type: DataTypes.TEXT, allowNull: false },
      size: {
        type: DataTypes.BIGINT,
        allowNull: false,
        get(this: StoredFile): number {
          return Number(this.getDataValue('size'));
        },
      },
      sha256: { type: DataTypes.TEXT, allowNull: false },
      storageKey: { type: DataTypes.TEXT, allowNull: false },
      createdBy: DataTypes.UUID,
      createdAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    }),
    FileGrant: table<FileGrant>('FileGrant', 'file_grants', ['createdAt'], {
      tenantId: { ...tenantId(), primaryKey: true },
      fileId: { type: DataTypes.UUID, allowNull: false, primaryKey: true },
      pluginId: { type: DataTypes.TEXT, allowNull: false, primaryKey: true },
      createdAt: DataTypes.DATE,
    }),
    Task: table<Task>('Task', 'tasks', ['createdAt'], {
      tenantId: tenantId(),
      id: uuid(),
      pluginId: { type: DataTypes.TEXT, allowNull: false },
      kind: { type: DataTypes.TEXT, allowNull: false },
      title: { type: DataTypes.TEXT, allowNull: false },
      description: DataTypes.TEXT,
      priority: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'normal' },
      link: DataTypes.TEXT,
      audience: { type: DataTypes.TEXT, allowNull: false },
      key: DataTypes.TEXT,
      state: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'open' },
      createdAt: DataTypes.DATE,
      closedAt: DataTypes.DATE,
      closedBy: DataTypes.UUID,
    }),
    OperatorTask: table<OperatorTask>('OperatorTask', 'operator_tasks', ['createdAt'], {
      id: uuid(),
      key: { type: DataTypes.TEXT, allowNull: false },
      kind: { type: DataTypes.TEXT, allowNull: false },
      title: { type: DataTypes.TEXT, allowNull: false },
      description: DataTypes.TEXT,
      priority: { type: DataTypes.TEXT, allowNull: false },
      link: DataTypes.TEXT,
      dueAt: DataTypes.DATE,
      state: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'open' },
      createdAt: DataTypes.DATE,
      closedAt: DataTypes.DATE,
      closedBy: DataTypes.UUID,
    }),
    AuditEntry: table<AuditEntry>('AuditEntry', 'audit_log', [], {
      tenantId: tenantId(),
      at: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
      id: uuid(),
      actorKind: { type: DataTypes.TEXT, allowNull: false },
      actorId: DataTypes.UUID,
      pluginId: DataTypes.TEXT,
      action: { type: DataTypes.TEXT, allowNull: false },
      entityId: DataTypes.TEXT,
      detail: { type: DataTypes.JSONB, allowNull: false, defaultValue: {} },
      requestId: DataTypes.TEXT,
      ip: DataTypes.TEXT,
      userAgent: DataTypes.TEXT,
    }),
  };
}
