import { anyWord } from '../lexicon/vocabularies/index.ts';

/**
 * Attributes that must never decide on a person (birth, gender, marital status, religion, health, nationality,
 * reservation category, work authorisation, driving licence): lines that state them are kept out of the structured
 * data, the passages and the search index.
 */
const LABELS =
  '(?:date of birth|birth\\s?date|birthday|d\\.?\\s?o\\.?\\s?b\\.?|born|place of birth|age|gender|sex|marital status|civil status|family status|children|' +
  "religion|caste|category|nationality|citizenship|ethnicity|race|disability|disabled|blood group|father(?:'s)? name|mother(?:'s)? name|husband(?:'s)? name|spouse|passport(?: no| number)?|" +
  "work (?:authori[sz]ation|permit)|visa(?: status)?|immigration status|right to work|driv(?:ing|er'?s?)\\s+licen[cs]e|licen[cs]e class|" +
  'geburtsdatum|geboren(?: am)?|geb\\.|geburtsort|alter|geschlecht|familienstand|kinder|konfession|religion|staatsangehörigkeit|nationalität|führerschein(?:klassen?)?|arbeitserlaubnis|aufenthaltstitel|schwerbehinderung|' +
  'date de naissance|né(?:e)? le|lieu de naissance|âge|sexe|situation (?:familiale|matrimoniale)|état civil|nationalité|permis(?: de conduire)?|' +
  'fecha de nacimiento|lugar de nacimiento|nacid[oa]|edad|sexo|género|estado civil|nacionalidad|carn[eé]t? de conducir|permiso de conducir|permiso de trabajo|' +
  'data di nascita|nato il|nata il|stato civile|nazionalità|patente|geboortedatum|nationaliteit|rijbewijs|data de nascimento|estado civil|' +
  'luogo di nascita|cittadinanza|sesso|geboorteplaats|burgerlijke staat|geslacht|naturalidade|carta de condução|' +
  'data urodzenia|miejsce urodzenia|stan cywilny|narodowość|obywatelstwo|płeć|prawo jazdy|' +
  'doğum tarihi|doğum yeri|medeni (?:hali?|durumu?)|uyru(?:k|ğu)|cinsiyeti?|askerlik(?: durumu)?|sürücü belgesi|ehliyet|' +
  'födelsedatum|född|födelseort|personnummer|civilstånd|medborgarskap|nationalitet|kön|körkort|' +
  'fødselsdato|fødselsår|født|statsborgerskap|statsborgerskab|sivilstand|sivilstatus|civilstatus|nasjonalitet|førerkort|kørekort|' +
  `${anyWord((one) => one.sensitive)})`;

const LABELLED = new RegExp(
  `^\\s*(?:${LABELS}(?:\\s*[:\\t]|\\s+[–-]\\s)|(?:age|aged|alter|edad|âge|d\\.?o\\.?b\\.?)\\s+\\d)`,
  'iu',
);
const WITHIN = new RegExp(`(?:^|[|;,•\\t]\\s*|\\s{2})${LABELS}\\s*:[^|;•\\t]*`, 'giu');
const STANDALONE =
  /^\s*(?:(?:happily\s+)?married|single|divorced|widowed|male|female|verheiratet|ledig|geschieden|verwitwet|männlich|weiblich|marié(?:e)?|célibataire|pacsé(?:e)?|casad[oa]|solter[oa]|divorciad[oa]|non-binary)(?:\s*[,;/].*)?\s*$/iu;
const DRIVING =
  /driv(?:ing|er['s]*)\s+licen[cs]e|\bCDL\b|commercial driver['s]*\s+licen[cs]e|führerschein|\bFS[- ]Klasse|permis de conduire|permis\s+[BCDE]\b|carn[eé]t? de conducir|permiso de conducir|\brijbewijs\b|(?<!\p{L})(?:körkort|førerkort|kørekort|ehliyet|sürücü belgesi|prawo jazdy|carta de condução)|patente\s+(?:di guida|[ABCDE]\b)/iu;
const BORN =
  /(?<!\p{L})(?:born|geboren|geb\.|née?|nacid[oa]|nat[oa])\s*(?:(?:on|am|le|el|il)\s+)?(?:\d|(?:in|en|à|a)\s+\p{Lu})/iu;

/** A full date on a line of its own, with or without a place: the German way to state one's birth. */
const BIRTH_DATE =
  /^\s*[*(]?\s*\d{1,2}\.\s?(?:\d{1,2}\.|\p{L}+)\s?(?:19|20)\d\d(?:\s*,?\s*(?:in\s+)?\p{Lu}[\p{L}-]+)?\s*\)?\s*$/u;

/** Whether the line states nothing but a sensitive attribute. */
export function isSensitive(text: string): boolean {
  return LABELLED.test(text) || BIRTH_DATE.test(text) || STANDALONE.test(text) || (BORN.test(text) && text.length < 80);
}

/** Whether a text speaks of a driving licence, which is never recorded and never scored. */
export function isDrivingLicence(text: string): boolean {
  return DRIVING.test(text);
}

/** The text without the sensitive attributes stated in it; empty when nothing else was said. */
export function withoutSensitive(text: string): string {
  if (isSensitive(text)) return '';
  return text.replace(WITHIN, ' ').trim();
}
