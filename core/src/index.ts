export { type Config, type Kernel, type RunHooks, readConfig, runUntilStopped } from './kernel/index.ts';
