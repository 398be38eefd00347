import type { Page } from '../../api/types.ts';
import type { App } from '../../app/app.ts';
import type { RoleView } from './types.ts';

/** All roles of the tenant: the mighty first, then the others of the platform, then the tenant's own. */
export async function readRoles(app: App): Promise<RoleView[]> {
  const roles: RoleView[] = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await app.api.json<Page<RoleView>>('GET', `/api/roles?limit=100${query}`);
    roles.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return roles.toSorted(byMight);
}

function rank({ name, fixed, builtIn }: RoleView): number {
  if (fixed) return name === 'owner' ? 0 : 1;
  return builtIn ? 2 : 3;
}

export function byMight(left: RoleView, right: RoleView): number {
  return rank(left) - rank(right) || left.title.localeCompare(right.title);
}

/** Whether somebody with these permissions may give a role: nobody gives more than they hold. */
export function mayGive(role: RoleView, given: { permissions: readonly string[]; isOwner: boolean }): boolean {
  if (given.isOwner) return true;
  if (role.fixed && role.name === 'owner') return false;
  return role.permissions.every((permission) => given.permissions.includes(permission));
}
