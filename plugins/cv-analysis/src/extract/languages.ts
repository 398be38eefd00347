import { LANGUAGE_NAMES } from '../lexicon/languages.ts';
import { anyStem, entriesOf, VOCABULARIES, type Vocabulary } from '../lexicon/vocabularies/index.ts';
import { passageOf } from './lines.ts';
import { linesAbout, type PlacedLine } from './sections/split-sections.ts';
import type { SpokenLanguage } from './types.ts';

type Level = SpokenLanguage['level'];

const LEVELS: readonly [RegExp, Exclude<Level, null>][] = [
  [
    /(?<!\p{L})(?:native or bilingual|native|mother ?tongue|first language|home language|lingua madre|idioma materno|bilingual|muttersprach\p{L}*|bilingue|langue maternelle|maternelle|nativ[oa]|lengua materna|materna|madrelingua|moedertaal|língua materna|ana ?dil\p{L}*|modersmål\p{L}*|morsmål\p{L}*|ojczyst\p{L}*|l1)/iu,
    'native',
  ],
  [/\bC2\b/iu, 'C2'],
  [/\bC1\b/iu, 'C1'],
  [/\bB2\b/iu, 'B2'],
  [/\bB1\b/iu, 'B1'],
  [/\bA2\b/iu, 'A2'],
  [/\bA1\b/iu, 'A1'],
  [
    /(?<!\p{L})(?:limited working|good working knowledge|upper[- ]intermediate|gut(?:e)?(?: kenntnisse)?|avanzado medio|bon(?:ne)? niveau|intermédiaire avancé|goed|buono|bom|boa|iyi|goda?(?: kunskaper)?|god|dobr\p{L}*|średnio ?zaawansowan\p{L}*|good)(?!\p{L})/iu,
    'B2',
  ],
  [
    /\b(?:full professional|professional working|professional|proficient|advanced|business fluent|fluent|fluency|fluently|verhandlungssicher\p{L}*|fließend\p{L}*|fliessend\p{L}*|sehr gut\p{L}*|very good|excellent|courant|couramment|ileri|akıcı|çok iyi|flytande|flytende|flydende|mycket goda?|meget god|avancerad|avancé|professionnel|fluido|fluida|avanzado|avanzada|alto|fluente|avanzato|vloeiend|uitstekend|zeer goed|ottimo|avançado|biegł\p{L}*|płynn\p{L}*|zaawansowan\p{L}*|bardzo dobr\p{L}*|working proficiency)/iu,
    'C1',
  ],
  [
    /(?<!\p{L})(?:limited|intermediate|conversational|mittel\p{L}*|mittlere|konversationssicher|intermédiaire|medio|intermedio|moyen|working knowledge|independent|fair|redelijk|matig|intermediário|razoável|orta|medelgod\p{L}*|mellannivå|middels|discreto|sufficiente|średni\p{L}*|komunikatywn\p{L}*)/iu,
    'B1',
  ],
  [
    /\b(?:elementary|basic|basics|beginner|grundkenntnisse|anfänger|notions|débutant|scolaire|básico|básica|elemental|principiante|schulkenntnisse|grundlagen|bases|novice|basis|basiskennis|base|scolastico|noções|temel|başlangıç|grundläggande|grunnleggende|grundlæggende|nybörjare|podstaw\p{L}*|początkując\p{L}*|débutante)/iu,
    'A2',
  ],
];

/** "good" must not hide "very good"; `sehr gut` must not be read as `gut`. */
const ORDER: readonly [RegExp, Exclude<Level, null>][] = [
  ...LEVELS.slice(0, 7),
  [
    /\b(?:sehr gut\p{L}*|very good|zeer goed|çok iyi|mycket goda?|meget god|bardzo dobr\p{L}*|full professional|professional working)/iu,
    'C1',
  ],
  [/\blimited working/iu, 'B1'],
  ...LEVELS.slice(7),
];
/** The table of a Europass: "LISTENING B1 READING B1 …". */
const CEFR = /\b[ABC][12]\b/;
/** So many of these leave no doubt: CEFR levels, "very good" in full. */
const SURE = 9;

const stem = (stems: string): RegExp => new RegExp(`(?<!\\p{L})(?:${stems})\\p{L}*`, 'giu');

/** Levels in the languages of the vocabularies: the longest words that fit decide, "středně pokročilý" before "pokročilý". */
const STEMS_OF_LEVELS = (['native', 'C1', 'B2', 'B1', 'A2'] as const).map(
  (level: keyof Vocabulary['levels']) => [stem(anyStem((one) => one.levels[level])), level] as const,
);

function levelByStem(text: string): Level {
  let longest = 0;
  let found: Level = null;
  for (const [pattern, level] of STEMS_OF_LEVELS) {
    for (const [words] of text.matchAll(pattern)) {
      if (words.length <= longest) continue;
      longest = words.length;
      found = level;
    }
  }
  return found;
}

const NAMES = [...LANGUAGE_NAMES.keys()].sort((a, b) => b.length - a.length);
const STEMS: readonly [RegExp, string][] = VOCABULARIES.flatMap(({ spoken }) =>
  Object.entries(spoken).map(([language, stems]): [RegExp, string] => [
    new RegExp(`^(?:ال)?(?:${entriesOf(stems).join('|')})`, 'iu'),
    language,
  ]),
);
const LANGUAGE = new RegExp(
  `(?<![\\p{L}])(?:(?:${NAMES.join('|')})(?![\\p{L}])|(?:ال)?(?:${VOCABULARIES.flatMap(({ spoken }) => Object.values(spoken).flatMap(entriesOf)).join('|')})\\p{L}*)`,
  'giu',
);
const IN_PROSE = new RegExp(
  `\\b(?:fluent|fluency|proficient|native speaker (?:of|in)|native|bilingual|speaks?|speaking|conversational|verhandlungssicher\\p{L}*|fließend\\p{L}*|muttersprache|mother tongues?|first language|langues? maternelles?|lengua materna|madrelingua|moedertaal|język ojczysty)(?:\\(s\\))?\\s*:?\\s+(?:in\\s+|knowledge of\\s+)?(?:both\\s+)?((?:(?:${NAMES.join('|')})(?:\\s*(?:,|and|&|und|/)\\s*)?)+)|((?:${NAMES.join('|')}))\\s*[(:–-]\\s*(?:native|fluent|mother tongue|muttersprache|fließend|verhandlungssicher|[ABC][12]\\b)`,
  'giu',
);

function levelOf(text: string): Level {
  const sure = ORDER.slice(0, SURE).find(([pattern]) => pattern.test(text))?.[1];
  return sure ?? levelByStem(text) ?? ORDER.slice(SURE).find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

function canonical(name: string): string | null {
  return LANGUAGE_NAMES.get(name.toLowerCase()) ?? STEMS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** Languages of one line with the level that stands beside each: behind it as a rule, before it in "fluent German". */
function fromLine(read: PlacedLine): SpokenLanguage[] {
  // The Turkish capital İ is no capital i to a pattern.
  const line = { ...read, text: read.text.replaceAll('İ', 'I') };
  const matches = [...line.text.matchAll(LANGUAGE)];
  return matches.flatMap((match, index) => {
    const language = canonical(match[0]);
    if (!language) return [];
    const next = matches[index + 1]?.index ?? line.text.length;
    const behind = line.text.slice(match.index + match[0].length, next);
    const previous = matches[index - 1];
    const ahead = line.text.slice(previous ? previous.index + previous[0].length : 0, match.index);
    // "Fluent in English and German; basic French": the level stands ahead and holds for the whole list.
    const first = matches[0] ? line.text.slice(0, matches[0].index) : '';
    const leads = levelOf(first) !== null;
    const level = leads
      ? (levelOf(ahead) ??
        (/[;.]/.test(ahead)
          ? null
          : (levelOf(line.text.slice(0, match.index).split(/[;.]/).at(-1) ?? '') ?? levelOf(first))))
      : levelOf(behind);
    return [{ language, level, passage: passageOf(read) }];
  });
}

/** "German (native), English", "(fluent), Czech": a level whose language stands at the end of the line above. */
function unwrapped(lines: readonly PlacedLine[]): PlacedLine[] {
  const joined: PlacedLine[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    if (before && /^\([^)]+\)/.test(line.text) && before.section === line.section)
      joined[joined.length - 1] = { ...before, text: `${before.text} ${line.text}` };
    else joined.push(line);
  }
  return joined;
}

/** Spoken languages with their levels; in prose only where the words leave no doubt ("fluent in Spanish"). */
export function readLanguages(placed: readonly PlacedLine[]): SpokenLanguage[] {
  const found = new Map<string, SpokenLanguage>();
  const add = (one: SpokenLanguage): void => {
    const known = found.get(one.language);
    if (!known) found.set(one.language, one);
    else if (known.level === null && one.level !== null) found.set(one.language, { ...one, passage: known.passage });
  };
  const headed = linesAbout(placed, 'languages').filter((line) => line.text.length < 300);
  const own = unwrapped(headed);
  own.forEach((line, index) => {
    const languages = fromLine(line);
    for (const one of languages) add(one);
    // A level on a line of its own belongs to the language above.
    const before = own[index - 1];
    const above = before ? fromLine(before).at(-1) : undefined;
    if (languages.length === 0 && above && above.level === null && (line.text.length < 50 || CEFR.test(line.text)))
      add({ ...above, level: levelOf(line.text) });
  });
  for (const line of placed) {
    if (headed.includes(line) || line.topics.includes('references')) continue;
    for (const match of line.text.matchAll(IN_PROSE)) {
      const sentence = line.text.slice(match.index).split(/[.!?](?:\s|$)/)[0] ?? '';
      for (const one of fromLine({ ...line, text: sentence })) add({ ...one, passage: passageOf(line) });
    }
  }
  return [...found.values()];
}
