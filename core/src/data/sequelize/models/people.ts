import type { JsonObject } from '@bazaar/sdk';
import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type NonAttribute,
} from 'sequelize';
import type { TableDefiner } from './table.ts';

/** A language that the platform speaks. */
export type Locale = 'en' | 'de';

export interface Tenant extends Model<InferAttributes<Tenant>, InferCreationAttributes<Tenant>> {
  id: CreationOptional<string>;
  slug: string;
  name: string;
  tier: CreationOptional<'free' | 'basic' | 'pro' | 'enterprise'>;
  /** When it becomes a free one. */
  tierUntil: CreationOptional<Date | null>;
  /** In the place of the seats of its tier. */
  maxUsers: CreationOptional<number | null>;
  demo: CreationOptional<boolean>;
  defaultLocale: CreationOptional<Locale>;
  /** Since when it waits to be removed for good. */
  deletedAt: CreationOptional<Date | null>;
  secondFactorRequired: CreationOptional<boolean>;
  /** Whether operators of the platform may act as its members. */
  supportAccess: CreationOptional<boolean>;
  suspendedAt: CreationOptional<Date | null>;
  suspendedReason: CreationOptional<string | null>;
  /** What it says of itself. */
  profile: CreationOptional<JsonObject>;
  /** The name under which its logo is served. */
  logo: CreationOptional<string | null>;
  /** Since when the platform knows it to be who it says it is. */
  verifiedAt: CreationOptional<Date | null>;
  createdAt: CreationOptional<Date>;
  updatedAt: CreationOptional<Date>;
}

/** A tenant sees the users who are its members, without what is only theirs. */
export interface User extends Model<InferAttributes<User>, InferCreationAttributes<User>> {
  id: CreationOptional<string>;
  email: string;
  /** Loaded as platform only. */
  passwordHash: CreationOptional<string | null>;
  name: string;
  status: CreationOptional<'pending' | 'active' | 'inactive'>;
  isOperator: CreationOptional<boolean>;
  demo: CreationOptional<boolean>;
  emailVerifiedAt: CreationOptional<Date | null>;
  lastSignInAt: CreationOptional<Date | null>;
  locale: CreationOptional<Locale>;
  /** Loaded as platform only. */
  profile: CreationOptional<JsonObject>;
  /** Loaded as platform only. */
  preferences: CreationOptional<JsonObject>;
  /** The name under which it is served. Loaded as platform only. */
  picture: CreationOptional<string | null>;
  createdAt: CreationOptional<Date>;
  updatedAt: CreationOptional<Date>;
}

export interface Role extends Model<InferAttributes<Role>, InferCreationAttributes<Role>> {
  tenantId: CreationOptional<string>;
  name: string;
  title: string;
  builtIn: CreationOptional<boolean>;
  permissions: CreationOptional<string[]>;
  createdAt: CreationOptional<Date>;
  updatedAt: CreationOptional<Date>;
}

export interface Membership extends Model<InferAttributes<Membership>, InferCreationAttributes<Membership>> {
  tenantId: CreationOptional<string>;
  userId: string;
  status: CreationOptional<'active' | 'suspended'>;
  createdAt: CreationOptional<Date>;
  updatedAt: CreationOptional<Date>;
  /** With `include: 'user'`. */
  user?: NonAttribute<User>;
}

export interface MembershipRole
  extends Model<InferAttributes<MembershipRole>, InferCreationAttributes<MembershipRole>> {
  tenantId: CreationOptional<string>;
  userId: string;
  role: string;
}

export interface Session extends Model<InferAttributes<Session>, InferCreationAttributes<Session>> {
  tenantId: CreationOptional<string>;
  id: CreationOptional<string>;
  userId: string;
  ip: CreationOptional<string | null>;
  userAgent: CreationOptional<string | null>;
  createdAt: CreationOptional<Date>;
  lastUsedAt: CreationOptional<Date>;
  expiresAt: Date;
  /** When the person last proved who they are. */
  provenAt: CreationOptional<Date>;
  /** How: `pwd`, `otp`, `mfa`, `sso` … */
  amr: CreationOptional<string[]>;
  /** The operator who acts as the person. */
  impersonatorId: CreationOptional<string | null>;
  impersonatorName: CreationOptional<string | null>;
  revokedAt: CreationOptional<Date | null>;
  revokedReason: CreationOptional<string | null>;
}

export interface RefreshToken extends Model<InferAttributes<RefreshToken>, InferCreationAttributes<RefreshToken>> {
  tenantId: CreationOptional<string>;
  tokenHash: Buffer;
  sessionId: string;
  issuedAt: CreationOptional<Date>;
  expiresAt: Date;
  usedAt: CreationOptional<Date | null>;
}

export function definePeople({ table, tenantId, uuid }: TableDefiner) {
  const models = {
    Tenant: table<Tenant>('Tenant', 'tenants', ['createdAt', 'updatedAt'], {
      id: uuid(),
      slug: { type: DataTypes.TEXT, allowNull: false },
      name: { type: DataTypes.TEXT, allowNull: false },
      tier: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'free' },
      tierUntil: DataTypes.DATE,
      maxUsers: DataTypes.INTEGER,
      demo: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      defaultLocale: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'en' },
      deletedAt: DataTypes.DATE,
      secondFactorRequired: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      supportAccess: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
      suspendedAt: DataTypes.DATE,
      suspendedReason: DataTypes.TEXT,
      profile: { type: DataTypes.JSONB, allowNull: false, defaultValue: {} },
      logo: DataTypes.TEXT,
      verifiedAt: DataTypes.DATE,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    }),
    User: table<User>('User', 'users', ['createdAt', 'updatedAt'], {
      id: uuid(),
      email: { type: DataTypes.TEXT, allowNull: false },
      passwordHash: DataTypes.TEXT,
      name: { type: DataTypes.TEXT, allowNull: false },
      status: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'active' },
      isOperator: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      demo: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      emailVerifiedAt: DataTypes.DATE,
      lastSignInAt: DataTypes.DATE,
      locale: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'en' },
      profile: { type: DataTypes.JSONB, allowNull: false, defaultValue: {} },
      preferences: { type: DataTypes.JSONB, allowNull: false, defaultValue: {} },
      picture: DataTypes.TEXT,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    }),
    Role: table<Role>('Role', 'roles', ['createdAt', 'updatedAt'], {
      tenantId: { ...tenantId(), primaryKey: true },
      name: { type: DataTypes.TEXT, allowNull: false, primaryKey: true },
      title: { type: DataTypes.TEXT, allowNull: false },
      builtIn: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      permissions: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false, defaultValue: [] },
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    }),
    Membership: table<Membership>('Membership', 'memberships', ['createdAt', 'updatedAt'], {
      tenantId: { ...tenantId(), primaryKey: true },
      userId: { type: DataTypes.UUID, allowNull: false, primaryKey: true },
      status: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'active' },
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    }),
    MembershipRole: table<MembershipRole>('MembershipRole', 'membership_roles', [], {
      tenantId: { ...tenantId(), primaryKey: true },
      userId: { type: DataTypes.UUID, allowNull: false, primaryKey: true },
      role: { type: DataTypes.TEXT, allowNull: false, primaryKey: true },
    }),
    Session: table<Session>('Session', 'sessions', ['createdAt'], {
      tenantId: tenantId(),
      id: uuid(),
      userId: { type: DataTypes.UUID, allowNull: false },
      ip: DataTypes.TEXT,
      userAgent: DataTypes.TEXT,
      createdAt: DataTypes.DATE,
      lastUsedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
      expiresAt: { type: DataTypes.DATE, allowNull: false },
      provenAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
      amr: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false, defaultValue: ['pwd'] },
      impersonatorId: DataTypes.UUID,
      impersonatorName: DataTypes.TEXT,
      revokedAt: DataTypes.DATE,
      revokedReason: DataTypes.TEXT,
    }),
    RefreshToken: table<RefreshToken>('RefreshToken', 'refresh_tokens', [], {
      tenantId: tenantId(),
      tokenHash: { type: DataTypes.BLOB, allowNull: false, primaryKey: true },
      sessionId: { type: DataTypes.UUID, allowNull: false },
      issuedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
      expiresAt: { type: DataTypes.DATE, allowNull: false },
      usedAt: DataTypes.DATE,
    }),
  };
  models.Membership.belongsTo(models.User, { as: 'user', foreignKey: 'userId', constraints: false });
  return models;
}
