import { docx, pdf } from './builders.ts';
import type { CorpusCv } from './expectation.ts';

/** CVs whose layout, rather than their content, is what makes them hard to read. */
export const LAYOUT_CVS: readonly CorpusCv[] = [
  {
    id: 'dates and places right-aligned, read apart from their lines',
    document: pdf([
      {
        x: 60,
        y: 60,
        width: 240,
        text: `
# WILLIAM CHENG
100 Main St, Boston, MA 02110 ◆ (617) 555-0188 ◆ wcheng@example.edu

EXPERIENCE

**Beacon Hill Capital LLC**
Investment Analyst

**Harbor Bank**
Summer Analyst
`,
      },
      { x: 460, y: 133, width: 90, text: 'Boston, MA\nJul 2020 – Present\n\nNew York, NY\nJun 2019 – Aug 2019' },
      {
        x: 60,
        y: 300,
        width: 480,
        text: `
EDUCATION

Boston University, Bachelor of Arts in Economics, 2018

SKILLS

Excel, VBA, Python, SQL, R
`,
      },
    ]),
    name: 'William Cheng',
    emails: ['wcheng@example.edu'],
    phones: ['(617) 555-0188'],
    city: 'Boston',
    skills: ['Microsoft Excel', 'VBA', 'Python', 'SQL', 'R'],
    notSkills: ['C', 'Go'],
    positions: ['Investment Analyst @ Beacon Hill Capital LLC', 'Summer Analyst @ Harbor Bank'],
    months: 80,
    education: 'bachelor',
    institutions: ['Boston University'],
    languages: [],
    certifications: [],
    licences: [],
  },
  {
    id: 'periods broken over two lines of a narrow date column',
    document: docx(`
DR. SAMUEL ADEYEMI
Supply Chain Director
samuel.adeyemi@example.ng | +234 803 555 0144 | Lagos, Nigeria

EXECUTIVE SUMMARY
Supply chain executive with 18 years' experience. I react to disruption fast and keep access to suppliers open.

CAREER HISTORY
Jan 2019 –\tDirector, Supply Chain
Present\tZenith Beverages Plc, Lagos
• Lead 240 staff in procurement and warehousing; SAP roll-out
Mar 2012 –\tLogistics Manager
Dec 2018\tSavannah Foods Ltd, Accra, Ghana
• Fleet of 120 trucks, route planning and customs clearance

EDUCATION
2015\tPhD, Logistics Management, University of Lagos
2010\tMBA, Lagos Business School

CERTIFICATIONS
CSCP, APICS, 2013 · Lean Six Sigma Black Belt, 2016
`),
    name: 'Samuel Adeyemi',
    emails: ['samuel.adeyemi@example.ng'],
    phones: ['+234 803 555 0144'],
    city: 'Lagos',
    skills: ['Procurement', 'SAP', 'Route planning', 'Customs clearance', 'Supply chain management'],
    notSkills: ['React', 'Microsoft Access', 'Go'],
    positions: ['Director, Supply Chain @ Zenith Beverages Plc', 'Logistics Manager @ Savannah Foods Ltd'],
    months: 177,
    education: 'doctorate',
    institutions: ['University of Lagos', 'Lagos Business School'],
    languages: [],
    certifications: ['CSCP', 'APICS', 'Lean Six Sigma Black Belt'],
    licences: [],
  },
  {
    id: 'positions told in sentences, form-like particulars',
    document: docx(`
Name : Rahul Kumar Sharma
Father's Name : Mohan Lal
Mobile No. : 9876543210
E-mail : rahulks@example.com

EDUCATIONAL QUALIFICATION
10th passed from CBSE Board in 2012
12th passed from CBSE Board in 2014

WORK EXPERIENCE
1. Worked as CNC Operator in Precision Auto Pvt. Ltd., Manesar from July 2016 to March 2019
2. Working as CNC Setter in Bharat Gears Ltd., Faridabad since April 2019 till date

PERSONAL DETAILS
Date of Birth : 05/08/1996
Marital Status : Unmarried
Languages Known : Hindi & English
`),
    name: 'Rahul Kumar Sharma',
    emails: ['rahulks@example.com'],
    phones: ['9876543210'],
    city: null,
    skills: ['CNC machining'],
    notSkills: ['C'],
    positions: ['CNC Operator @ Precision Auto Pvt. Ltd.', 'CNC Setter @ Bharat Gears Ltd.'],
    months: 125,
    education: 'secondary',
    institutions: [],
    languages: ['Hindi -', 'English -'],
    certifications: [],
    licences: [],
  },
  {
    id: 'Europass form, German',
    document: docx(`
Europass Lebenslauf
Angaben zur Person
Nachname(n) / Vorname(n): Gerber, Matthias
Adresse: Schulstraße 8, 35216 Biedenkopf
Telefon: +49 6461 555 012
E-Mail: m.gerber@beispiel.example

Berufserfahrung
Datum (von-bis)\t2005-01 bis heute
Name und Adresse des Arbeitgebers\tBrunner GmbH & Co. KG, Schulstraße 8, 35216 Biedenkopf
Beruf oder Funktion\tSachbearbeiter
Datum (von-bis)\t2001-07 bis 2004-12
Name und Adresse des Arbeitgebers\tInstitut für Genossenschaftswesen, 35037 Marburg
Beruf oder Funktion\tWissenschaftlicher Mitarbeiter

Schul- und Berufsbildung
Datum (von-bis)\t1996-10 bis 2001-05
Name der Bildungseinrichtung\tPhilipps-Universität Marburg
Bezeichnung der erworbenen Qualifikation\tDiplom-Kaufmann
`),
    name: 'Matthias Gerber',
    emails: ['m.gerber@beispiel.example'],
    phones: ['+49 6461 555 012'],
    city: 'Biedenkopf',
    skills: [],
    notSkills: ['C', 'R'],
    positions: [
      'Sachbearbeiter @ Brunner GmbH & Co. KG',
      'Wissenschaftlicher Mitarbeiter @ Institut für Genossenschaftswesen',
    ],
    months: 305,
    education: 'master',
    institutions: ['Philipps-Universität Marburg'],
    languages: [],
    certifications: [],
    licences: [],
  },
  {
    id: 'no education or experience heading, employer and role joined by a colon',
    document: docx(`
Dmitri Volkov — Senior C++ Engineer
volkov.dmitri@example.org · Berlin · github.com/dvolkov

Senior C++ engineer with 12 years in games. C++17/20, Linux, Python. Also comfortable with Rust and a bit of Go.

— Quantum Trading AG, Berlin: Senior C++ Engineer, Apr 2019 - present
Low-latency market data handlers.
— Nova Games GmbH, Hamburg: Engine Programmer, Sep 2014 - Mar 2019
Rendering in OpenGL, tools in C# and Unity.

MSc Applied Mathematics, St. Petersburg State University, 2014
Russian (native), English (C1), German (B1)
`),
    name: 'Dmitri Volkov',
    emails: ['volkov.dmitri@example.org'],
    phones: [],
    city: 'Berlin',
    skills: ['C++', 'Linux', 'Python', 'Rust', 'Go', 'OpenGL', 'C#', 'Unity'],
    notSkills: ['C', 'GitHub'],
    positions: ['Senior C++ Engineer @ Quantum Trading AG', 'Engine Programmer @ Nova Games GmbH'],
    months: 147,
    education: 'master',
    institutions: ['St. Petersburg State University'],
    languages: ['Russian native', 'English C1', 'German B1'],
    certifications: [],
    licences: [],
  },
];
