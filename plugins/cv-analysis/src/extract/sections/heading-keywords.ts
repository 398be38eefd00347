import type { Topic } from './heading-words.ts';

/** Words that say what a heading is about, whatever else stands in it: "Where I have worked", "Mein Werdegang bisher". */
const KEYWORDS: readonly [Topic, string][] = [
  [
    'experience',
    `experiences?|employment|employers?|worked|career|positions|appointments|internships?|jobs|work history|
    \\p{L}*erfahrung(?:en)?|werdegang|laufbahn|berufs\\p{L}+|tätigkeiten|stationen|praktika|arbeitgeber|
    expériences?|emplois|carrière|stages|parcours professionnel|
    experiencias?|trayectoria|laboral(?:es)?|empleos?|esperienz[ae]|lavorativ[ae]|carriera|impieghi|
    doświadczeni\\p{L}+|zatrudnieni\\p{L}+|kariera|staże|praktyki|(?:werk)?ervaring|loopbaan|stages|
    deneyim\\p{L}*|kariyer\\p{L}*|stajlar|experiências?|percurso profissional|erfarenheter?|anställningar|erfaring`,
  ],
  [
    'education',
    `education|educational|academic|studies|schooling|degrees|qualifications|
    ausbildung(?:en)?|studium|bildung\\p{L}*|schul(?:e|en|bildung|ischer|isches)|abschlüsse|
    études|diplômes|formation(?:s)?|scolarité|educación|estudios|formación|titulación|istruzione|formazione|studi|
    wykształceni\\p{L}+|edukacja|nauka|opleiding(?:en)?|studies?|eğitim\\p{L}*|öğrenim|educação|formação|utbildning(?:ar)?|uddannelse|utdanning`,
  ],
  [
    'skills',
    `skills?|skillset|competenc(?:e|es|ies)|expertise|proficienc(?:y|ies)|strengths|abilities|toolbox|toolkit|tech(?:nology)? stack|
    \\p{L}*kenntnisse|fähigkeiten|\\p{L}*kompetenzen|fertigkeiten|stärken|
    compétences?|savoir-faire|atouts|habilidades|competencias|conocimientos|aptitudes|competenze|capacità|conoscenze|
    umiejętności|kompetencje|vaardigheden|competenties|beceri(?:ler)?\\p{L}*|yetkinlik\\p{L}*|yetenek\\p{L}*|competências|habilidades|kompetenser|färdigheter|kompetencer`,
  ],
  ['languages', `languages?|sprachen|langues|idiomas|lingue|języki|talen|diller|språk|sprog`],
  [
    'certifications',
    `certifications?|certificates?|courses|credentials|zertifikate|zertifizierungen|weiterbildung(?:en)?|fortbildung(?:en)?|kurse|
    certificats?|certificad[oa]s|certificaciones|cursos|certificazioni|corsi|certyfikaty|kursy|szkolenia|certificaten|cursussen|sertifika(?:lar)?|kurslar|certificações|kurser`,
  ],
  ['projects', `projects?|projekte|projets|proyectos|progetti|projekty|projecten|projeler|projetos`],
  ['interests', `interests|hobbies|hobbys|hobby|interessen|loisirs|aficiones|interessi|zainteresowania|hobiler`],
  ['references', `references|referees|referenzen|références|referencias|referenze|referencje|referenties|referanslar`],
  [
    'volunteering',
    `volunteering|voluntary|ehrenamt\\p{L}*|bénévolat|voluntariado|volontariato|wolontariat|vrijwilligerswerk`,
  ],
  [
    'other',
    `publications?|papers|awards|honou?rs|patents|grants|memberships?|talks|publikationen|veröffentlichungen|auszeichnungen|
    distinctions|publicaciones|premios|pubblicazioni|publikacje|nagrody|publicaties|yayınlar|ödüller|publicações`,
  ],
];

const PATTERNS = KEYWORDS.map(([topic, words]): [Topic, RegExp] => [
  topic,
  new RegExp(`(?<!\\p{L})(?:${words.replace(/\s*\n\s*/g, '')})(?!\\p{L})`, 'iu'),
]);

const MOST_WORDS = 6;

/** What a heading that no list knows is about, by its words; more than two topics are none. */
export function topicsOfKeywords(text: string): Topic[] {
  if (text.length > 60 || text.split(/\s+/).length > MOST_WORDS || /[\d@|\t]|,\s|[.!?]$/.test(text)) return [];
  const topics = PATTERNS.filter(([, pattern]) => pattern.test(text)).map(([topic]) => topic);
  return topics.length <= 2 ? topics : [];
}
