import { lookUp } from '../extract/skills/lexicon-index.ts';
import { spellingKey } from '../extract/skills/tokens.ts';

/** One thing to look for: a skill of the lexicon, or words to be found literally. */
export interface Term {
  name: string;
  known: boolean;
  /** An everyday word ("Sales"): its mere mention counts as well. */
  everyday: boolean;
}

/** A skill as a job asks for it: any one of the alternatives will do, each of which may be several terms. */
export interface WantedSkill {
  label: string;
  alternatives: Term[][];
  /** Equal for two spellings of the same wish. */
  key: string;
}

const LEAD =
  /^(?:(?:very |strong|good|solid|proven|excellent|advanced|basic|working|deep|extensive|hands-on|in-depth|sound|expert|demonstrated|previous|relevant|sehr gute|gute|fundierte|sichere)\s+)*(?:\d{1,2}\+?\s*(?:-\s*\d{1,2}\s*)?(?:years?|yrs?|jahre)(?:'|’)?\s+(?:of\s+)?)?(?:(?:working\s+)?(?:knowledge|experience|proficiency|proficient|skilled|skills?|expertise|understanding|familiarity|familiar|competence|command|kenntnisse|erfahrung(?:en)?|connaissances?|maîtrise|conocimientos?|experiencia)\s+(?:of|in|with|using|on|im umgang mit|mit|en|de|d')\s*)?(?:the\s+)?/iu;
const TRAIL =
  /\s*(?:\(?\s*\d{1,2}\+?\s*(?:years?|yrs?|jahre)[^)]*\)?|[-–:]\s*(?:advanced|expert|intermediate|basic|required|preferred|must[- ]have|nice[- ]to[- ]have))\s*$/iu;
const NOUN =
  /\s+(?:skills?|knowledge|experience|expertise|proficiency|programming|development|framework|kenntnisse|erfahrung)$/iu;

function known(text: string): Term | null {
  const key = spellingKey(text);
  if (key === '') return null;
  const entry = lookUp(key);
  return entry ? { name: entry.name, known: true, everyday: entry.ambiguity?.kind === 'listed' } : null;
}

function term(text: string): Term {
  const plain = text.trim();
  const bare = plain.replace(LEAD, '').replace(TRAIL, '').trim();
  const inside = /\(([^)]+)\)/.exec(plain)?.[1] ?? '';
  const outside = bare.replace(/\([^)]*\)/g, ' ').trim();
  const candidates = [plain, bare, outside, outside.replace(NOUN, ''), inside];
  for (const candidate of candidates) {
    const found = candidate === '' ? null : known(candidate);
    if (found) return found;
  }
  return { name: outside === '' ? plain : outside, known: false, everyday: false };
}

/** Splits only where a part is a skill of its own: "Python or R", but not "Research and development". */
function split(text: string, at: RegExp): string[] | null {
  const parts = text
    .split(at)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.length > 1 && parts.length <= 6 && parts.some((part) => term(part).known) ? parts : null;
}

/** Understands a job's wording of a skill: aliases, remarks on proficiency, "or", "/", "and". */
export function wantedSkill(text: string): WantedSkill {
  const label = text.replace(/\s+/g, ' ').trim();
  const whole = term(label);
  let alternatives: Term[][];
  if (whole.known) alternatives = [[whole]];
  else {
    const bare = label.replace(LEAD, '').replace(TRAIL, '').trim();
    const or = split(bare, /\s*(?:\bor\b|\boder\b|\bou\b|\s\/\s|\/|\|)\s*/iu) ?? [bare];
    alternatives = or.map((part) =>
      (split(part, /\s*(?:\band\b|\bund\b|\bet\b|&|,|\+(?=\s))\s*/iu) ?? [part]).map(term),
    );
  }
  const key = alternatives
    .map((all) =>
      all
        .map((one) => one.name.toLowerCase())
        .sort()
        .join('+'),
    )
    .sort()
    .join('|');
  return { label, alternatives, key };
}

/** The wishes without repetition; what is required is not preferred as well. Blank ones are left out. */
export function wantedSkills(texts: readonly string[], except: readonly WantedSkill[] = []): WantedSkill[] {
  const seen = new Set(except.map((skill) => skill.key));
  return texts.flatMap((text) => {
    const wanted = wantedSkill(text);
    if (wanted.label === '' || seen.has(wanted.key)) return [];
    seen.add(wanted.key);
    return [wanted];
  });
}
