import type { JsonObject } from '@bazaar/sdk';
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
} from 'sequelize';
import type { TableDefiner } from './table.ts';

export interface Plugin extends Model<InferAttributes<Plugin>, InferCreationAttributes<Plugin>> {
  id: string;
  activeVersion: CreationOptional<string | null>;
  installedAt: CreationOptional<Date>;
  updatedAt: CreationOptional<Date>;
}

export interface PluginVersion extends Model<InferAttributes<PluginVersion>, InferCreationAttributes<PluginVersion>> {
  pluginId: string;
  version: string;
  integrity: string;
  manifest: JsonObject;
  installedAt: CreationOptional<Date>;
}

/** `pluginId` is `*` for what holds for every plugin. */
export interface PluginQuota extends Model<InferAttributes<PluginQuota>, InferCreationAttributes<PluginQuota>> {
  pluginId: string;
  changes: JsonObject;
  updatedBy: CreationOptional<string | null>;
  updatedAt: CreationOptional<Date>;
}

export interface TenantPlugin extends Model<InferAttributes<TenantPlugin>, InferCreationAttributes<TenantPlugin>> {
  tenantId: CreationOptional<string>;
  pluginId: string;
  enabled: CreationOptional<boolean>;
  pinnedVersion: CreationOptional<string | null>;
  demoSeededAt: CreationOptional<Date | null>;
  updatedAt: CreationOptional<Date>;
}

export interface Licence extends Model<InferAttributes<Licence>, InferCreationAttributes<Licence>> {
  tenantId: CreationOptional<string>;
  pluginId: string;
  kind: 'trial' | 'purchased' | 'subscription';
  plan: CreationOptional<string>;
  /** `trial`, `operator`, `purchase:<id>`, `subscription:<id>`, `offline:<id>`. */
  source: CreationOptional<string>;
  /** How many people may use it; `null` for any number. */
  seats: CreationOptional<number | null>;
  trialUsed: CreationOptional<boolean>;
  trialExtendedDays: CreationOptional<number>;
  startsAt: CreationOptional<Date>;
  expiresAt: CreationOptional<Date | null>;
  revokedAt: CreationOptional<Date | null>;
  revokedReason: CreationOptional<string | null>;
  entitlements: CreationOptional<JsonObject>;
  limits: CreationOptional<Record<string, number>>;
  createdAt: CreationOptional<Date>;
  updatedAt: CreationOptional<Date>;
}

/** A person's seat on a plugin whose licence limits how many may use it. */
export interface LicenceSeat extends Model<InferAttributes<LicenceSeat>, InferCreationAttributes<LicenceSeat>> {
  tenantId: CreationOptional<string>;
  pluginId: string;
  userId: string;
  takenAt: CreationOptional<Date>;
}

/** What was announced of the end of a licence. */
export interface LicenceNotice extends Model<InferAttributes<LicenceNotice>, InferCreationAttributes<LicenceNotice>> {
  tenantId: CreationOptional<string>;
  pluginId: string;
  stage: string;
  endsAt: Date;
  at: CreationOptional<Date>;
}

/** A licence as it was signed elsewhere. */
export interface LicenceFile extends Model<InferAttributes<LicenceFile>, InferCreationAttributes<LicenceFile>> {
  tenantId: CreationOptional<string>;
  id: string;
  pluginId: string;
  issuedAt: Date;
  file: string;
  importedAt: CreationOptional<Date>;
}

export interface LicenceFileRevocation
  extends Model<InferAttributes<LicenceFileRevocation>, InferCreationAttributes<LicenceFileRevocation>> {
  id: string;
  revokedAt: CreationOptional<Date>;
}

/** One row: the latest moment this installation has lived. */
export interface LicenceClock extends Model<InferAttributes<LicenceClock>, InferCreationAttributes<LicenceClock>> {
  singleton: boolean;
  reached: Date;
}

/** `pluginId` is `core` for the kernel's own settings of the tenant. */
export interface Setting extends Model<InferAttributes<Setting>, InferCreationAttributes<Setting>> {
  tenantId: CreationOptional<string>;
  pluginId: string;
  values: CreationOptional<JsonObject>;
  /** Sealed with the platform's key. */
  secrets: CreationOptional<Buffer | null>;
  updatedBy: CreationOptional<string | null>;
  updatedAt: CreationOptional<Date>;
}

export function defineCatalogue({ table, tenantId }: TableDefiner) {
  const pluginId = () => ({ type: DataTypes.TEXT, allowNull: false, primaryKey: true });
  const now = () => ({ type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW });
  return {
    Plugin: table<Plugin>('Plugin', 'plugins', ['updatedAt'], {
      id: pluginId(),
      activeVersion: DataTypes.TEXT,
      installedAt: now(),
      updatedAt: DataTypes.DATE,
    }),
    PluginVersion: table<PluginVersion>('PluginVersion', 'plugin_versions', [], {
      pluginId: pluginId(),
      version: { type: DataTypes.TEXT, allowNull: false, primaryKey: true },
      integrity: { type: DataTypes.TEXT, allowNull: false },
      manifest: { type: DataTypes.JSONB, allowNull: false },
      installedAt: now(),
    }),
    PluginQuota: table<PluginQuota>('PluginQuota', 'plugin_quotas', ['updatedAt'], {
      pluginId: pluginId(),
      changes: { type: DataTypes.JSONB, allowNull: false },
      updatedBy: DataTypes.UUID,
      updatedAt: DataTypes.DATE,
    }),
    TenantPlugin: table<TenantPlugin>('TenantPlugin', 'tenant_plugins', ['updatedAt'], {
      tenantId: { ...tenantId(), primaryKey: true },
      pluginId: pluginId(),
      enabled: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
      pinnedVersion: DataTypes.TEXT,
      demoSeededAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    }),
    Licence: table<Licence>('Licence', 'licences', ['createdAt', 'updatedAt'], {
      tenantId: { ...tenantId(), primaryKey: true },
      pluginId: pluginId(),
      kind: { type: DataTypes.TEXT, allowNull: false },
      plan: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'standard' },
      source: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'operator' },
      seats: DataTypes.INTEGER,
      trialUsed: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      trialExtendedDays: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      startsAt: now(),
      expiresAt: DataTypes.DATE,
      revokedAt: DataTypes.DATE,
      revokedReason: DataTypes.TEXT,
      entitlements: { type: DataTypes.JSONB, allowNull: false, defaultValue: {} },
      limits: { type: DataTypes.JSONB, allowNull: false, defaultValue: {} },
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    }),
    LicenceSeat: table<LicenceSeat>('LicenceSeat', 'licence_seats', [], {
      tenantId: { ...tenantId(), primaryKey: true },
      pluginId: pluginId(),
      userId: { type: DataTypes.UUID, allowNull: false, primaryKey: true },
      takenAt: now(),
    }),
    LicenceNotice: table<LicenceNotice>('LicenceNotice', 'licence_notices', [], {
      tenantId: { ...tenantId(), primaryKey: true },
      pluginId: pluginId(),
      stage: { type: DataTypes.TEXT, allowNull: false, primaryKey: true },
      endsAt: { type: DataTypes.DATE, allowNull: false, primaryKey: true },
      at: now(),
    }),
    LicenceFile: table<LicenceFile>('LicenceFile', 'licence_files', [], {
      tenantId: { ...tenantId(), primaryKey: true },
      id: { type: DataTypes.UUID, allowNull: false, primaryKey: true },
      pluginId: { type: DataTypes.TEXT, allowNull: false },
      issuedAt: { type: DataTypes.DATE, allowNull: false },
      file: { type: DataTypes.TEXT, allowNull: false },
      importedAt: now(),
    }),
    LicenceFileRevocation: table<LicenceFileRevocation>('LicenceFileRevocation', 'licence_file_revocations', [], {
      id: { type: DataTypes.UUID, allowNull: false, primaryKey: true },
      revokedAt: now(),
    }),
    LicenceClock: table<LicenceClock>('LicenceClock', 'licence_clock', [], {
      singleton: { type: DataTypes.BOOLEAN, allowNull: false, primaryKey: true },
      reached: { type: DataTypes.DATE, allowNull: false },
    }),
    Setting: table<Setting>('Setting', 'settings', ['updatedAt'], {
      tenantId: { ...tenantId(), primaryKey: true },
      pluginId: pluginId(),
      values: { type: DataTypes.JSONB, allowNull: false, defaultValue: {} },
      secrets: DataTypes.BLOB,
      updatedBy: DataTypes.UUID,
      updatedAt: DataTypes.DATE,
    }),
  };
}
