export { type Config, readConfig } from './config.ts';
export { configurationDocument } from './config-document.ts';
export { startFromConsole } from './console.ts';
export { type Kernel, type KernelHooks, startKernel } from './kernel.ts';
export { runUntilStopped } from './run.ts';
