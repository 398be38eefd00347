export { createLicensing, type Licensing } from './create-licensing.ts';
export { DEFAULT_POLICY, type LicencePolicy } from './evaluate.ts';
export type { FadingLicence } from './fading.ts';
export { createLicenceBook } from './licence-book.ts';
export type { LicenceChange, LicenceWriter } from './licence-writer.ts';
export {
  createIssuerKey,
  decodeLicence,
  type OfflineLicence,
  publicPartOf,
  signLicence,
} from './offline/licence-file.ts';
export type { PaidLicence } from './paid-licence.ts';
export type { LicenceDecision, LicenceScope, Licences } from './types.ts';
