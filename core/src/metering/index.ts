export { createMetering } from './create-metering.ts';
export type { Metering, MeteringOptions, SandboxFigures } from './types.ts';
