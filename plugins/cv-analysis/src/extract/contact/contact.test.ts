import { describe, expect, it } from 'vitest';
import { docx, pdf } from '../../corpus/builders.ts';
import { readCv } from '../index.ts';
import { readPlace } from '../places.ts';
import { findEmails, findLinks } from './addresses.ts';
import { readName } from './name.ts';
import { findPhones } from './phones.ts';

const TODAY = { year: 2026, month: 11 };
const contactOf = (text: string) => readCv(docx(text), TODAY).data.contact;

describe('names', () => {
  it.each([
    ["# Shauna O'Connor-\n# McBride\nStore Manager", "Shauna O'Connor-McBride"],
    ['# Ludwig zu\n# Hohenfels\nDirector', 'Ludwig zu Hohenfels'],
  ])('may be broken over two lines: %j', (text, expected) => {
    expect(readCv(pdf(text), TODAY).data.contact.name).toBe(expected);
  });

  it('are no towns, and a town may stand behind an address', () => {
    const { name, city } = readCv(
      pdf('# Charlotte\n# Ashworth\n\nc.ashworth@mail.example / London, United Kingdom\nSolicitor'),
      TODAY,
    ).data.contact;
    expect({ name, city }).toEqual({ name: 'Charlotte Ashworth', city: 'London' });
  });

  it.each([
    ['Jane Doe', 'Jane Doe'],
    ['JANE DOE', 'Jane Doe'],
    ['Jane A. Doe', 'Jane A. Doe'],
    ['Jane Doe, RN, BSN', 'Jane Doe'],
    ['Dr. Jane Doe', 'Jane Doe'],
    ['Dr. rer. nat. Jörg Müller-Lüdenscheidt', 'Jörg Müller-Lüdenscheidt'],
    ['Ludwig van den Berg', 'Ludwig van den Berg'],
    ["Sinéad O'Connor", "Sinéad O'Connor"],
    ['RONAN MCDONALD', 'Ronan McDonald'],
    ["SHAUNA O'CONNOR-MCBRIDE", "Shauna O'Connor-McBride"],
    ['Naam: Jan-Willem van den Berg', 'Jan-Willem van den Berg'],
    ['Imię i nazwisko\tZbigniew Wójcik', 'Zbigniew Wójcik'],
    ['Doe, Jane', 'Jane Doe'],
    ['Name: Jane Doe', 'Jane Doe'],
    ['Lebenslauf – Max Weber', 'Max Weber'],
    ['Curriculum Vitae of Jane Doe', 'Jane Doe'],
    ['Jane Doe | Senior Engineer', 'Jane Doe'],
    ['Jane Doe - Resume', 'Jane Doe'],
    ['Jane Doe (she/her)', 'Jane Doe'],
    ['Nguyễn Văn An', 'Nguyễn Văn An'],
    ['Łukasz Żółć', 'Łukasz Żółć'],
    ['Curriculum Vitae', null],
    ['Work Experience', null],
    ['Senior Software Engineer', null],
    ['Registered Nurse', null],
    ['New York', null],
    ['Austin, TX', null],
    ['Microsoft Office', null],
    ['jane doe', null],
    ['Jane', null],
    ['Acme Logistics GmbH', null],
    ['Vertriebsmitarbeiter Innendienst', null],
  ])('%s', (text, name) => {
    expect(readName(text)).toBe(name);
  });

  it('is not the heading, the title or the employer above it', () => {
    expect(
      contactOf('CURRICULUM VITAE\n\nPersonal Details\nSoftware Engineer\nGrace Hopperfield\ngrace@example.com').name,
    ).toBe('Grace Hopperfield');
  });

  it('is found in the main column beside a sidebar', () => {
    const { data } = readCv(
      pdf([
        { x: 40, y: 60, width: 140, text: 'CONTACT\n0170 5550123\nHamburg\n\nSKILLS\nProject Planning\nTeam Leading' },
        { x: 220, y: 40, width: 330, text: '# Lena Brandt\nBuyer\n\nPROFILE\nI buy.' },
      ]),
      TODAY,
    );
    expect(data.contact.name).toBe('Lena Brandt');
  });

  it('is nobody when the CV names nobody', () => {
    expect(contactOf('Experience\nCook, Hotel Adler, 2019 – 2020').name).toBeNull();
  });
});

describe('e-mail addresses', () => {
  it.each([
    ['jane.doe@example.com', ['jane.doe@example.com']],
    ['Jane.Doe@Example.COM | x', ['jane.doe@example.com']],
    ['jane (at) example (dot) com', ['jane@example.com']],
    ['jane[at]example.com', ['jane@example.com']],
    ['jane.doe @ example.com', ['jane.doe@example.com']],
    ['E-Mail:jane+cv@mail.example.co.uk,', ['jane+cv@mail.example.co.uk']],
    ['a@example.com / b@example.org', ['a@example.com', 'b@example.org']],
    ['no address at example', []],
    ['@handle', []],
  ])('%s', (text, expected) => {
    expect(findEmails(text)).toEqual(expected);
  });

  it('are joined where a narrow column breaks them', () => {
    const { data } = readCv(
      pdf([{ x: 40, y: 40, width: 120, text: 'CONTACT\nmargarete.hoffmann@\nexample.com' }]),
      TODAY,
    );
    expect(data.contact.emails).toEqual(['margarete.hoffmann@example.com']);
  });

  it("of referees are not the person's", () => {
    expect(contactOf('Jo Doe\n\nREFERENCES\nMia Boss, mia@boss.example, +44 20 7946 0000').emails).toEqual([]);
  });
});

describe('telephone numbers', () => {
  it.each([
    ['+49 151 23456789', ['+49 151 23456789']],
    ['(602) 555-0187', ['(602) 555-0187']],
    ['602.555.0187', ['602.555.0187']],
    ['Tel.: 0221 / 555 01 99', ['0221 / 555 01 99']],
    ['06 12 34 56 78', ['06 12 34 56 78']],
    ['M: 07911 123456', ['07911 123456']],
    ['+1 602 555 0187 x12', ['+1 602 555 0187 x12']],
    ['9876543210', ['9876543210']],
    ['0044 20 7946 0958', ['0044 20 7946 0958']],
    ['0161 496 0735 / 07700 900456', ['0161 496 0735', '07700 900456']],
    ['telefoon 071-5123456', ['071-5123456']],
    ['2018 - 2020', []],
    ['01/2018 - 03/2020', []],
    ['12.04.1988', []],
    ['License No. 123456789', []],
    ['10115 Berlin', []],
    ['1,200,000', []],
  ])('%s', (text, expected) => {
    expect(findPhones(text, true)).toEqual(expected);
  });
});

describe('links', () => {
  it.each([
    ['linkedin.com/in/jane', ['linkedin https://linkedin.com/in/jane']],
    ['https://github.com/jane', ['github https://github.com/jane']],
    ['www.jane.design', ['portfolio https://www.jane.design']],
    ['Node.js and ASP.NET', []],
    ['jane@example.com', []],
  ])('%s', (text, expected) => {
    expect(findLinks(text).map(({ kind, url }) => `${kind} ${url}`)).toEqual(expected);
  });
});

describe('places', () => {
  it.each([
    ['Austin, TX 78701', 'Austin', 'United States'],
    ['10115 Berlin', 'Berlin', null],
    ['Lyon, France', 'Lyon', 'France'],
    ['London, England, United Kingdom', 'London', 'United Kingdom'],
    ['Derby DE21 4AB', 'Derby', null],
    ['Sydney NSW 2000', 'Sydney', 'Australia'],
    ['Toronto, ON', 'Toronto', 'Canada'],
    ['Ludhiana, India', 'Ludhiana', 'India'],
    ['Remote', null, null],
  ])('%s', (text, city, country) => {
    expect(readPlace(text)).toEqual({ city, country });
  });

  it.each([
    ['Acme Inc., Austin, TX'],
    ['Karolinska Institutet, Stockholm, Sweden'],
    ['Growthsi, Singapore'],
    ['Engineer'],
    ['Acme, Widgets'],
  ])('%s is none', (text) => {
    expect(readPlace(text)).toBeNull();
  });
});

describe('hyperlinks', () => {
  const JOB = 'Cook, Hotel Adler GmbH, 2019 – 2020';
  const withLinks = (text: string, links: string[]) => {
    const document = docx(`Jo Doe\nBerlin\n${text === JOB ? '' : text}\n\nEXPERIENCE\n${JOB}`);
    const lines = document.pages.flatMap((page) => page.lines);
    for (const line of lines) if (line.text === text) line.links = links;
    return readCv(document, TODAY).data.contact;
  };

  it('say what stands behind words and icons', () => {
    const { emails, phones, links } = withLinks('E-mail · Phone · in · Portfolio', [
      'mailto:jo%2Ecv@doe.example?subject=CV',
      'tel:+49305550199',
      'https://www.linkedin.com/in/jodoe/',
      'https://jodoe.dev',
    ]);
    expect({ emails, phones }).toEqual({ emails: ['jo.cv@doe.example'], phones: ['+49305550199'] });
    expect(links.map(({ kind, url }) => [kind, url])).toEqual([
      ['linkedin', 'https://www.linkedin.com/in/jodoe/'],
      ['portfolio', 'https://jodoe.dev'],
    ]);
  });

  it('say nothing twice, and the written number counts', () => {
    const { emails, phones } = withLinks('jo@doe.example · 030 5550199', ['mailto:Jo@doe.example', 'tel:+49305550199']);
    expect({ emails, phones }).toEqual({ emails: ['jo@doe.example'], phones: ['030 5550199'] });
  });

  it('of employers are no address of the person', () => {
    expect(withLinks(JOB, ['https://hotel-adler.de']).links).toEqual([]);
  });
});

it.each([
  ['Storgatan 5, 411 38 Göteborg', 'Göteborg'],
  ['Stationsplein 4, 5611 AC Eindhoven', 'Eindhoven'],
  ['Rua das Flores 88, 4050-262 Porto', 'Porto'],
  ['ul. Długa 40, 50-001 Wrocław', 'Wrocław'],
  ['Am Markt 9, 06108 Halle (Saale)', 'Halle (Saale)'],
  ['Kadıköy, İstanbul', 'İstanbul'],
  ['Dublin 2, Ireland', 'Dublin'],
  ['Rütistrasse 17, 8636 Wald ZH', 'Wald'],
  ['Via Dante 3, 38068 Rovereto (TN)', 'Rovereto'],
  ['3 Chapel Row, Llandeilo, Carmarthenshire SA19 6HN', 'Llandeilo'],
  ["Keeper's Cottage, Ardgay, Sutherland, IV24 3DP", 'Ardgay'],
  ['47 Kudu Street, Secunda, Mpumalanga, 2302', 'Secunda'],
  ['8, rue Oued Sebou, Témara, Maroc', 'Témara'],
  ['Av. Rivadavia 15.220, Haedo, Provincia de Buenos Aires, Argentina', 'Haedo'],
])('%s: lives in %s', (address, city) => {
  const { contact } = readCv(docx(`Jo Doe\n${address}\njo@doe.example`), TODAY).data;
  expect(contact.city).toBe(city);
});

it('reads a number behind a town that ends like a label', () => {
  const { contact } = readCv(docx('Jo Doe\nVia Garibaldi 21, 10122 Torino\n+39 333 555 0142'), TODAY).data;
  expect(contact.phones).toEqual(['+39 333 555 0142']);
});

it('tells hidden text and reads nothing from it', () => {
  const document = docx('Jo Doe\n\nSKILLS\nHTML, CSS');
  for (const page of document.pages) page.hidden = ['Skills: Kubernetes, COBOL', 'Nationality: Utopian'];
  const { data, searchText } = readCv(document, TODAY);
  expect(data.hiddenText).toBe('Skills: Kubernetes, COBOL');
  expect(data.skills.toSorted()).toEqual(['CSS', 'HTML']);
  expect(searchText).not.toContain('COBOL');
});

describe('sensitive attributes', () => {
  it.each([
    'Doğum tarihi: 03.05.1971',
    'Medeni hali: evli',
    'Född: 1971-05-03',
    'Körkort: B',
    'Stan cywilny: zamężna',
    'Prawo jazdy: B',
  ])('are dropped in other languages: %s', (text) => {
    const { data, searchText } = readCv(docx(`Jo Doe\n${text}\n\nSKILLS\nHTML`), TODAY);
    expect(JSON.stringify(data) + searchText).not.toContain(text.split(': ')[1]);
  });

  it('are nowhere in what is stored', () => {
    const { data, searchText } = readCv(
      docx(`
Jo Doe
Date of Birth: 03/05/1971 | Gender: Female
Marital status: divorced
Nationality: Utopian
Religion: Jedi
Führerschein: Klasse B
geb. 03.05.1971 in Atlantis
Driving licence: category C1
Work permit: blue card

EXPERIENCE
Cook, Hotel Adler GmbH, 2019 – 2020`),
      TODAY,
    );
    const stored = JSON.stringify(data) + searchText;
    for (const secret of ['1971', 'Female', 'divorced', 'Utopian', 'Jedi', 'Klasse B', 'Atlantis', 'C1', 'blue card'])
      expect(stored).not.toContain(secret);
  });
});

it.each([
  ['Jamie Baker', 'jbaker@doe.example', 'Jamie Baker'],
  ['Thomas Koch', 'thomas.koch@doe.example', 'Thomas Koch'],
  ['Name: Grace Porter', 'gp@doe.example', 'Grace Porter'],
  ['Ship Cook', 'jo@doe.example', null],
])('%s, %s: is called %s', (text, email, name) => {
  expect(readCv(docx(`${text}\n${email}\n\nSKILLS\nHTML`), TODAY).data.contact.name).toBe(name);
});

it('joins an address that a narrow column breaks before its town', () => {
  const document = pdf([{ x: 40, y: 40, width: 150, text: "# Jo Doe\n\n3 venelle du Quai, 29760\nPenmarc'h" }]);
  expect(readCv(document, TODAY).data.contact.city).toBe("Penmarc'h");
});
