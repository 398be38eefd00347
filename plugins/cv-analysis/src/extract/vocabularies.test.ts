import { expect, it } from 'vitest';
import { docx } from '../corpus/builders.ts';
import { readCv } from './index.ts';

interface Reading {
  name: string;
  /** `title @ company start–end`. */
  position: string;
  education: string;
  languages: string[];
}

/** A short CV in each language that has a vocabulary, as people there write them. */
const CASES: [string, string, Reading][] = [
  [
    'Russian',
    `**Екатерина Воронцова**
    Дата рождения: 12.04.1990
    Телефон: +7 916 555-01-34, e.vorontsova@example.ru

    **Опыт работы**

    март 2019 — по настоящее время
    Ведущий инженер
    ООО «Северсталь-Инфо», Череповец

    **Образование**

    Вологодский государственный университет, бакалавр, 2012

    **Знание языков**

    Английский: свободно
    Русский: родной`,
    {
      name: 'Екатерина Воронцова',
      position: 'Ведущий инженер @ ООО «Северсталь-Инфо» 2019-03–now',
      education: 'bachelor',
      languages: ['English C1', 'Russian native'],
    },
  ],
  [
    'Ukrainian',
    `**Олена Ковальчук**
    Дата народження: 02.02.1992

    **Досвід роботи**

    травень 2017 – дотепер
    Головний бухгалтер
    ТОВ «Карпатські вікна», Мукачево

    **Освіта**

    Ужгородський національний університет, магістр, 2015

    **Мови**

    Англійська – вище середнього
    Українська – рідна`,
    {
      name: 'Олена Ковальчук',
      position: 'Головний бухгалтер @ ТОВ «Карпатські вікна» 2017-05–now',
      education: 'master',
      languages: ['English B2', 'Ukrainian native'],
    },
  ],
  [
    'Czech',
    `**Zdeňka Řeháčková**
    Datum narození: 3. 5. 1988

    **Pracovní zkušenosti**

    09/2016 – dosud
    Vedoucí výroby
    Koyo Bearings s.r.o., Olomouc

    **Vzdělání**

    Univerzita Palackého, magisterské studium, 2013

    **Jazykové znalosti**

    Angličtina: středně pokročilá
    Čeština: rodilý mluvčí`,
    {
      name: 'Zdeňka Řeháčková',
      position: 'Vedoucí výroby @ Koyo Bearings s.r.o. 2016-09–now',
      education: 'master',
      languages: ['English B1', 'Czech native'],
    },
  ],
  [
    'Hungarian',
    `**Szűcs Boglárka**
    Születési idő: 1991. 06. 11.

    **Szakmai tapasztalat**

    2018. május – jelenleg
    Minőségügyi mérnök
    Hajdú Autótechnika Zrt., Téglás

    **Tanulmányok**

    Debreceni Egyetem, alapképzés, 2014

    **Nyelvtudás**

    Angol: felsőfok
    Magyar: anyanyelv`,
    {
      name: 'Szűcs Boglárka',
      position: 'Minőségügyi mérnök @ Hajdú Autótechnika Zrt. 2018-05–now',
      education: 'bachelor',
      languages: ['English C1', 'Hungarian native'],
    },
  ],
  [
    'Romanian',
    `**Ștefania Țurcanu**
    Data nașterii: 14.09.1989

    **Experiență profesională**

    octombrie 2018 – prezent
    Inginer proiectant
    Confind S.R.L., Câmpina

    **Educație și formare**

    Universitatea Petrol-Gaze din Ploiești, diplomă de licență, 2012

    **Limbi străine**

    Engleză: avansat
    Română: limba maternă`,
    {
      name: 'Ștefania Țurcanu',
      position: 'Inginer proiectant @ Confind S.R.L. 2018-10–now',
      education: 'bachelor',
      languages: ['English C1', 'Romanian native'],
    },
  ],
  [
    'Greek',
    `**Ευαγγελία Παπαδοπούλου**
    Ημερομηνία γέννησης: 21/07/1987

    **Επαγγελματική εμπειρία**

    Μάρτιος 2015 – σήμερα
    Λογίστρια
    Ελαιώνες Καλαμάτας Α.Ε., Καλαμάτα

    **Εκπαίδευση**

    Πανεπιστήμιο Πατρών, πτυχίο Οικονομικών, 2010

    **Ξένες γλώσσες**

    Αγγλικά: άριστα
    Γερμανικά: βασικά`,
    {
      name: 'Ευαγγελία Παπαδοπούλου',
      position: 'Λογίστρια @ Ελαιώνες Καλαμάτας Α.Ε. 2015-03–now',
      education: 'bachelor',
      languages: ['English C1', 'German A2'],
    },
  ],
  [
    'Finnish',
    `**Päivi Hämäläinen-Kärki**
    Syntymäaika: 4.4.1985

    **Työkokemus**

    toukokuu 2014 – nykyinen
    Sairaanhoitaja
    Kainuun hyvinvointialue, Kajaani

    **Koulutus**

    Oulun ammattikorkeakoulu, sairaanhoitaja (AMK), 2012

    **Kielitaito**

    Suomi: äidinkieli
    Ruotsi: tyydyttävä`,
    {
      name: 'Päivi Hämäläinen-Kärki',
      position: 'Sairaanhoitaja @ Kainuun hyvinvointialue 2014-05–now',
      education: 'bachelor',
      languages: ['Finnish native', 'Swedish B1'],
    },
  ],
  [
    'Hebrew',
    `**רותם אלקיים**
    תאריך לידה: 11.3.1993

    **ניסיון תעסוקתי**

    03/2019 – היום
    מהנדסת איכות
    פלסטיק דרום בע"מ

    **השכלה**

    אוניברסיטת בן-גוריון, תואר ראשון, 2018

    **שפות**

    אנגלית: שוטפת
    עברית: שפת אם`,
    {
      name: 'רותם אלקיים',
      position: 'מהנדסת איכות @ פלסטיק דרום בע"מ 2019-03–now',
      education: 'bachelor',
      languages: ['English C1', 'Hebrew native'],
    },
  ],
  [
    'Arabic',
    `**سلمى الحداد**
    تاريخ الميلاد: 1991/05/03

    **الخبرة العملية**

    مارس ٢٠١٨ – حتى الآن
    محاسبة
    شركة النيل للأغذية

    **التعليم**

    جامعة الإسكندرية، بكالوريوس تجارة، 2013

    **اللغات**

    الإنجليزية: جيد جدا
    العربية: اللغة الأم`,
    {
      name: 'سلمى الحداد',
      position: 'محاسبة @ شركة النيل للأغذية 2018-03–now',
      education: 'bachelor',
      languages: ['English C1', 'Arabic native'],
    },
  ],
];

it.each(CASES)('reads a CV in %s and records no birth date', (_language, text, expected) => {
  const { data, searchText } = readCv(docx(text), { year: 2026, month: 11 });
  const positions = data.experience.map(
    ({ title, company, start, end, isCurrent }) => `${title} @ ${company} ${start}–${isCurrent ? 'now' : end}`,
  );
  expect({
    name: data.contact.name,
    positions,
    education: data.highestEducation,
    languages: data.languages.map(({ language, level }) => `${language} ${level}`),
  }).toEqual({
    name: expected.name,
    positions: [expected.position],
    education: expected.education,
    languages: expected.languages,
  });
  expect(searchText).not.toMatch(/19(?:8[5-9]|9[0-3])/);
});
