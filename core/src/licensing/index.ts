export { createLicensing, type Licensing } from './create-licensing.ts';
export type { LicensingDependencies, PluginCatalogue } from './dependencies.ts';
export { DEFAULT_POLICY, evaluate, type LicenceKind, type LicencePolicy, type LicenceRecord } from './evaluate.ts';
export type { LicenceDecision, LicenceState, Licences } from './types.ts';
