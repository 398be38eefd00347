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
    name: 'plugin types',
    summary: "Write a plugin's static contract from its manifest, tables and queries.",
    load: async () => (await import('./plugin-types.ts')).pluginTypes,
  },
  {
    name: 'plugin verify',
    summary: 'Check a plugin as an installation would.',
    load: async () => (await import('./plugin-verify.ts')).pluginVerify,
  },
  {
    name: 'plugin lock',
    summary: 'Pin plugins in plugins.lock.json as they are now.',
    load: async () => (await import('./plugin-lock.ts')).pluginLock,
  },
];
