import { typedCall } from '@bazaar/sdk/ui';
import type { Contract } from '../../src/contract.generated.ts';

/** Calls one of the plugin's own actions with the types of its manifest. */
export const call = typedCall<Contract>();
