import { Support } from '../contract/support.ts';
import type { Call, RouteDefinition } from './call.ts';

/** A route, the parameters it heeds (see Support) and what it does. */
export function route(name: string, heeds: string, handle: (call: Call) => object): RouteDefinition {
  return { name, support: new Support(heeds), handle };
}

/** Parameters of every list. */
export const PAGED = 'limit starting_after ending_before';
