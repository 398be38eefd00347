import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { CoreModels, Role } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import { slugOf } from '../../tenancy/index.ts';
import type { IdentityDependencies } from '../types.ts';
import { grantorOf } from './grants.ts';
import { KERNEL_PERMISSIONS } from './permissions.ts';

/** Hold everything, for ever: no tenant changes what they may do. */
const FIXED: ReadonlySet<string> = new Set(['owner', 'admin']);

export function isFixed({ name, builtIn }: Pick<Role, 'name' | 'builtIn'>): boolean {
  return builtIn && FIXED.has(name);
}

export interface PermissionGroup {
  /** `core` for the kernel's own. */
  plugin: string;
  title: string;
  permissions: { name: string; title: string }[];
}

/** A tenant's own roles, and what it adds to the built-in ones. Nobody gives a role more than they hold. */
export function createRoles({ db, changes, plugins }: IdentityDependencies) {
  /** Every permission there is, the kernel's first, then each plugin's. */
  function permissions(): PermissionGroup[] {
    const kernel = KERNEL_PERMISSIONS.map(({ name, title }) => ({ name, title }));
    const defined = plugins.all().map(({ manifest: { id, name, permissions: own = [] } }) => ({
      plugin: id,
      title: name,
      permissions: own.map((permission) => ({ name: `${id}:${permission.name}`, title: permission.title })),
    }));
    const used = defined.filter((group) => group.permissions.length > 0);
    return [{ plugin: 'core', title: 'Platform', permissions: kernel }, ...used];
  }

  /** Sorted, each once. What was there before may stay, whatever became of its plugin; what is added is checked. */
  async function checked(
    models: CoreModels,
    principal: Principal,
    wanted: readonly string[],
    before: readonly string[],
  ): Promise<string[]> {
    const known = new Set(permissions().flatMap((group) => group.permissions.map(({ name }) => name)));
    const grantor = await grantorOf(models, principal);
    for (const [index, name] of wanted.entries()) {
      if (before.includes(name)) continue;
      const pointer = `/permissions/${index}`;
      if (!known.has(name)) {
        const message = `There is no permission "${name}".`;
        throw new ApiError('invalid-input', message, { reason: 'permission-unknown', errors: [{ pointer, message }] });
      }
      if (!grantor.isOwner && !grantor.permissions.includes(name)) {
        const message = `You do not hold ${name} yourself.`;
        throw new ApiError('forbidden', message, { reason: 'more-than-yours', errors: [{ pointer, message }] });
      }
    }
    return [...new Set(wanted)].sort();
  }

  async function find(models: CoreModels, tenantId: string, name: string): Promise<Role> {
    const role = await models.Role.findOne({ where: { tenantId, name }, lock: true });
    if (!role) throw new ApiError('not-found', 'There is no such role.');
    return role;
  }

  return {
    permissions,

    async create(
      principal: Principal,
      input: { title: string; permissions: readonly string[] },
      trace: AuditTrace,
    ): Promise<string> {
      const tenantId = principal.tenant.id;
      const title = input.title.trim();
      return db.asPlatform(async (models) => {
        const taken = await models.Role.findAll({ where: { tenantId }, attributes: ['name', 'title'] });
        const name = freeName(slugOf(title).slice(0, 50), new Set(taken.map((role) => role.name)));
        if (taken.some((role) => role.title.toLowerCase() === title.toLowerCase())) {
          const message = 'There is such a role already.';
          throw new ApiError('conflict', message, { reason: 'role-exists', errors: [{ pointer: '/title', message }] });
        }
        const granted = await checked(models, principal, input.permissions, []);
        await models.Role.create({ tenantId, name, title, permissions: granted });
        await recordAudit(models, trace, {
          tenantId,
          action: 'role.created',
          entityId: name,
          detail: { title, permissions: granted },
        });
        return name;
      });
    },

    /** `permissions` of a built-in role are what the tenant adds to those that plugins give it. */
    async change(
      principal: Principal,
      name: string,
      input: { title?: string; permissions?: readonly string[] },
      trace: AuditTrace,
    ): Promise<void> {
      const tenantId = principal.tenant.id;
      await db.asPlatform(async (models) => {
        const role = await find(models, tenantId, name);
        if (isFixed(role)) {
          throw new ApiError('conflict', `${role.title} may do everything; this cannot be changed.`, {
            reason: 'role-fixed',
          });
        }
        if (role.builtIn && input.title !== undefined && input.title.trim() !== role.title) {
          const message = 'A built-in role keeps its name.';
          throw new ApiError('conflict', message, { reason: 'role-fixed', errors: [{ pointer: '/title', message }] });
        }
        const before = role.permissions;
        const title = input.title?.trim() ?? role.title;
        const granted = input.permissions ? await checked(models, principal, input.permissions, before) : before;
        await role.update({ title, permissions: granted });
        await recordAudit(models, trace, {
          tenantId,
          action: 'role.changed',
          entityId: name,
          detail: {
            title,
            added: granted.filter((permission) => !before.includes(permission)),
            removed: before.filter((permission) => !granted.includes(permission)),
          },
        });
      });
      await changes.announce('role', { tenantId });
    },

    async remove(principal: Principal, name: string, trace: AuditTrace): Promise<void> {
      const tenantId = principal.tenant.id;
      await db.asPlatform(async (models) => {
        const role = await find(models, tenantId, name);
        if (role.builtIn) {
          throw new ApiError('conflict', 'A built-in role cannot be deleted.', { reason: 'role-fixed' });
        }
        const holders = await models.MembershipRole.count({ where: { tenantId, role: name } });
        const open = await models.Invitation.findAll({
          where: { tenantId, acceptedAt: null, revokedAt: null },
          attributes: ['roles'],
        });
        const invited = open.filter(({ roles }) => roles.includes(name)).length;
        if (holders + invited > 0) {
          throw new ApiError('conflict', `${holders + invited} people have this role or are invited with it.`, {
            reason: 'role-in-use',
          });
        }
        await role.destroy();
        await recordAudit(models, trace, { tenantId, action: 'role.deleted', entityId: name });
      });
      await changes.announce('role', { tenantId });
    },
  };
}

/** The name, or with the first number behind it that is free. */
function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 2, name = wanted; ; number += 1) {
    if (!taken.has(name)) return name;
    name = `${wanted}-${number}`;
  }
}

export type Roles = ReturnType<typeof createRoles>;
