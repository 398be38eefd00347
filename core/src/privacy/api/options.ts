import type { PrivacyDependencies } from '../work/index.ts';
import type { Renewals } from '../workspace/renewals.ts';

export interface PrivacyApi extends PrivacyDependencies {
  /** A worker takes up what is due. */
  wake(): void;
  renewals: Renewals;
}
