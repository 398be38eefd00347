export { deriveKey } from './derive-key.ts';
export { createSealer, type Sealer } from './sealer.ts';
