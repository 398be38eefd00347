import { BUSINESS } from './business.ts';
import { CARE } from './care.ts';
import { CLOUD } from './cloud.ts';
import { DATA } from './data.ts';
import { INDUSTRY } from './industry.ts';
import { OFFICE_AND_SALES } from './office-sales.ts';
import type { LexiconSkill } from './skill-lines.ts';
import { SOFTWARE } from './software.ts';

export { AMBIGUITIES, STOP_PHRASES } from './ambiguity.ts';
export type { Ambiguity, Kin } from './ambiguity-rules.ts';
export { SKILL_FAMILIES } from './families.ts';
export type { LexiconSkill } from './skill-lines.ts';

export const SKILLS: readonly LexiconSkill[] = [
  ...SOFTWARE,
  ...DATA,
  ...CLOUD,
  ...BUSINESS,
  ...OFFICE_AND_SALES,
  ...INDUSTRY,
  ...CARE,
];
