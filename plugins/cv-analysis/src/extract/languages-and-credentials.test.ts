import { describe, expect, it } from 'vitest';
import { docx, pdf } from '../corpus/builders.ts';
import { readCv } from './index.ts';

const TODAY = { year: 2026, month: 11 };
const dataOf = (text: string) => readCv(docx(`Jo Doe\n\n${text}`), TODAY).data;

describe('languages', () => {
  it.each([
    ['LANGUAGES\nEnglish (native), German (C1), French – basic', 'English native, German C1, French A2'],
    ['LANGUAGES\nEnglish: fluent\nSpanish: intermediate', 'English C1, Spanish B1'],
    ['LANGUAGES\nEnglish\nFull Professional Proficiency\nJapanese\nElementary Proficiency', 'English C1, Japanese A2'],
    [
      'SPRACHEN\nDeutsch (Muttersprache), Englisch (verhandlungssicher), Spanisch (Grundkenntnisse)',
      'German native, English C1, Spanish A2',
    ],
    ['SPRACHKENNTNISSE\nEnglisch sehr gut, Französisch gut', 'English C1, French B2'],
    ['LANGUES\nAnglais : courant\nAllemand : notions', 'English C1, German A2'],
    ['IDIOMAS\nInglés: B2\nCatalán: nativo', 'English B2, Catalan native'],
    ['LANGUAGES\nFluent in English and Polish; basic Russian', 'English C1, Polish C1, Russian A2'],
    ['LANGUAGES\nFrench : Fair\nWelsh : Very good', 'French B1, Welsh C1'],
    ['JĘZYKI OBCE\nPolski – ojczysty\nAngielski – średnio zaawansowany', 'Polish native, English B2'],
    ['JĘZYKI\nniemiecki\tbardzo dobry\nrosyjski\tpodstawy', 'German C1, Russian A2'],
    ['TALEN\nDuits: redelijk\nEngels: zeer goed\nFries: goed', 'German B1, English C1, Frisian B2'],
    [
      'SPRACHEN\nDeutsch (Muttersprache), Englisch\n(verhandlungssicher), Tschechisch\n(Grundkenntnisse)',
      'German native, English C1, Czech A2',
    ],
    ['SUMMARY\nNurse, fluent in Spanish.', 'Spanish C1'],
    ['SKILLS\nMother tongue(s)\tItalian', 'Italian native'],
    ['SUMMARY\nNative speaker of Tamil.', 'Tamil native'],
    ['SUMMARY\nTaught English literature and sold French wine.', ''],
    ['LANGUAGES\nJava, Python', ''],
  ])('%j', (text, expected) => {
    expect(
      dataOf(text)
        .languages.map((one) => `${one.language} ${one.level ?? '-'}`)
        .join(', '),
    ).toBe(expected);
  });
});

describe('certificates', () => {
  it.each([
    ['CERTIFICATIONS\nPMP, PMI, 2021', [['PMP, PMI', 'PMI', '2021', null]]],
    [
      'CERTIFICATIONS\nBLS (exp. 05/2027), ACLS (exp. 06/2027)',
      [
        ['BLS', 'American Heart Association', null, '2027-05'],
        ['ACLS', 'American Heart Association', null, '2027-06'],
      ],
    ],
    [
      'CERTIFICATIONS\n- First Aid at Work, issued by Red Cross, March 2024',
      [['First Aid at Work, issued by Red Cross', 'Red Cross', '2024-03', null]],
    ],
    ['CERTIFICATIONS\n2021\tPraxisanleiterin', [['Praxisanleiterin', null, '2021', null]]],
    [
      'CERTIFICATIONS\nAWS Certified Developer (2023 – 2026)',
      [['AWS Certified Developer', 'Amazon Web Services', '2023', '2026']],
    ],
    ['SUMMARY\nCertified PMP and engineer.', [['Project Management Professional (PMP)', 'PMI', null, null]]],
    ['LICENCES & CERTIFICATIONS\nCDL Class A, Oklahoma\nDriving licence B', []],
    ['LICENSES & CERTIFICATIONS\nJourneyman Electrician, State of Ohio, License #EL-48213', []],
    ['Journeyman Electrician\n\nSUMMARY\nReliable.', []],
    ['EDUCATION AND TRAINING\nDates\t10/2009 – 07/2012\nTitle of qualification awarded\tBSc Physics', []],
  ])('%j', (text, expected) => {
    expect(dataOf(text).certifications.map((one) => [one.name, one.issuer, one.date, one.expires])).toEqual(expected);
  });
});

describe('licences to practise', () => {
  it('may run on in the next line of a narrow column', () => {
    const { licences } = readCv(
      pdf('# Jo Doe\n\n**LICENSES**\n\nLicensed Journeyman Electrician, State of Ohio,\nLicense #EL-48213'),
      TODAY,
    ).data;
    expect(licences.map(({ type, state, number }) => [type, state, number])).toEqual([
      ['Electrician', 'Ohio', 'EL-48213'],
    ]);
  });

  it.each([
    [
      'LICENSES\nRegistered Nurse (RN), State of Texas, License #RN-77120, expires 04/2028',
      [['Registered Nurse (RN)', 'Texas', 'RN-77120', '2028-04']],
    ],
    ['LICENSES\nRN License – California, No. 95012345', [['Registered Nurse (RN)', 'California', '95012345', null]]],
    [
      'License: Florida LPN License #PN5551234 (Exp. 07/31/2027)',
      [['Licensed Practical Nurse (LPN)', 'Florida', 'PN5551234', '2027-07']],
    ],
    [
      'LICENSES\nRegistered Nurse (RN), Texas, License No.\n845213',
      [['Registered Nurse (RN)', 'Texas', '845213', null]],
    ],
    ['LICENSES\nCompact RN license (Arizona)', [['Registered Nurse (RN)', 'Arizona', null, null]]],
    ['REGISTRATIONS\nNMC PIN 12A3456E', [['NMC registration', null, '12A3456E', null]]],
    ['ZULASSUNGEN\nApprobation als Ärztin, 2011', [['Physician', null, null, null]]],
    ["LICENSES\nCommercial Driver's License Class A, Ohio, #CD123456", []],
    ['EXPERIENCE\nRegistered Nurse, City Hospital, Boston, MA\n2019 – 2020', []],
  ])('%j', (text, expected) => {
    expect(dataOf(text).licences.map((one) => [one.type, one.state, one.number, one.expires])).toEqual(expected);
  });
});
