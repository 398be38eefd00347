import { anyWord, entriesOf, VOCABULARIES } from '../../lexicon/vocabularies/index.ts';

const MONTHS = [
  'january jan januar jänner jän janvier janv enero ene gennaio gen januari janeiro styczeń stycznia sty ocak oca',
  'february feb februar février févr fév fevrier febrero febbraio febr februari fevereiro fev luty lutego lut februarie şubat şub subat',
  'march mar märz mär maerz mrz mars marzo maart mrt março marzec marca marts mart',
  'april apr avril avr abril abr aprile kwiecień kwietnia kwi nisan nis',
  'may mai mayo maggio mag mei maio maj maja mayıs mayis',
  'june jun juni juin junio giugno giu junho czerwiec czerwca cze haziran haz',
  'july jul juli juillet juil julio luglio lug julho lipiec lipca lip temmuz tem',
  'august aug août aout agosto ago augustus sierpień sierpnia sie augusti ağustos ağu agustos',
  'september sep sept septembre septiembre set settembre setembro wrzesień września wrz eylül eyl eylul',
  'october oct oktober okt octobre octubre ottobre ott outubro out październik października paź ekim eki',
  'november nov novembre noviembre novembro listopad listopada lis kasım kas kasim',
  'december dec dezember dez décembre déc diciembre dic dicembre desember dezembro grudzień grudnia gru aralık ara aralik',
];

/** Month name in any of the known languages, lower case → 1–12. */
export const MONTH_NAMES: ReadonlyMap<string, number> = new Map(
  [...VOCABULARIES.map(({ months }) => entriesOf(months)), MONTHS].flatMap((months) =>
    months.flatMap((names, index) => names.split(' ').map((name): [string, number] => [name, index + 1])),
  ),
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
    estate: 6,
    autunno: 9,
    inverno: 12,
    lente: 3,
    zomer: 6,
    herfst: 9,
    verão: 6,
    outono: 9,
    wiosna: 3,
    lato: 6,
    jesień: 9,
    zima: 12,
    vår: 3,
    våren: 3,
    sommar: 6,
    sommaren: 6,
    sommeren: 6,
    höst: 9,
    hösten: 9,
    høst: 9,
    vinter: 12,
    vintern: 12,
    ilkbahar: 3,
    yaz: 6,
    sonbahar: 9,
    kış: 12,
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

const TERMS: ReadonlySet<string> = new Set(['sose', 'ss', 'sommersemester', 'wise', 'ws', 'wintersemester']);

/** Quarter or season → the month with which it ends. Winters end in the next year, terms of study at several dates. */
export const SEASON_ENDS: ReadonlyMap<string, number> = new Map(
  [...SEASONS].flatMap(([name, first]): [string, number][] => {
    const within = name === 'q4' || (first < 12 && !TERMS.has(name));
    return within ? [[name, first + 2]] : [];
  }),
);

/** Ends of a period that lasts. Longer phrases first. */
export const PRESENT =
  `${anyWord((one) => one.present)}|` +
  '(?:until|till|to|up to)?\\s*(?:present|presently|current|currently|now|today|to\\s?date|till\\s?date|tilldate|till\\s?now|the present day|present day|date|ongoing|on-going)|' +
  '(?:bis\\s+)?(?:heute|jetzt|dato|aktuell|laufend|gegenwärtig|heutzutage|andauernd)|' +
  "(?:présent|aujourd'hui|à ce jour|ce jour|actuel(?:lement)?|en cours|maintenant)|" +
  '(?:presente|la actualidad|actualidad|actual(?:mente)?|hoy|la fecha|en curso|vigente)|' +
  '(?:oggi|attuale|attualmente|in corso|ad oggi|a oggi)|(?:heden|nu|tot op heden|dosud|obecnie|nadal|teraz|dziś|dzisiaj|(?:do )?(?:chwili|dnia) obecnej|jelenleg|prezent)|' +
  '(?:halen|hâlen|hala|hâlâ|günümüz|bugün|devam(?: ediyor| etmekte)?|şu an(?:a kadar)?)|(?:nåværende|nuværende|nuvarande|pågående|tills vidare|idag|i dag|nykyinen)|(?:atual(?:mente)?|(?:até )?(?:o momento|à data|hoje)|hoje)';

/** Words that open a lasting period: "since 2020". */
export const SINCE = `(?:since|seit(?:\\s+dem)?|ab|depuis(?:\\s+le)?|desde(?:\\s+el)?|dal|dall.|sinds|vanaf|od|sedan|siden|${anyWord((one) => one.since)})`;

/** Words between the two ends of a period. */
export const UNTIL = anyWord((one) => one.until);
