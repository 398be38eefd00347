export const STAGES = ['new', 'contacted', 'qualified', 'proposal', 'negotiation', 'converted', 'lost'] as const;

export function stageTitle(stage: string): string {
  return stage.charAt(0).toUpperCase() + stage.slice(1);
}
