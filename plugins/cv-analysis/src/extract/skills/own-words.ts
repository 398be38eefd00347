import type { Occurrence } from './judge.ts';
import type { TextUnit } from './passages.ts';

/** Ends of what is denied or wished for: "no experience with PHP, but years of Java". */
const TURN = /(?<!\p{L})(?:but|however|aber|jedoch|mais|pero|maar|ale|ma|mas)(?!\p{L})/iu;
const SENTENCE = /[.!?;](?=\s|$)/u;

/** "No experience with", "ohne Kenntnisse in": the word denied comes some words later. */
const LACKING =
  /(?<!\p{L})(?:no|without|lack(?:s|ing)?|never (?:used|worked)|not (?:yet )?(?:familiar|experienced|worked|proficient)|keine?|ohne|pas d['e]|sin|aucune|geen|bez|brak|senza|sem)\s+(?:[\p{L}-]+\s+){0,3}(?:experience|knowledge|skills|erfahrung(?:en)?|kenntnisse|expérience|experiencia|ervaring|doświadczenia|esperienza|experiência|with|in|mit|met|z)(?!\p{L})/iu;

/** "I do not know", "not interested in", "never used". */
const DENIED =
  /(?<!\p{L})(?:(?:do|does|did)(?: not|n't) (?:yet )?(?:know|use|have|work with|program|speak|want)|cannot|can't|not (?:yet )?(?:know|interested in|looking for|available for)|no interest in|never (?:used|worked with|touched|learn(?:ed|t))|kein interesse an|nicht interessiert an|ne (?:connais|maîtrise|parle|souhaite) pas|pas intéressée? par|no (?:conozco|domino|sé|me interesa)|nie (?:znam|umiem|interesuje mnie)|geen interesse in|non (?:conosco|so usare|mi interessa)|não (?:conheço|domino|sei))(?!\p{L})/iu;

/** "Currently learning", "want to learn:"; what follows is wished for. "Eager to learn, Java" wishes for nothing. */
const WISHED =
  /(?<!\p{L})(?:(?:currently|now|presently|am|i'm|still|started|begun) (?:self-)?(?:learning|studying|teaching myself)|(?:want|wish|hope|love|like|keen|eager|plan|planning|looking|willing|aim|aspire) to (?:learn|study|explore|get into|pick up|try|move into)|(?:interested in|looking forward to) (?:learning|exploring|trying)|lerne (?:gerade|derzeit|aktuell|zurzeit|momentan)|(?:gerade|derzeit|aktuell) im selbststudium|(?:souhaite|veux|voudrais|aimerais|envie d') ?(?:apprendre|découvrir)|(?:j'apprends|apprends actuellement|en cours d'apprentissage)|(?:quiero|quisiera|me gustaría|deseo) aprender|(?:estoy|actualmente) aprendiendo|(?:chcę|chciał[\p{L}]*) (?:się )?(?:nauczyć|uczyć|poznać)|(?:obecnie )?uczę się|vorrei imparare|sto imparando|(?:quero|gostaria de) aprender|(?:wil|graag) leren|ben nu aan het leren)(?!\p{L})(?!\s*[,)&|•·]|\s+(?:and|und|et|y|e|en|i)\s)/iu;
/** "Learning: Go, Kotlin" as the label of a list. */
const WISH_LABEL = /^\s*(?:(?:currently |now )?learning|to learn|lernziele|en cours|aprendiendo)\s*[:–—-]/iu;
/** The verb stands last: "möchte Rust lernen". */
const WISH_AHEAD = /(?<!\p{L})(?:möchte|will|würde gerne?|wil|zou graag)(?!\p{L})/iu;
const WISH_BEHIND = /^[^.;\n]{0,60}(?<!\p{L})(?:er)?lernen|^[^.;\n]{0,60}(?<!\p{L})leren(?!\p{L})/iu;

/** The reader's, as in a letter: "your SAP roll-out", "Ihre SAP-Einführung". */
const YOURS = /(?<!\p{L})(?:[Yy]our|Ihr(?:e[rnms]?)?|[Vv]otre|[Vv]os|[Uu]w|Państwa)\s+(?:[\p{L}-]+\s+)?$/u;
/** "My colleague wrote the Java backend." */
const OTHERS =
  /^\s*(?:my|meine?|mon|ma|mes|mi|mis|mój|moja|mijn)\s+(?:colleagues?|co-?workers?|teammates?|kolleg(?:e|in|en|innen)|collègues?|compañer[oa]s?|kolega|koleżanka|collega'?s?)(?!\p{L})(?!\s+(?:and|und|et|y|i|en)\s)/iu;

/** Whether a line break within a text is where a line was too long, and not the end of an item. */
function isWrapped(unit: TextUnit, place: number): boolean {
  if (/^\s*\p{Ll}/u.test(unit.text.slice(place + 1))) return true;
  const above = unit.lines.findLast(({ start }) => start <= place)?.line;
  return !unit.isSkillList && above !== undefined && above.width > 0 && above.full;
}

/** The sentence up to the occurrence, over wrapped lines. */
function sentenceUpTo({ unit, index }: Occurrence): string {
  const from = Math.max(0, index - 200);
  const text = unit.text
    .slice(from, index)
    .replace(/\n/g, (_mark, place: number) => (isWrapped(unit, from + place) ? ' ' : '. '));
  return text.split(SENTENCE).at(-1) ?? '';
}

/** Whether the text says of the skill that the person has it not, wishes for it, or that it is another's. */
export function isNotTheirs(occurrence: Occurrence): boolean {
  const sentence = sentenceUpTo(occurrence);
  const clause = sentence.split(TURN).at(-1) ?? '';
  const behind = occurrence.unit.text.slice(occurrence.end, occurrence.end + 80);
  return (
    LACKING.test(clause) ||
    DENIED.test(clause) ||
    WISHED.test(clause) ||
    WISH_LABEL.test(sentence) ||
    (WISH_AHEAD.test(clause) && WISH_BEHIND.test(behind)) ||
    YOURS.test(sentence) ||
    OTHERS.test(sentence)
  );
}
