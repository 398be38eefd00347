import type { Sequelize } from 'sequelize';
import type { Sealer } from '../../../secrets/index.ts';
import { defineAccounts } from './accounts.ts';
import { defineAuthentication } from './authentication.ts';
import { defineBilling } from './billing.ts';
import { defineCatalogue } from './catalogue.ts';
import { defineLedger } from './ledger.ts';
import { defineMail } from './mail.ts';
import { definePeople } from './people.ts';
import { definePrivacy } from './privacy.ts';
import { tableDefiner } from './table.ts';
import { defineWork } from './work.ts';

/** The core tables as models of one Sequelize instance, that is of one database role. */
export function defineModels(sequelize: Sequelize, currentTenant: () => string | undefined, mailSealer: Sealer) {
  const definer = tableDefiner(sequelize, currentTenant);
  return {
    ...definePeople(definer),
    ...defineAccounts(definer),
    ...defineAuthentication(definer),
    ...defineCatalogue(definer),
    ...defineWork(definer),
    ...defineBilling(definer),
    ...defineLedger(definer),
    ...defineMail(definer, mailSealer),
    ...definePrivacy(definer),
  };
}

export type CoreModels = ReturnType<typeof defineModels>;

export type { ApiKey, EmailChange, Invitation, PasswordReset, PasswordResetRequest, SignUp } from './accounts.ts';
export type {
  Passkey,
  PasskeyPurpose,
  SignInChallenge,
  SignOnFlow,
  SingleSignOn,
  TotpAuthenticator,
} from './authentication.ts';
export type { BillingCustomer, Invoice, Purchase, Subscription } from './billing.ts';
export type { Licence, LicenceSeat, Plugin, PluginVersion, Setting, TenantPlugin } from './catalogue.ts';
export type { LedgerBooking, Publisher, PublisherReversal } from './ledger.ts';
export type { Mail } from './mail.ts';
export type { Locale, Membership, MembershipRole, RefreshToken, Role, Session, Tenant, User } from './people.ts';
export type { PrivacyRequest } from './privacy.ts';
export type { AuditEntry, FileGrant, StoredFile, Task } from './work.ts';
