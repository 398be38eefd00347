export { type Config, readConfig } from './config.ts';
export { configurationDocument } from './config-document.ts';
export { startFromConsole } from './console.ts';
export type { Kernel } from './kernel.ts';
export { type RunHooks, runUntilStopped } from './run.ts';
