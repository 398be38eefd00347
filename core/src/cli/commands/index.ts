import type { Command } from '../command.ts';

/** A command that is loaded when it is called: most need little of the kernel. */
export interface CommandEntry {
  name: string;
  summary: string;
  load(): Promise<Command>;
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'serve',
    summary: 'Run the platform; says so in one line of JSON when it is ready.',
    load: async () => (await import('./serve.ts')).serve,
  },
  {
    name: 'config',
    summary: 'Explain every setting of the environment.',
    load: async () => (await import('./config.ts')).config,
  },
  {
    name: 'account operator',
    summary: 'Make somebody an operator of the platform, or no longer one.',
    load: async () => (await import('./account/operator.ts')).accountOperator,
  },
  {
    name: 'account reset-second-factor',
    summary: 'Take away the second factors of somebody who has lost them.',
    load: async () => (await import('./account/reset-second-factor.ts')).accountResetSecondFactor,
  },
  {
    name: 'account unlock',
    summary: 'Let somebody try to sign in again who was locked out.',
    load: async () => (await import('./account/unlock.ts')).accountUnlock,
  },
  {
    name: 'audit verify',
    summary: 'Check that the audit log is as it was written, and name what is not.',
    load: async () => (await import('./audit/verify.ts')).auditVerify,
  },
  {
    name: 'billing reconcile',
    summary: 'Compare licences with the payment provider, and mend what differs.',
    load: async () => (await import('./billing/reconcile.ts')).billingReconcile,
  },
  {
    name: 'delivery list',
    summary: 'Show the events that have not been delivered.',
    load: async () => (await import('./delivery/list.ts')).deliveryList,
  },
  {
    name: 'delivery retry',
    summary: 'Try again to deliver what was given up.',
    load: async () => (await import('./delivery/retry.ts')).deliveryRetry,
  },
  {
    name: 'licence key',
    summary: 'Make the key with which licence files are signed.',
    load: async () => (await import('./licence/key.ts')).licenceKey,
  },
  {
    name: 'licence issue',
    summary: 'Sign a licence file for an installation without a connection.',
    load: async () => (await import('./licence/issue.ts')).licenceIssue,
  },
  {
    name: 'licence import',
    summary: 'Take in a licence file.',
    load: async () => (await import('./licence/import.ts')).licenceImport,
  },
  {
    name: 'licence show',
    summary: 'Show what a licence file says, or which were taken in.',
    load: async () => (await import('./licence/show.ts')).licenceShow,
  },
  {
    name: 'plugin list',
    summary: 'Show the plugins of the platform: version, tier, state, trials, pins.',
    load: async () => (await import('./plugin/list.ts')).pluginList,
  },
  {
    name: 'plugin verify',
    summary: 'Check a plugin as an installation would.',
    load: async () => (await import('./plugin/verify.ts')).pluginVerify,
  },
  {
    name: 'plugin install',
    summary: 'Install a plugin into the running platform.',
    load: async () => (await import('./plugin/install.ts')).pluginInstall,
  },
  {
    name: 'plugin upgrade',
    summary: 'Put a newer version in the place of the one that serves, while it serves.',
    load: async () => (await import('./plugin/upgrade.ts')).pluginUpgrade,
  },
  {
    name: 'plugin rollback',
    summary: 'Return to the version that served before, or to a given one.',
    load: async () => (await import('./plugin/rollback.ts')).pluginRollback,
  },
  {
    name: 'plugin pin',
    summary: 'Keep a tenant at one version of a plugin.',
    load: async () => (await import('./plugin/pin.ts')).pluginPin,
  },
  {
    name: 'plugin canary',
    summary: 'Let some tenants try a version.',
    load: async () => (await import('./plugin/canary.ts')).pluginCanary,
  },
  {
    name: 'plugin enable',
    summary: 'Switch a plugin on for a tenant, or lift a quarantine.',
    load: async () => (await import('./plugin/enable.ts')).pluginEnable,
  },
  {
    name: 'plugin disable',
    summary: 'Switch a plugin off for a tenant.',
    load: async () => (await import('./plugin/disable.ts')).pluginDisable,
  },
  {
    name: 'plugin uninstall',
    summary: 'Stop a plugin for everybody and put its data aside.',
    load: async () => (await import('./plugin/uninstall.ts')).pluginUninstall,
  },
  {
    name: 'plugin restore',
    summary: 'Bring a plugin back that was uninstalled.',
    load: async () => (await import('./plugin/restore.ts')).pluginRestore,
  },
  {
    name: 'plugin purge',
    summary: 'Remove everything of a plugin that was uninstalled.',
    load: async () => (await import('./plugin/purge.ts')).pluginPurge,
  },
  {
    name: 'plugin operations',
    summary: 'Show what is and was done to plugins.',
    load: async () => (await import('./plugin/operations.ts')).pluginOperations,
  },
  {
    name: 'plugin types',
    summary: "Write a plugin's static contract from its manifest, tables and queries.",
    load: async () => (await import('./plugin/types.ts')).pluginTypes,
  },
  {
    name: 'plugin lock',
    summary: 'Pin plugins in plugins.lock.json as they are now.',
    load: async () => (await import('./plugin/lock.ts')).pluginLock,
  },
];
