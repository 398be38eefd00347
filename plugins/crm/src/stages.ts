/** The way of a lead (features G2). A converted lead stays converted; a lost one can be taken up again. */
export const STAGES = ['new', 'contacted', 'qualified', 'proposal', 'negotiation', 'converted', 'lost'] as const;

export type Stage = (typeof STAGES)[number];

/** Why a lead may not go from one stage to another, or `null` when it may. */
export function refusal(from: string, to: Stage): string | null {
  if (from === to) return `The lead is in stage “${to}” already.`;
  if (from === 'converted') return 'A converted lead has become a client and cannot be moved.';
  if (from === 'lost' && to !== 'new' && to !== 'contacted') {
    return 'A lost lead can only be taken up again as “new” or “contacted”.';
  }
  return null;
}
