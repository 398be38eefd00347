import { BUSINESS } from './ambiguity-business.ts';
import { TRADES_AND_CARE } from './ambiguity-care.ts';
import type { Ambiguity } from './ambiguity-rules.ts';
import { TECHNOLOGY } from './ambiguity-technology.ts';

const SOFT: Record<string, Ambiguity> = Object.fromEntries(
  (
    'communication;kommunikation;comunicación;collaboration;führung;liderazgo;accuracy;flexibility;flexibilität;' +
    'flexibilidad;organization;organisation;organización;presentations;präsentationen;presenting;creativity;' +
    'kreativität;créativité;creatividad;empathy;empathie;empatía;compassion;reliability;zuverlässigkeit;fiabilité;' +
    'initiative;resilience;belastbarkeit;autonomy;autonomie;delegation;adaptability;adaptabilité;adaptabilidad;' +
    'sorgfalt;supervision;leadership;prioritization;prioritisation;punctuality;pünktlichkeit;dependability;' +
    'negotiations;negotiating;negotiation;négociation;negociación;team lead;teamleitung;team management'
  )
    .split(';')
    .map((spelling): [string, Ambiguity] => [spelling, { kind: 'listed' }]),
);

/** Spelling (lower case, as in the lexicon) → when it is a skill. */
export const AMBIGUITIES: Readonly<Record<string, Ambiguity>> = {
  ...TECHNOLOGY,
  ...BUSINESS,
  ...TRADES_AND_CARE,
  ...SOFT,
};

/** Phrases that swallow a skill's spelling without being that skill. */
export const STOP_PHRASES: readonly string[] = [
  'vitamin c',
  'vitamin d3',
  'hepatitis c',
  'grade c',
  'class c',
  'c level',
  'c suite',
  'c section',
  'c sections',
  'c arm',
  'c diff',
  'r d',
  'r&d',
  'go live',
  'go lives',
  'go getter',
  'go to',
  'on the go',
  'swift code',
  'spring break',
  'spring semester',
  'spring cleaning',
  'excel at',
  'excel in',
  'react to',
  'access to',
  'word of mouth',
  'access control systems',
  'express entry',
  'federal express',
  'american express',
  'spark plugs',
  'less than',
  'ajax ontario',
  'oracle park',
  'wasm cleaning',
  'angular momentum',
  'rest of',
  'make or buy',
  'soap opera',
  'java island',
  'ruby tuesday',
  'call of duty',
  'social media influencer',
  'c class',
  'type c',
  'usb c',
  'plan c',
  'chef de',
  'customs officer',
  'home care products',
  'data entry level',
  'sap flow',
  'access badge',
  'access badges',
  'unity point',
  'unity health',
  'epic games',
  'sage femme',
  'objective c suite',
  'non retail',
  'sales tax',
  'master data',
  'research and development',
];
