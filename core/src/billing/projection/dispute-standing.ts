export type DisputeState = 'open' | 'won' | 'lost';

const WEIGHT: readonly DisputeState[] = ['lost', 'open', 'won'];

/** How several disputes stand together: what a bank keeps outweighs what it only holds. Pure. */
export function disputeStanding(disputes: readonly { state: DisputeState }[]): DisputeState | null {
  return WEIGHT.find((weight) => disputes.some(({ state }) => state === weight)) ?? null;
}
