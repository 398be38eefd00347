import type { PrivacyDependencies } from '../work/index.ts';

export interface PrivacyApi extends PrivacyDependencies {
  /** A worker takes up what is due. */
  wake(): void;
}
