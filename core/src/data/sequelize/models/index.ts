import type { Sequelize } from 'sequelize';
import { defineCatalogue } from './catalogue.ts';
import { definePeople } from './people.ts';
import { tableDefiner } from './table.ts';
import { defineWork } from './work.ts';

/** The core tables as models of one Sequelize instance, that is of one database role. */
export function defineModels(sequelize: Sequelize, currentTenant: () => string | undefined) {
  const definer = tableDefiner(sequelize, currentTenant);
  return { ...definePeople(definer), ...defineCatalogue(definer), ...defineWork(definer) };
}

export type CoreModels = ReturnType<typeof defineModels>;

export type { Licence, Plugin, PluginVersion, Setting, TenantPlugin } from './catalogue.ts';
export type { Membership, MembershipRole, RefreshToken, Role, Session, Tenant, User } from './people.ts';
export type { AuditEntry, FileGrant, StoredFile, Task } from './work.ts';
