import { anyStem, type Vocabulary } from '../../lexicon/vocabularies/index.ts';
import type { EducationLevel } from '../types.ts';

interface DegreePattern {
  level: EducationLevel;
  pattern: RegExp;
}

const word = (source: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}.])(?:${source})(?![\\p{L}\\p{N}])`, 'iu');
const exact = (source: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}.])(?:${source})(?![\\p{L}\\p{N}])`, 'u');

const inOtherLanguages = (level: keyof Vocabulary['degrees']): DegreePattern => ({
  level,
  pattern: new RegExp(`(?<![\\p{L}\\p{N}.])(?:${anyStem((one) => one.degrees[level])})\\p{L}*`, 'iu'),
});

/** Highest first. Abbreviations that are also words or codes ("MA" for Massachusetts) are read only as written. */
const PATTERNS: readonly DegreePattern[] = [
  ...(['doctorate', 'master', 'bachelor', 'associate', 'secondary'] as const).map(inOtherLanguages),
  {
    level: 'doctorate',
    pattern: word(
      'ph\\.?\\s?d\\.?|d\\.?phil\\.?|doctorate|doctoral(?: degree| studies| program(?:me)?)?|doctor of [\\p{L}]+|dr\\.\\s?(?:rer|med|phil|ing|jur|oec|-ing)[\\p{L}. -]*|promoviert|dissertation an|doctorat|thèse de doctorat|docteur|doctorado|tesis doctoral|dottorato|d\\.?n\\.?p\\.?|doctor of nursing practice|pharm\\.?\\s?d\\.?|ed\\.?d\\.?|m\\.d\\.|juris doctor|j\\.d\\.|d\\.?d\\.?s\\.|d\\.?v\\.?m\\.?|d\\.?p\\.?t\\.?|doktor(?:at|grad)?|proefschrift|doutorado|doutoramento|doktora(?:t|ntura)|psy\\.?d\\.?|doktorsexamen|filosofie doktor',
    ),
  },
  {
    level: 'doctorate',
    pattern: exact('MD|JD|DO|DDS|DMD|DBA|(?<!\\p{L} )Promotion(?=\\s*$|\\s+(?:zum|zur|an|in|im)\\b|\\s*[(,:–-])'),
  },
  {
    level: 'master',
    pattern: word(
      "m\\.?\\s?sc\\.?|master(?:'s)?(?: degree)? (?:of|in|en|degree|studies|program(?:me)?|science|arts)[\\p{L} ]*|(?<!(?:scrum|web|quiz|harbou?r|tool|station|head|post|pay|quarter|task|stage)[ -]?)masters?(?! (?:data|black|yoda|plumber|electrician|card|class|mind|cicerone|carpenter|mechanic|sergeant|trainer|baker|chef|distiller|certificate|program manager))(?:'s)?|masterstudium|m\\.?b\\.?a\\.?|emba|m\\.?eng\\.?|m\\.?tech\\.?|m\\.?phil\\.?|m\\.?s\\.?n\\.?|m\\.?p\\.?h\\.?|m\\.?ed\\.?|m\\.?s\\.?w\\.?|m\\.?f\\.?a\\.?|ll\\.?m\\.?|mca|m\\.?comm?\\.?|magist(?:er|ra)|magisterstudium|studia magisterskie|mgr(?: inż)?\\.?|mestrado|laurea specialistica|doctoraalexamen|doctorandus|drs\\.|diplom(?!a\\b)(?:-?(?:ingenieur|informatiker|kaufmann|kauffrau|betriebswirt|psychologe|physiker|mathematiker|biologe|chemiker|pädagoge|volkswirt|wirtschaftsingenieur|ökonom|jurist)(?:in)?)(?! \\(fh\\))|dipl\\.?-?\\s?(?:ing|inf|kfm|kff|psych|phys|math|biol|chem|päd|vw|oec|wirt)\\p{L}*\\.?(?! \\(fh\\))|diplom(?= (?:in|informatik|wirtschaft|maschinenbau|physik|mathematik|biologie|chemie|psychologie))|studium der (?:human|zahn|tier)?medizin|humanmedizin|medizinstudium|staatsexamen|zweites staatsexamen|máster|maestría|laurea magistrale|mastère|diplôme d'ingénieur|ingénieur (?:diplômé|d'état)|bac\\s?\\+\\s?5|grande école|licenciatura (?:\\+|y) máster|m\\.s\\.|m\\.a\\.|postgraduate (?:degree|diploma)|pgce|pgdm|pg diploma|yüksek lisans|masterexamen|magisterexamen|civilingenjör(?:sexamen)?|ämneslärarexamen|mastergrad|kandidatgrad(?=$)|cand\\.\\s?\\p{L}+|mestre em",
    ),
  },
  {
    level: 'master',
    pattern: exact(
      'MBBS|M\\.?E\\.?(?=\\s*(?:\\(|in\\b))|MS(?= (?:in|degree|,)|[,:] )|MA(?= (?:in|of|\\())|(?<=^\\s*)M[AS](?= \\p{Lu}\\p{Ll})|MSN|MPA|MEng|MRes|MSc|MSci|MDes|MArch|MChem|MPhys|MMath|MBA|MIM|DESS|DEA',
    ),
  },
  {
    level: 'bachelor',
    pattern: word(
      "b\\.?\\s?sc\\.?(?:\\s*\\(?hons?\\.?\\)?)?|bachelor(?:'s)?(?: degree)? (?:of|in|en)[\\p{L} ]*|bachelor(?:s|'s)?|bachelorstudium|b\\.?eng\\.?|b\\.?tech\\.?|b\\.?s\\.?n\\.?|b\\.?comm?\\.?|b\\.?b\\.?a\\.?|b\\.?c\\.?a\\.?|b\\.?ed\\.?|b\\.?f\\.?a\\.?|ll\\.?b\\.?|b\\.?arch\\.?|b\\.?pharm\\.?|b\\.?s\\.?w\\.?|b\\.a\\.(?:a\\.)?|b\\.s\\.|b\\.e\\.|dipl\\.?-?\\s?\\p{L}+\\.?\\s?\\(fh\\)|diplom\\p{L}*[ -]?\\p{L}*\\s?\\(fh\\)|licence(?= (?:en|de|pro|professionnelle|informatique|économie|[\\p{L}]+,? université))|licence professionnelle|licenciatura|licenciad[oa]|grado en|grado universitario|diplomatura|ingeniería (?:en|informática|industrial|técnica|de)|laurea(?: triennale)?|maîtrise|bac\\s?\\+\\s?[34]|undergraduate degree|honou?rs degree|first[- ]class degree|graduado en|bakkalaureat|licencjat|studia licencjackie|inżynier|studia inżynierskie|inż\\.|hbo|bacharelado|baccalaureus|(?<!yüksek |ön ?)lisans|kandidatexamen|högskoleexamen|högskoleingenjör|sjuksköterskeexamen|bachelorgrad|bachelorgrads?studium|professionsbachelor",
    ),
  },
  {
    level: 'bachelor',
    pattern: exact(
      'B\\.?E\\.?(?=\\s*(?:\\(|in\\b))|BS(?= (?:in|degree|,)|[,:] )|BA(?= (?:in|of|\\(|degree)|[,:(] )|(?<=^\\s*)B[SA](?= \\p{Lu}\\p{Ll})|BSN|BEng|BA|BSc|BBA',
    ),
  },
  {
    level: 'associate',
    pattern: word(
      "associate(?:'s|s)?(?: degree)? (?:of|in|degree)[\\p{L} ]*|associate(?:'s|s) degree|a\\.?a\\.?s\\.?|a\\.?d\\.?n\\.?|a\\.?s\\.?n\\.?|a\\.a\\.|a\\.s\\.|foundation degree|hnd|hnc|higher national (?:diploma|certificate)|d\\.?u\\.?t\\.?|b\\.?t\\.?s\\.?|bac\\s?\\+\\s?2|técnico superior|grado superior|ciclo formativo de grado superior|fp superior|(?:nursing|rn) diploma|diploma in nursing|diploma of nursing|diploma in [\\p{L} ]+|techniker(?:in)?(?= |$|,)|staatlich geprüfte[r]? \\p{L}+|industriemeister|meister(?:brief|prüfung|schule)?|fachwirt(?:in)?|betriebswirt(?:in)? \\(ihk\\)|bilanzbuchhalter(?:in)? \\(ihk\\)|practical nursing (?:diploma|certificate|program)|diploma of (?:practical )?nursing|vocational nursing (?:diploma|program)|registered nurse diploma|ön ?lisans|yrkeshögskola\\p{L}*|akademiuddannelse",
    ),
  },
  { level: 'associate', pattern: exact('AA(?= in)|AS(?= (?:in|degree))|ADN|ASN|AAS|BTS|DUT|IUT') },
  {
    level: 'secondary',
    pattern: word(
      "high school(?: diploma)?|grade 1[0-2]|matric|intermediate(?=,| \\(| education| -)|ged|g\\.e\\.d\\.|secondary school|senior secondary|higher secondary|matriculation|a[- ]levels?|gcse'?s?|international baccalaureate|ib diploma|leaving certificate|12th(?: grade| standard| std)?|10th(?: grade| standard| std)?|class xii?|hsc|ssc|ssce|cbse|icse|abitur|allgemeine hochschulreife|fachabitur|fachhochschulreife|hochschulreife|matura|maturität|realschulabschluss|realschule|mittlere reife|mittlerer (?:schulabschluss|bildungsabschluss)|hauptschulabschluss|hauptschule|gymnasium|gesamtschule|sekundarschule|fachoberschule|berufsausbildung|ausbildung(?= (?:zur?|als|zum)\\b)|duale ausbildung|ausbildung|lehre (?:als|zum|zur)|abgeschlossene ausbildung|umschulung|baccalauréat|bac (?:pro|s|es|l|général|technologique|professionnel|sti2?d?|stmg|st2s)|lycée|c\\.?a\\.?p\\.?|b\\.?e\\.?p\\.?|bachillerato|educación secundaria|e\\.s\\.o\\.|graduado escolar|grado medio|ciclo formativo de grado medio|formación profesional|fp(?= (?:i|ii|de|en|grado))|técnico en|diploma di maturità|maturità|vocational (?:school|training|certificate|diploma)|trade school|technical school|trucking school|truck driving school|driving academy|apprenticeship|nvq|btec|t[- ]level|k-12|secundaria|preparatoria|matura|liceum(?: ogólnokształcące)?|technikum|szkoła średnia|szkoła zawodowa|zasadnicza szkoła zawodowa|vwo|havo|vmbo|mavo|mbo|ensino médio|liceo|istituto tecnico|diploma di (?:perito|ragioni\\p{L}+|geometra|scuola|istruzione secondaria|liceo)|perito (?:elettro|industriale|informatico|meccanico|agrario|chimico)\\p{L}*|attestato|gymnasieexamen|gymnasieutbildning|gymnasieskola|gymnasiet|programmet|lise(?:si)?|ensino secundário|curso profissional|12\\.?º ano|studentereksamen|videregående skole",
    ),
  },
  { level: 'associate', pattern: word('(?:advanced |higher |national |polytechnic )?diploma') },
  { level: 'secondary', pattern: exact('ESO|CAP|BEP|IHK|GED') },
];

/** The highest degree a text names, with the words that name it; `null` when it names none. */
export function readDegree(text: string): { level: EducationLevel; name: string; index: number } | null {
  for (const { level, pattern } of PATTERNS) {
    const match = pattern.exec(text);
    if (match) return { level, name: match[0].trim(), index: match.index };
  }
  return null;
}

const POST_NOMINAL: readonly [RegExp, EducationLevel][] = [
  [exact('DNP|PhD|Ph\\.D\\.?|MD|M\\.D\\.|PharmD|JD|DPT|EdD|DVM'), 'doctorate'],
  [exact('MSN|MBA|MSc|M\\.Sc\\.?|MPH|MSW|MEng|MHA|MPA'), 'master'],
  [exact('BSN|BSc|B\\.Sc\\.?|BEng|BBA'), 'bachelor'],
  [exact('ADN|ASN'), 'associate'],
];

/** Degrees that stand behind a person's name ("Jane Doe, MSN, RN"). */
export function postNominalLevel(text: string): EducationLevel | null {
  return POST_NOMINAL.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
