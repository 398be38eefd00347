import type { Ambiguity, Kin } from '../../lexicon/skills/index.ts';
import { type LexiconEntry, lookUp } from './lexicon-index.ts';
import type { TextUnit } from './passages.ts';
import { foldWord, type Token } from './tokens.ts';

/** A spelling of the lexicon found in a text. */
export interface Occurrence {
  entry: LexiconEntry;
  unit: TextUnit;
  /** As written. */
  text: string;
  index: number;
  end: number;
  before: Token | undefined;
  after: Token | undefined;
}

const KIN_CATEGORIES: Readonly<Record<Kin, readonly string[]>> = {
  technology: [
    'Programming languages',
    'Web and frontend',
    'Backend and frameworks',
    'Mobile',
    'Games and graphics',
    'Embedded and systems programming',
    'Databases',
    'Data and AI',
    'Cloud and DevOps',
    'Testing and quality',
    'Architecture and practices',
    'Networking and systems',
    'Security',
  ],
  office: [
    'Office and productivity',
    'Marketing and communication',
    'Sales and customer service',
    'ERP and business systems',
    'Finance and accounting',
    'Human resources',
  ],
  design: ['Design and media', 'Web and frontend', 'Marketing and communication'],
  finance: ['Finance and accounting', 'ERP and business systems', 'Office and productivity', 'Human resources'],
  health: ['Healthcare and nursing'],
  logistics: ['Logistics and transport'],
  engineering: ['Manufacturing and engineering', 'Trades and construction'],
};

const CUE_BEFORE =
  /^(?:in|with|using|via|and|or|of|on|from|to|into|through|like|including|especially|mainly|primarily|mit|in|und|oder|von|auf|bei|avec|en|et|ou|con|y|o|de|advanced|expert|experienced|programmed|written|knowledge|familiar|skilled|proficient|learning|learned|microsoft|ms|adobe|modern|embedded|plain|core|raw|pure)$/;
const CUE_AFTER =
  /^(?:programming|programmer|developer|developers|development|engineer|engineers|language|services?|microservices?|backend|backends|frontend|frontends|applications?|apps?|app|framework|codebase|code|scripts?|scripting|sdk|apis?|api|library|libraries|packages?|components?|hooks|server|servers|modules?|project|projects|stack|ecosystem|native|studio|shiny|analytics|macros|vba|tables|spreadsheets?|entwickler|entwicklung|entwicklerin|programmierung|pipelines?|jobs|streaming|clusters?|cluster|workflows?|dags?|templates?|functions|macro|playbooks|recipes|manifests|charts|tests?|ehr|emr|systems?|basierte[nr]?|based|anwendungen|databases?)$/;

/** Whether an unambiguous skill of a like kind stands within reach. */
export interface Surroundings {
  /** In the same sentence or list. */
  near(occurrence: Occurrence, kin: readonly string[]): boolean;
  /** In the same paragraph. */
  nearby(occurrence: Occurrence, kin: readonly string[]): boolean;
  /** Anywhere in the document. */
  anywhere(kin: readonly string[]): boolean;
}

const ITEM_BEFORE =
  /(?:^|[,;:|•·\n\t(/&+–—[]|\s-|\b(?:and|und|et|y|or|oder|e)\s)\s*(?:(?:microsoft|ms|adobe|advanced|basic|strong|excellent|good|apache|google|intermediate|expert|proficient in|sehr gute[srn]?|gute[srn]?|fundierte|grundkenntnisse in|kenntnisse in|the)\s+)?$/iu;
const ITEM_AFTER =
  /^\s*(?:v?\d+(?:[.x+]\d*)*\+?\s*)?(?:\([^)]{0,40}\)|skills?|kenntnisse|[-–:]\s*(?:advanced|expert|intermediate|basic|beginner|proficient|sehr gut|gut|\d)[\p{L}\d +%/.]*|\d{1,2}\+?\s*(?:years?|yrs?|jahre)[^,;]*|\d{1,3}\s?%)?\s*(?:$|[,;|•·\n\t)/&+\].–—]|\s-\s|\s(?:and|und|et|y|or|oder|e)\s)/iu;

/** Whether it is a whole item of a list, by itself or with a remark on proficiency. */
function isItem({ unit, index, end }: Occurrence): boolean {
  return (
    ITEM_BEFORE.test(unit.text.slice(Math.max(0, index - 40), index)) && ITEM_AFTER.test(unit.text.slice(end, end + 60))
  );
}

function isSentenceStart({ unit, index }: Occurrence): boolean {
  return /(?:^|[.!?:•]\s*|\n)$/u.test(unit.text.slice(Math.max(0, index - 3), index).trimEnd() || '') || index === 0;
}

/** Compares with the neighbouring word only when nothing but a blank or hyphen lies between. */
function neighbour(token: Token | undefined, between: string): string {
  return token && /^[\s-]{0,2}$/.test(between) ? foldWord(token.text) : '';
}

function excluded(rule: Exclude<Ambiguity, { kind: 'listed' }>, occurrence: Occurrence): boolean {
  const { unit, before, after, index, end } = occurrence;
  const next = neighbour(after, after ? unit.text.slice(end, after.index) : ' x');
  const previous = neighbour(before, before ? unit.text.slice(before.end, index) : ' x');
  return (rule.notBefore?.test(next) ?? false) || (rule.notAfter?.test(previous) ?? false);
}

/** "Ruby Miller", "Swift Transportation": an unknown capitalised word follows. */
function beginsName({ unit, end, after }: Occurrence): boolean {
  if (!after || unit.text.slice(end, after.index) !== ' ' || !/^\p{Lu}\p{Ll}+$/u.test(after.text)) return false;
  return !CUE_AFTER.test(after.key) && lookUp(after.key) === undefined;
}

function hyphenated({ unit, index, end, after }: Occurrence): boolean {
  const before = unit.text[index - 1];
  const behind = unit.text[end];
  return before === '-' || before === '&' || behind === '&' || (behind === '-' && !CUE_AFTER.test(after?.key ?? ''));
}

/**
 * Whether an occurrence is meant as the skill. Plain spellings always are; ambiguous ones need the spelling, the
 * neighbours or the list that show it.
 */
export function isMeant(occurrence: Occurrence, around: Surroundings): boolean {
  const rule = occurrence.entry.ambiguity;
  if (!rule) return true;
  const { unit, text } = occurrence;
  const item = isItem(occurrence);
  if (rule.kind === 'listed') return item && (unit.isSkillList || around.near(occurrence, [occurrence.entry.category]));
  if (excluded(rule, occurrence)) return false;
  const spelled = rule.spellings.includes(text);
  if (rule.kind === 'cased') {
    if (unit.isSkillList && item) return true;
    if (!spelled) return false;
    const anyCase = rule.spellings.some((spelling) => spelling === spelling.toLowerCase());
    return (
      anyCase ||
      !isSentenceStart(occurrence) ||
      item ||
      around.near(occurrence, [occurrence.entry.category]) ||
      text === text.toUpperCase()
    );
  }
  const kin = KIN_CATEGORIES[rule.kin];
  if (hyphenated(occurrence)) return false;
  if (item && unit.isSkillList)
    return spelled || text.length > 1
      ? around.near(occurrence, kin) || around.anywhere(kin)
      : around.near(occurrence, kin);
  if (!spelled) return item && around.near(occurrence, kin);
  if (item && around.near(occurrence, kin)) return true;
  if (beginsName(occurrence)) return false;
  const next = neighbour(
    occurrence.after,
    occurrence.after ? unit.text.slice(occurrence.end, occurrence.after.index) : ' x',
  );
  const previous = neighbour(
    occurrence.before,
    occurrence.before ? unit.text.slice(occurrence.before.end, occurrence.index) : ' x',
  );
  if (CUE_AFTER.test(next))
    return (
      around.near(occurrence, kin) ||
      around.anywhere(kin) ||
      /^(?:programming|developer|development|language|studio|native|entwickler|entwicklung)$/.test(next)
    );
  if (CUE_BEFORE.test(previous) && (around.near(occurrence, kin) || (rule.wide && around.nearby(occurrence, kin))))
    return true;
  // "Rolled out Workday and SAP": joined to what follows.
  const joins = /^\s*(?:,|&|\/|and|or|und|et|y)\s/iu.test(unit.text.slice(occurrence.end, occurrence.end + 6));
  if (joins && !isSentenceStart(occurrence) && around.near(occurrence, kin)) return true;
  // "Chart in Epic.", "dashboards written in R,": nothing else of the kind in the sentence, but said plainly.
  return (
    /^\s*(?:$|[.,;:)])/.test(unit.text.slice(occurrence.end, occurrence.end + 3)) &&
    around.anywhere(kin) &&
    WRITTEN_IN.test(unit.text.slice(Math.max(0, occurrence.index - 80), occurrence.index))
  );
}

const WRITTEN_IN =
  /\b(?:written|coded|programmed|developed|implemented|built|scripts?|models?|analys[ei]s|applications?|services?|tools?|apps?|software|firmware|librar(?:y|ies)|cod(?:e|ing)|programming|packages?|dashboards?|statistics|anwendungen|entwicklung|entwickelt|chart(?:s|ed|ing)?|document(?:s|ed|ing|ation)?|records?)(?:\s+[^\s.;]+){0,3}\s+(?:in|using|with|mit|en|avec|con)\s*$/iu;
