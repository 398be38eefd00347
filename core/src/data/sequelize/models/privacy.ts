import type { JsonObject } from '@bazaar/sdk';
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
} from 'sequelize';
import type { TableDefiner } from './table.ts';

/** For the platform role only. */
export interface PrivacyRequest
  extends Model<InferAttributes<PrivacyRequest>, InferCreationAttributes<PrivacyRequest>> {
  tenantId: string;
  id: CreationOptional<string>;
  kind: 'export' | 'erasure' | 'tenant-deletion';
  scope: 'account' | 'tenant';
  /** Sealed. */
  subject: CreationOptional<Buffer | null>;
  subjectUser: CreationOptional<string | null>;
  requestedBy: string | null;
  state: CreationOptional<'scheduled' | 'queued' | 'running' | 'waiting' | 'done' | 'cancelled' | 'failed' | 'expired'>;
  dueAt: CreationOptional<Date>;
  lockedUntil: CreationOptional<Date | null>;
  attempts: CreationOptional<number>;
  percent: CreationOptional<number>;
  stage: CreationOptional<string | null>;
  lastError: CreationOptional<string | null>;
  progress: CreationOptional<JsonObject>;
  fileId: CreationOptional<string | null>;
  linkHash: CreationOptional<Buffer | null>;
  expiresAt: CreationOptional<Date | null>;
  certificate: CreationOptional<string | null>;
  signature: CreationOptional<string | null>;
  createdAt: CreationOptional<Date>;
  finishedAt: CreationOptional<Date | null>;
}

export function definePrivacy({ table, uuid }: TableDefiner) {
  return {
    PrivacyRequest: table<PrivacyRequest>('PrivacyRequest', 'privacy_requests', ['createdAt'], {
      tenantId: { type: DataTypes.UUID, allowNull: false },
      id: uuid(),
      kind: { type: DataTypes.TEXT, allowNull: false },
      scope: { type: DataTypes.TEXT, allowNull: false },
      subject: DataTypes.BLOB,
      subjectUser: DataTypes.UUID,
      requestedBy: DataTypes.UUID,
      state: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'queued' },
      dueAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
      lockedUntil: DataTypes.DATE,
      attempts: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      percent: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      stage: DataTypes.TEXT,
      lastError: DataTypes.TEXT,
      progress: { type: DataTypes.JSONB, allowNull: false, defaultValue: {} },
      fileId: DataTypes.UUID,
      linkHash: DataTypes.BLOB,
      expiresAt: DataTypes.DATE,
      certificate: DataTypes.TEXT,
      signature: DataTypes.TEXT,
      createdAt: DataTypes.DATE,
      finishedAt: DataTypes.DATE,
    }),
  };
}
