import { refusal, STAGES, type Stage } from '../../src/stages.ts';

export { STAGES };

export function stageTitle(stage: string): string {
  return stage.charAt(0).toUpperCase() + stage.slice(1);
}

/** Where a lead stands, and where it may go from there. */
export function stagesFrom(stage: string): Stage[] {
  return STAGES.filter((other) => other === stage || refusal(stage, other) === null);
}
