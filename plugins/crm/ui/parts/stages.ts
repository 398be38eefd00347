export interface StageFigures {
  stage: string;
  leads: number;
  estimatedValue: number;
  weightedValue: number;
}

export const STAGES = ['new', 'contacted', 'qualified', 'proposal', 'negotiation', 'converted', 'lost'] as const;

export function stageTitle(stage: string): string {
  return stage.charAt(0).toUpperCase() + stage.slice(1);
}

/** An amount in minor units, written for the reader's locale without the cents. */
export function money(minorUnits: number, currency: string): string {
  return new Intl.NumberFormat(undefined, { style: 'currency', currency, maximumFractionDigits: 0 }).format(
    minorUnits / 100,
  );
}
