import type { EntrancePage } from '../routing/entrance-routes.ts';
import type { KernelPage } from '../routing/kernel-routes.ts';

/** Where the element of each of the kernel's pages is defined. Fetched when the page is first opened. */
export const PAGE_MODULES: Readonly<Record<KernelPage | EntrancePage, () => Promise<unknown>>> = {
  home: () => import('./home.ts'),
  tasks: () => import('./tasks.ts'),
  plugins: () => import('./plugins/plugins-page.ts'),
  plugin: () => import('./plugins/plugin-page.ts'),
  workspace: () => import('./workspace/workspace-page.ts'),
  people: () => import('./people/people-page.ts'),
  roles: () => import('./roles/roles-page.ts'),
  'api-keys': () => import('./api-keys/api-keys-page.ts'),
  account: () => import('./account/account-page.ts'),
  security: () => import('./security/security-page.ts'),
  'sign-in-settings': () => import('./security/sign-in-settings-page.ts'),
  'platform-tenants': () => import('./tenants/tenants-page.ts'),
  audit: () => import('./audit.ts'),
  payouts: () => import('./payouts/payouts-page.ts'),
  installed: () => import('./installed/installed-page.ts'),
  'platform-licences': () => import('./licences/platform-page.ts'),
  billing: () => import('./billing/billing-page.ts'),
  'billing-return': () => import('./billing/return-page.ts'),
  'billing-changed': () => import('./billing/changed-page.ts'),
  privacy: () => import('./privacy/people-privacy.ts'),
  'own-privacy': () => import('./privacy/own-privacy.ts'),
  'delivery-log': () => import('./mail/delivery-log.ts'),

  'single-sign-on': () => import('./security/single-sign-on-entrance.ts'),
  mailbox: () => import('./mail/mailbox.ts'),
  certificate: () => import('./privacy/certificate.ts'),
  'sign-up': () => import('./entrance/sign-up.ts'),
  'forgot-password': () => import('./entrance/forgot-password.ts'),
  'reset-password': () => import('./entrance/reset-password.ts'),
  'verify-email': () => import('./entrance/verify-email.ts'),
  'confirm-email': () => import('./entrance/confirm-email.ts'),
  invitation: () => import('./entrance/invitation.ts'),
};
