import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
} from 'sequelize';
import type { TableDefiner } from './table.ts';

export interface TotpAuthenticator
  extends Model<InferAttributes<TotpAuthenticator>, InferCreationAttributes<TotpAuthenticator>> {
  userId: string;
  /** Sealed. */
  secret: Buffer;
  confirmedAt: CreationOptional<Date | null>;
  lastStep: CreationOptional<string | null>;
  createdAt: CreationOptional<Date>;
}

export interface RecoveryCode extends Model<InferAttributes<RecoveryCode>, InferCreationAttributes<RecoveryCode>> {
  userId: string;
  codeHash: Buffer;
  createdAt: CreationOptional<Date>;
  usedAt: CreationOptional<Date | null>;
}

export interface Passkey extends Model<InferAttributes<Passkey>, InferCreationAttributes<Passkey>> {
  id: CreationOptional<string>;
  userId: string;
  name: string;
  credentialId: string;
  publicKey: Buffer;
  /** An int8, which comes as text. */
  signCount: string;
  transports: string[];
  aaguid: CreationOptional<string | null>;
  backedUp: boolean;
  createdAt: CreationOptional<Date>;
  lastUsedAt: CreationOptional<Date | null>;
}

export type PasskeyPurpose = 'register' | 'sign-in' | 'second-factor' | 'prove';

export interface PasskeyChallenge
  extends Model<InferAttributes<PasskeyChallenge>, InferCreationAttributes<PasskeyChallenge>> {
  challengeHash: Buffer;
  purpose: PasskeyPurpose;
  userId: string | null;
  boundTo: string | null;
  createdAt: CreationOptional<Date>;
  expiresAt: Date;
}

export interface SignInChallenge
  extends Model<InferAttributes<SignInChallenge>, InferCreationAttributes<SignInChallenge>> {
  tokenHash: Buffer;
  userId: string;
  tenantId: string;
  amr: string[];
  enrolment: boolean;
  attempts: CreationOptional<number>;
  createdAt: CreationOptional<Date>;
  expiresAt: Date;
}

export interface SingleSignOn extends Model<InferAttributes<SingleSignOn>, InferCreationAttributes<SingleSignOn>> {
  tenantId: CreationOptional<string>;
  issuer: string;
  clientId: string;
  /** Sealed. */
  clientSecret: Buffer;
  enabled: boolean;
  enforced: boolean;
  defaultRole: string;
  provisioning: boolean;
  createdAt: CreationOptional<Date>;
  updatedAt: CreationOptional<Date>;
}

export interface ClaimedDomain extends Model<InferAttributes<ClaimedDomain>, InferCreationAttributes<ClaimedDomain>> {
  tenantId: CreationOptional<string>;
  domain: string;
  token: string;
  verifiedAt: CreationOptional<Date | null>;
  verifiedBy: CreationOptional<'dns' | 'operator' | null>;
  createdAt: CreationOptional<Date>;
}

export interface ExternalIdentity
  extends Model<InferAttributes<ExternalIdentity>, InferCreationAttributes<ExternalIdentity>> {
  tenantId: CreationOptional<string>;
  issuer: string;
  subject: string;
  userId: string;
  email: string | null;
  provisioned: boolean;
  createdAt: CreationOptional<Date>;
  lastUsedAt: CreationOptional<Date>;
}

export interface SignOnFlow extends Model<InferAttributes<SignOnFlow>, InferCreationAttributes<SignOnFlow>> {
  stateHash: Buffer;
  tenantId: string;
  browserHash: Buffer;
  nonce: string;
  /** Sealed. */
  verifier: Buffer;
  returnTo: string;
  purpose: CreationOptional<'sign-in' | 'connect' | 'prove'>;
  /** Who set out, and in which session; `null` for a sign-in. */
  userId: CreationOptional<string | null>;
  sessionId: CreationOptional<string | null>;
  createdAt: CreationOptional<Date>;
  expiresAt: Date;
}

const text = () => ({ type: DataTypes.TEXT, allowNull: false });
const flag = () => ({ type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false });
const bytes = () => ({ type: DataTypes.BLOB, allowNull: false });
const time = () => ({ type: DataTypes.DATE, allowNull: false });
const texts = () => ({ type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false, defaultValue: [] });
const person = () => ({ type: DataTypes.UUID, allowNull: false });

/** How people prove who they are, beyond the password. All but the last four are seen by the platform only. */
export function defineAuthentication({ table, tenantId, uuid }: TableDefiner) {
  return {
    TotpAuthenticator: table<TotpAuthenticator>('TotpAuthenticator', 'totp_authenticators', ['createdAt'], {
      userId: { ...person(), primaryKey: true },
      secret: bytes(),
      confirmedAt: DataTypes.DATE,
      lastStep: DataTypes.BIGINT,
      createdAt: DataTypes.DATE,
    }),
    RecoveryCode: table<RecoveryCode>('RecoveryCode', 'recovery_codes', ['createdAt'], {
      userId: { ...person(), primaryKey: true },
      codeHash: { ...bytes(), primaryKey: true },
      createdAt: DataTypes.DATE,
      usedAt: DataTypes.DATE,
    }),
    Passkey: table<Passkey>('Passkey', 'passkeys', ['createdAt'], {
      id: uuid(),
      userId: person(),
      name: text(),
      credentialId: text(),
      publicKey: bytes(),
      signCount: { type: DataTypes.BIGINT, allowNull: false },
      transports: texts(),
      aaguid: DataTypes.TEXT,
      backedUp: flag(),
      createdAt: DataTypes.DATE,
      lastUsedAt: DataTypes.DATE,
    }),
    PasskeyChallenge: table<PasskeyChallenge>('PasskeyChallenge', 'passkey_challenges', ['createdAt'], {
      challengeHash: { ...bytes(), primaryKey: true },
      purpose: text(),
      userId: DataTypes.UUID,
      boundTo: DataTypes.TEXT,
      createdAt: DataTypes.DATE,
      expiresAt: time(),
    }),
    SignInChallenge: table<SignInChallenge>('SignInChallenge', 'sign_in_challenges', ['createdAt'], {
      tokenHash: { ...bytes(), primaryKey: true },
      userId: person(),
      tenantId: tenantId(),
      amr: texts(),
      enrolment: flag(),
      attempts: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      createdAt: DataTypes.DATE,
      expiresAt: time(),
    }),
    SingleSignOn: table<SingleSignOn>('SingleSignOn', 'single_sign_on', ['createdAt', 'updatedAt'], {
      tenantId: { ...tenantId(), primaryKey: true },
      issuer: text(),
      clientId: text(),
      clientSecret: bytes(),
      enabled: flag(),
      enforced: flag(),
      defaultRole: text(),
      provisioning: flag(),
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    }),
    ClaimedDomain: table<ClaimedDomain>('ClaimedDomain', 'claimed_domains', ['createdAt'], {
      tenantId: { ...tenantId(), primaryKey: true },
      domain: { ...text(), primaryKey: true },
      token: text(),
      verifiedAt: DataTypes.DATE,
      verifiedBy: DataTypes.TEXT,
      createdAt: DataTypes.DATE,
    }),
    ExternalIdentity: table<ExternalIdentity>('ExternalIdentity', 'external_identities', ['createdAt'], {
      tenantId: { ...tenantId(), primaryKey: true },
      issuer: { ...text(), primaryKey: true },
      subject: { ...text(), primaryKey: true },
      userId: person(),
      email: DataTypes.TEXT,
      provisioned: flag(),
      createdAt: DataTypes.DATE,
      lastUsedAt: { ...time(), defaultValue: DataTypes.NOW },
    }),
    SignOnFlow: table<SignOnFlow>('SignOnFlow', 'sign_on_flows', ['createdAt'], {
      stateHash: { ...bytes(), primaryKey: true },
      tenantId: tenantId(),
      browserHash: bytes(),
      nonce: text(),
      verifier: bytes(),
      returnTo: text(),
      purpose: { ...text(), defaultValue: 'sign-in' },
      userId: DataTypes.UUID,
      sessionId: DataTypes.UUID,
      createdAt: DataTypes.DATE,
      expiresAt: time(),
    }),
  };
}
