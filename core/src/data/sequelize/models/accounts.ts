import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
} from 'sequelize';
import type { Locale } from './people.ts';
import type { TableDefiner } from './table.ts';

export interface SignUp extends Model<InferAttributes<SignUp>, InferCreationAttributes<SignUp>> {
  id: CreationOptional<string>;
  email: string;
  name: string;
  tenantName: string;
  tenantSlug: CreationOptional<string | null>;
  passwordHash: string;
  locale: Locale;
  /** `null` when the address had an account already: nothing will come of it. */
  tokenHash: Buffer | null;
  createdAt: CreationOptional<Date>;
  expiresAt: Date;
}

export interface PasswordReset extends Model<InferAttributes<PasswordReset>, InferCreationAttributes<PasswordReset>> {
  id: CreationOptional<string>;
  userId: string;
  tokenHash: Buffer;
  createdAt: CreationOptional<Date>;
  expiresAt: Date;
  usedAt: CreationOptional<Date | null>;
}

export interface PasswordResetRequest
  extends Model<InferAttributes<PasswordResetRequest>, InferCreationAttributes<PasswordResetRequest>> {
  id: CreationOptional<string>;
  /** As it was typed: whether it is of an account is not known yet. */
  email: string;
  ip: string;
  userAgent: string;
  requestId: string;
  createdAt: CreationOptional<Date>;
}

export interface EmailChange extends Model<InferAttributes<EmailChange>, InferCreationAttributes<EmailChange>> {
  id: CreationOptional<string>;
  userId: string;
  newEmail: string;
  oldTokenHash: Buffer;
  newTokenHash: Buffer;
  oldConfirmedAt: CreationOptional<Date | null>;
  newConfirmedAt: CreationOptional<Date | null>;
  createdAt: CreationOptional<Date>;
  expiresAt: Date;
  endedAt: CreationOptional<Date | null>;
}

export interface Invitation extends Model<InferAttributes<Invitation>, InferCreationAttributes<Invitation>> {
  tenantId: CreationOptional<string>;
  id: CreationOptional<string>;
  email: string;
  roles: string[];
  tokenHash: Buffer;
  invitedBy: string | null;
  createdAt: CreationOptional<Date>;
  sentAt: Date;
  expiresAt: Date;
  acceptedAt: CreationOptional<Date | null>;
  revokedAt: CreationOptional<Date | null>;
}

export interface ApiKey extends Model<InferAttributes<ApiKey>, InferCreationAttributes<ApiKey>> {
  tenantId: CreationOptional<string>;
  id: CreationOptional<string>;
  userId: string;
  name: string;
  secretHash: Buffer;
  permissions: string[];
  createdAt: CreationOptional<Date>;
  expiresAt: CreationOptional<Date | null>;
  lastUsedAt: CreationOptional<Date | null>;
  revokedAt: CreationOptional<Date | null>;
}

const text = () => ({ type: DataTypes.TEXT, allowNull: false });
const texts = () => ({ type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false });
const bytes = () => ({ type: DataTypes.BLOB, allowNull: false });
const time = () => ({ type: DataTypes.DATE, allowNull: false });
const person = () => ({ type: DataTypes.UUID, allowNull: false });

/** How people come to the platform and tools act for them. The first four are seen by the platform only. */
export function defineAccounts({ table, tenantId, uuid }: TableDefiner) {
  return {
    SignUp: table<SignUp>('SignUp', 'sign_ups', ['createdAt'], {
      id: uuid(),
      email: text(),
      name: text(),
      tenantName: text(),
      tenantSlug: DataTypes.TEXT,
      passwordHash: text(),
      locale: text(),
      tokenHash: DataTypes.BLOB,
      createdAt: DataTypes.DATE,
      expiresAt: time(),
    }),
    PasswordReset: table<PasswordReset>('PasswordReset', 'password_resets', ['createdAt'], {
      id: uuid(),
      userId: person(),
      tokenHash: bytes(),
      createdAt: DataTypes.DATE,
      expiresAt: time(),
      usedAt: DataTypes.DATE,
    }),
    PasswordResetRequest: table<PasswordResetRequest>(
      'PasswordResetRequest',
      'password_reset_requests',
      ['createdAt'],
      {
        id: uuid(),
        email: text(),
        ip: text(),
        userAgent: text(),
        requestId: text(),
        createdAt: DataTypes.DATE,
      },
    ),
    EmailChange: table<EmailChange>('EmailChange', 'email_changes', ['createdAt'], {
      id: uuid(),
      userId: person(),
      newEmail: text(),
      oldTokenHash: bytes(),
      newTokenHash: bytes(),
      oldConfirmedAt: DataTypes.DATE,
      newConfirmedAt: DataTypes.DATE,
      createdAt: DataTypes.DATE,
      expiresAt: time(),
      endedAt: DataTypes.DATE,
    }),
    Invitation: table<Invitation>('Invitation', 'invitations', ['createdAt'], {
      tenantId: tenantId(),
      id: uuid(),
      email: text(),
      roles: texts(),
      tokenHash: bytes(),
      invitedBy: DataTypes.UUID,
      createdAt: DataTypes.DATE,
      sentAt: time(),
      expiresAt: time(),
      acceptedAt: DataTypes.DATE,
      revokedAt: DataTypes.DATE,
    }),
    ApiKey: table<ApiKey>('ApiKey', 'api_keys', ['createdAt'], {
      tenantId: tenantId(),
      id: uuid(),
      userId: person(),
      name: text(),
      secretHash: bytes(),
      permissions: texts(),
      createdAt: DataTypes.DATE,
      expiresAt: DataTypes.DATE,
      lastUsedAt: DataTypes.DATE,
      revokedAt: DataTypes.DATE,
    }),
  };
}
