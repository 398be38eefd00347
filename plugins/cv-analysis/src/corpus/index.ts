import { BUSINESS_CVS } from './business.ts';
import { CARE_AND_TRADES_CVS } from './care-and-trades.ts';
import type { CorpusCv } from './expectation.ts';
import { LAYOUT_CVS } from './layouts.ts';
import { OPERATIONS_CVS } from './operations.ts';
import { TECHNOLOGY_CVS } from './technology.ts';

export type { CorpusCv } from './expectation.ts';

export const CORPUS: readonly CorpusCv[] = [
  ...TECHNOLOGY_CVS,
  ...OPERATIONS_CVS,
  ...CARE_AND_TRADES_CVS,
  ...BUSINESS_CVS,
  ...LAYOUT_CVS,
];
