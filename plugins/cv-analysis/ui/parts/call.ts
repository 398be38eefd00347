import { typedCall, type UiContext } from '@bazaar/sdk/ui';
import type { Contract } from '../../src/contract.generated.ts';

/** Calls one of the plugin's own actions with the types of its manifest. */
export const call = typedCall<Contract>();

/** Whether the person may do something; the server asks again. */
export function may(ctx: UiContext, permission: string): boolean {
  return ctx.user.permissions.includes(`cv-analysis:${permission}`);
}
