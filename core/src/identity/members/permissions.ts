import type { Manifest } from '@bazaar/sdk';

/** What the kernel itself lets people do in a tenant. */
export const KERNEL_PERMISSIONS = [
  { name: 'core:audit.read', title: 'Read the audit log' },
  { name: 'core:billing.manage', title: 'Buy, change and cancel plans; see invoices' },
  { name: 'core:keys.manage', title: 'Make and revoke API keys' },
  { name: 'core:licences.manage', title: 'Start trials and manage licences' },
  { name: 'core:plugins.manage', title: 'Switch plugins on and off' },
  { name: 'core:plugins.read', title: 'See the installed plugins' },
  { name: 'core:privacy.manage', title: 'Export and erase what is known of a person' },
  { name: 'core:roles.manage', title: 'Say what roles may do' },
  { name: 'core:security.manage', title: 'Decide how people sign in' },
  { name: 'core:settings.manage', title: 'Change settings' },
  { name: 'core:users.manage', title: 'Invite people and change their roles' },
  { name: 'core:users.read', title: 'See the people of the tenant' },
] as const;

/** Hold everything in their tenant. */
const ALMIGHTY: ReadonlySet<string> = new Set(['owner', 'admin']);

/** Who may come in, with what, and what is paid: operators who act as a member leave that to the tenant. */
const KEPT_BY_THE_TENANT: ReadonlySet<string> = new Set([
  'core:billing.manage',
  'core:keys.manage',
  'core:privacy.manage',
  'core:roles.manage',
  'core:security.manage',
  'core:users.manage',
]);

/** Whether an operator of the platform who acts as a member has this permission of theirs. */
export function isLentToOperators(permission: string): boolean {
  return !KEPT_BY_THE_TENANT.has(permission);
}

export interface HeldRole {
  name: string;
  builtIn: boolean;
  /** Full names, as stored with the role. */
  permissions: readonly string[];
}

type PermissionSource = Pick<Manifest, 'id' | 'permissions' | 'roles'>;

/**
 * What a person with these roles may do while these plugins are active: sorted, without repetition. A permission
 * stored with a role counts only as long as its plugin defines it; what manifests give to role names goes to the
 * built-in roles, never to a tenant's own role of the same name.
 */
export function effectivePermissions(roles: readonly HeldRole[], plugins: readonly PermissionSource[]): string[] {
  const known = new Set<string>(KERNEL_PERMISSIONS.map((permission) => permission.name));
  for (const plugin of plugins) for (const { name } of plugin.permissions ?? []) known.add(`${plugin.id}:${name}`);

  const held = new Set<string>();
  for (const role of roles) {
    if (role.builtIn && ALMIGHTY.has(role.name)) return [...known].sort();
    for (const permission of role.permissions) if (known.has(permission)) held.add(permission);
    if (!role.builtIn) continue;
    for (const plugin of plugins) {
      for (const name of givenTo(role.name, plugin)) {
        const permission = `${plugin.id}:${name}`;
        if (known.has(permission)) held.add(permission);
      }
    }
  }
  return [...held].sort();
}

function givenTo(role: string, { roles = {} }: PermissionSource): readonly string[] {
  return Object.hasOwn(roles, role) ? (roles[role as keyof typeof roles] ?? []) : [];
}
