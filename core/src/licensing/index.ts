export { createLicensing, type Licensing } from './create-licensing.ts';
export { DEFAULT_POLICY } from './evaluate.ts';
export type { LicenceDecision, Licences } from './types.ts';
