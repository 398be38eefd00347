export { type Config, type Kernel, type KernelHooks, readConfig, startKernel } from './kernel/index.ts';
