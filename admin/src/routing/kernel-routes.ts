import type { ShellData } from '../api/types.ts';
import { PathPattern } from './path-pattern.ts';

/** A page of the kernel's own, by the name of its module in the table of pages. */
export type KernelPage =
  | 'home'
  | 'tasks'
  | 'plugins'
  | 'plugin'
  | 'audit'
  | 'billing'
  | 'billing-return'
  | 'billing-changed'
  | 'privacy'
  | 'own-privacy'
  | 'delivery-log'
  | 'installed'
  | 'platform-licences'
  | 'workspace'
  | 'people'
  | 'roles'
  | 'api-keys'
  | 'account'
  | 'security'
  | 'sign-in-settings'
  | 'platform-tenants'
  | 'payouts';

/** Where a page is offered: in the menu, in its part for administrators or operators, or in the person's own menu. */
export type Section = 'workspace' | 'administration' | 'platform' | 'account';

/** A step of the way to a page. */
export interface Crumb {
  title: string;
  /** Absent for what is not a page of its own. */
  path?: string;
}

export interface KernelRoute {
  page: KernelPage;
  pattern: PathPattern;
  title: string;
  icon: string;
  section: Section;
  /** The tag its module defines; the element is given `app`, `params` and `setTitle`. */
  element: `bz-${string}`;
  /** Kernel permission without which the page is not offered. */
  permission?: string;
  /** For operators of the platform only. */
  operator?: true;
  /** The page above it; a page with one is not in the menu. */
  parent?: Crumb;
}

export const KERNEL_ROUTES: readonly KernelRoute[] = [
  {
    page: 'home',
    pattern: new PathPattern('/'),
    title: 'Home',
    icon: 'house',
    section: 'workspace',
    element: 'bz-home',
  },
  {
    page: 'tasks',
    pattern: new PathPattern('/tasks'),
    title: 'Tasks',
    icon: 'list-checks',
    section: 'workspace',
    element: 'bz-tasks',
  },
  {
    page: 'plugins',
    pattern: new PathPattern('/admin/plugins'),
    title: 'Plugins',
    icon: 'puzzle',
    section: 'administration',
    element: 'bz-plugins',
    permission: 'core:plugins.read',
  },
  {
    page: 'plugin',
    pattern: new PathPattern('/admin/plugins/{plugin}'),
    title: 'Plugin',
    icon: 'puzzle',
    section: 'administration',
    element: 'bz-plugin',
    permission: 'core:plugins.read',
    parent: { title: 'Plugins', path: '/admin/plugins' },
  },
  {
    page: 'billing',
    pattern: new PathPattern('/admin/billing'),
    title: 'Billing',
    icon: 'credit-card',
    section: 'administration',
    element: 'bz-billing',
    permission: 'core:billing.manage',
  },
  {
    page: 'billing-return',
    pattern: new PathPattern('/admin/billing/return'),
    title: 'Your order',
    icon: 'credit-card',
    section: 'administration',
    element: 'bz-billing-return',
    permission: 'core:billing.manage',
    parent: { title: 'Billing', path: '/admin/billing' },
  },
  {
    page: 'billing-changed',
    pattern: new PathPattern('/admin/billing/changed'),
    title: 'Your change',
    icon: 'credit-card',
    section: 'administration',
    element: 'bz-billing-changed',
    permission: 'core:billing.manage',
    parent: { title: 'Billing', path: '/admin/billing' },
  },
  {
    page: 'workspace',
    pattern: new PathPattern('/admin/workspace'),
    title: 'Workspace',
    icon: 'building',
    section: 'administration',
    element: 'bz-workspace',
    permission: 'core:settings.manage',
  },
  {
    page: 'people',
    pattern: new PathPattern('/admin/people'),
    title: 'People',
    icon: 'users',
    section: 'administration',
    element: 'bz-people',
    permission: 'core:users.read',
  },
  {
    page: 'roles',
    pattern: new PathPattern('/admin/roles'),
    title: 'Roles',
    icon: 'user-check',
    section: 'administration',
    element: 'bz-roles',
    permission: 'core:users.read',
  },
  {
    page: 'api-keys',
    pattern: new PathPattern('/admin/api-keys'),
    title: 'API keys',
    icon: 'key-round',
    section: 'administration',
    element: 'bz-api-keys',
    permission: 'core:keys.manage',
  },
  {
    page: 'sign-in-settings',
    pattern: new PathPattern('/admin/single-sign-on'),
    title: 'Sign-in',
    icon: 'log-in',
    section: 'administration',
    element: 'bz-sign-in-settings',
    permission: 'core:security.manage',
  },
  {
    page: 'audit',
    pattern: new PathPattern('/admin/audit'),
    title: 'Audit log',
    icon: 'scroll-text',
    section: 'administration',
    element: 'bz-audit',
    permission: 'core:audit.read',
  },
  {
    page: 'privacy',
    pattern: new PathPattern('/admin/privacy'),
    title: 'Privacy',
    icon: 'shield',
    section: 'administration',
    element: 'bz-people-privacy',
    permission: 'core:privacy.manage',
  },
  {
    page: 'account',
    pattern: new PathPattern('/account'),
    title: 'Profile',
    icon: 'user-round',
    section: 'account',
    element: 'bz-account',
  },
  {
    page: 'security',
    pattern: new PathPattern('/account/security'),
    title: 'Security',
    icon: 'lock',
    section: 'account',
    element: 'bz-security',
  },
  {
    page: 'own-privacy',
    pattern: new PathPattern('/account/privacy'),
    title: 'Your data',
    icon: 'shield-check',
    section: 'account',
    element: 'bz-own-privacy',
  },
  {
    page: 'platform-tenants',
    pattern: new PathPattern('/platform/tenants'),
    title: 'Tenants',
    icon: 'building-2',
    section: 'platform',
    element: 'bz-platform-tenants',
    operator: true,
  },
  {
    page: 'installed',
    pattern: new PathPattern('/platform/plugins'),
    title: 'Installed plugins',
    icon: 'package',
    section: 'platform',
    element: 'bz-installed',
    operator: true,
  },
  {
    page: 'platform-licences',
    pattern: new PathPattern('/platform/licences'),
    title: 'Licences',
    icon: 'badge-check',
    section: 'platform',
    element: 'bz-platform-licences',
    operator: true,
  },
  {
    page: 'payouts',
    pattern: new PathPattern('/platform/payouts'),
    title: 'Payouts',
    icon: 'banknote',
    section: 'platform',
    element: 'bz-payouts',
    operator: true,
  },
  {
    page: 'delivery-log',
    pattern: new PathPattern('/platform/mail'),
    title: 'Mail',
    icon: 'mail',
    section: 'platform',
    element: 'bz-delivery-log',
    operator: true,
  },
];

/** Whether a page is there for this person. */
export function mayOpen({ permission, operator }: KernelRoute, { user }: ShellData): boolean {
  if (operator && user.isOperator !== true) return false;
  return permission === undefined || user.permissions.includes(permission);
}

/** The pages of a section that this person finds in its menu. */
export function routesOf(section: Section, shell: ShellData): KernelRoute[] {
  return KERNEL_ROUTES.filter(
    (route) => route.section === section && route.parent === undefined && mayOpen(route, shell),
  );
}
