const MONTHS = [
  'january jan januar jänner janvier janv enero ene gennaio gen januari janeiro styczeń stycznia sty',
  'february feb februar février févr fév fevrier febrero febbraio febr februari fevereiro fev luty lutego lut',
  'march mar märz mär maerz mrz mars marzo maart mrt março marzec marca',
  'april apr avril avr abril abr aprile kwiecień kwietnia kwi',
  'may mai mayo maggio mag mei maio maj maja',
  'june jun juni juin junio giugno giu junho czerwiec czerwca cze',
  'july jul juli juillet juil julio luglio lug julho lipiec lipca lip',
  'august aug août aout agosto ago augustus sierpień sierpnia sie',
  'september sep sept septembre septiembre set settembre setembro wrzesień września wrz',
  'october oct oktober okt octobre octubre ottobre ott outubro out październik października paź',
  'november nov novembre noviembre novembro listopad listopada lis',
  'december dec dezember dez décembre déc diciembre dic dicembre desember dezembro grudzień grudnia gru',
];

/** Month name in any of the known languages, lower case → 1–12. */
export const MONTH_NAMES: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) => names.split(' ').map((name): [string, number] => [name, index + 1])),
);

/** Season or term → month in which it starts. */
export const SEASONS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    spring: 3,
    summer: 6,
    fall: 9,
    autumn: 9,
    winter: 12,
    frühjahr: 3,
    frühling: 3,
    sommer: 6,
    herbst: 9,
    printemps: 3,
    été: 6,
    automne: 9,
    hiver: 12,
    primavera: 3,
    verano: 6,
    otoño: 9,
    invierno: 12,
    sose: 4,
    ss: 4,
    sommersemester: 4,
    wise: 10,
    ws: 10,
    wintersemester: 10,
    q1: 1,
    q2: 4,
    q3: 7,
    q4: 10,
  }),
);

/** Quarter → the month with which it ends. */
export const QUARTER_ENDS: ReadonlyMap<string, number> = new Map([
  ['q1', 3],
  ['q2', 6],
  ['q3', 9],
  ['q4', 12],
]);

/** Ends of a period that lasts. Longer phrases first. */
export const PRESENT =
  '(?:until|till|to|up to)?\\s*(?:present|presently|current|currently|now|today|to\\s?date|till\\s?date|tilldate|till\\s?now|the present day|present day|date|ongoing|on-going)|' +
  '(?:bis\\s+)?(?:heute|jetzt|dato|aktuell|laufend|gegenwärtig|heutzutage|andauernd)|' +
  "(?:présent|aujourd'hui|à ce jour|ce jour|actuel(?:lement)?|en cours|maintenant)|" +
  '(?:presente|la actualidad|actualidad|actual(?:mente)?|hoy|la fecha|en curso|vigente)|' +
  '(?:oggi|attuale|in corso|ad oggi)|(?:heden|nu|dosud|obecnie|nadal|teraz|jelenleg|prezent|halen|devam|nåværende|nuværende|nykyinen)|(?:atual(?:mente)?|o momento)';

/** Words that open a lasting period: "since 2020". */
export const SINCE = '(?:since|seit(?:\\s+dem)?|ab|depuis(?:\\s+le)?|desde(?:\\s+el)?|dal|sinds|od)';
