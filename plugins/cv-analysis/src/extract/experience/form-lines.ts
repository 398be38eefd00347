import type { PlacedLine } from '../sections/split-sections.ts';

const EMPLOYER = `company(?: name)?|employer|organi[sz]ation|firma|arbeitgeber|entreprise|empresa|client|kunde|
  name und adresse des arbeitgebers|name and address of employer|nom et adresse de l'employeur|
  nombre y dirección de(?:l empleador| la empresa(?: o empleador)?)|nome e indirizzo del datore di lavoro|
  nazwa i adres pracodawcy|nome e (?:morada|endereço) do empregador|naam en adres van (?:de )?werkgever|
  numele și adresa angajatorului|employeur|datore di lavoro|azienda|pracodawca|empregador|werkgever|bedrijf|işveren|şirket|arbetsgivare`;
const TITLE = `position|title|job title|role|designation|funktion|tätigkeit|poste|puesto|cargo|beruf oder funktion|
  occupation or position held|position held|fonction ou poste occupé|profesión o cargo desempeñado|
  lavoro o posizione ricoperti|zajmowane stanowisko|função ou cargo ocupado|functie of beroep|beroep of functie|
  funcția sau postul ocupat|stanowisko|posizione|mansione|functie|pozisyon|unvan|função|befattning`;
const oneLine = (words: string): string => words.replace(/\s*\n\s*/g, '');

/** What stands before the employer's name in a form. */
export const EMPLOYER_LABEL = new RegExp(`^(?:${oneLine(EMPLOYER)})\\s*(?::|\\t)\\s*`, 'iu');
/** What stands before the title in a form. */
export const TITLE_LABEL = new RegExp(`^(?:(?:${oneLine(TITLE)})\\s*(?::|\\t|$)|als\\s)\\s*`, 'iu');

/** A line of a form: "Company: …", "Name und Adresse des Arbeitgebers<tab>…". */
export const FORM_LINE = new RegExp(`^(?:${oneLine(EMPLOYER)}|${oneLine(TITLE)}|location|ort)\\s*[:\\t]`, 'iu');
export const PROJECT_LINE = /^(?:project|projekt|client|kunde|projet|proyecto)(?: name)?\s*\d*\s*:/iu;
export const FORM_NOISE =
  /^(?:tätigkeitsbereich oder branche|type of business or sector|sector|branche|tipo de empresa o sector|tipo di attività o settore|type ou secteur d'activité|rodzaj działalności lub branża|tipo de empresa ou sector)\s*[:\t]/iu;

/** A cell in the head of a table: "Company", "Position and duties", "From". */
const COLUMN = new RegExp(
  `^(?:${oneLine(EMPLOYER)}|${oneLine(TITLE)}|from|to|dates?|period|duration|time|location|place|duties|zeitraum|von|bis|ort|aufgaben|période|de|à|lieu|missions|desde|hasta|per[ií]odo|fechas?|funciones|dal|al|mansioni|okres|od|do|obowiązki|van|tot|periode|taken|dönem|tarih)(?:(?:\\s*[,/&]\\s*|\\s+(?:and|und|et|y|e|i|en|ve|och)\\s+)\\p{L}+){0,2}$`,
  'iu',
);

export function isTableHead(line: PlacedLine): boolean {
  const cells = line.text.split('\t');
  return cells.length > 1 && cells.every((cell) => COLUMN.test(cell.trim()));
}
