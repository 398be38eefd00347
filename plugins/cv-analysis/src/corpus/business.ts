import { docx, pdf } from './builders.ts';
import type { CorpusCv } from './expectation.ts';

export const BUSINESS_CVS: readonly CorpusCv[] = [
  {
    id: 'sales manager, company first, bullets wrap',
    document: pdf(`
# OLIVIA BRANDT
Sales Manager
Chicago, IL • 312.555.0171 • olivia.brandt@example.com • www.linkedin.com/in/oliviabrandt

PROFESSIONAL SUMMARY
Results-driven sales leader with 10+ years in B2B SaaS. Swift decision maker who excels at negotiation and
go-to-market planning. C-level access in Fortune 500 accounts.

PROFESSIONAL EXPERIENCE

LUMEN CLOUD SOLUTIONS, INC. — Chicago, IL
Regional Sales Manager, 09/2019 – Present
• Manage a team of 9 account executives; grew ARR from $4M to
$11M in three years with Salesforce and HubSpot
• Run cold calling blitzes and lead generation campaigns

GREAT LAKES OFFICE SUPPLY — Milwaukee, WI
Account Executive, 06/2014 – 08/2019
• Key account management, contract negotiation, upselling
Inside Sales Representative, 01/2013 – 05/2014
• 80 calls per day; CRM hygiene

EDUCATION
B.A. in Communications, University of Wisconsin-Madison, 2012, GPA: 3.6/4.0

SKILLS
Salesforce | HubSpot | LinkedIn Sales Navigator | Excel | PowerPoint | Negotiation | Forecasting
`),
    name: 'Olivia Brandt',
    emails: ['olivia.brandt@example.com'],
    phones: ['312.555.0171'],
    city: 'Chicago',
    skills: [
      'Salesforce',
      'HubSpot',
      'LinkedIn Sales Navigator',
      'Microsoft Excel',
      'Microsoft PowerPoint',
      'Negotiation',
      'Forecasting',
      'Cold calling',
      'Lead generation',
      'Account management',
      'Upselling',
      'B2B sales',
      'Contract negotiation',
    ],
    notSkills: ['Swift', 'Go', 'C', 'Microsoft Access', 'Microsoft Office'],
    positions: [
      'Regional Sales Manager @ LUMEN CLOUD SOLUTIONS, INC.',
      'Account Executive @ GREAT LAKES OFFICE SUPPLY',
      'Inside Sales Representative @ GREAT LAKES OFFICE SUPPLY',
    ],
    months: 167,
    education: 'bachelor',
    institutions: ['University of Wisconsin-Madison'],
    languages: [],
    certifications: [],
    licences: [],
  },
  {
    id: 'accountant, DOCX tables, overlapping positions',
    document: docx(`
Curriculum Vitae

**Siobhan Gallagher**
Dublin, Ireland | siobhan.gallagher@example.ie | +353 1 555 0134

**Profile**
Qualified accountant (ACCA).

**Career History**
Jan 2018 – Present
Financial Accountant
Liffey Foods plc, Dublin
Month-end close, VAT returns and IFRS reporting in SAP. Excel (advanced), Word and Outlook.

Mar 2016 – Jun 2018
Bookkeeper (part-time)
Corrib Charity Trust
Accounts payable, payroll, QuickBooks

**Education & Professional Qualifications**
Bachelor of Commerce, University College Dublin, 2012 – 2015
ACCA, 2019

**Additional Information**
Nationality: Irish. Full driving licence.
`),
    name: 'Siobhan Gallagher',
    emails: ['siobhan.gallagher@example.ie'],
    phones: ['+353 1 555 0134'],
    city: 'Dublin',
    skills: [
      'Month-end close',
      'VAT',
      'IFRS',
      'SAP',
      'Microsoft Excel',
      'Microsoft Word',
      'Microsoft Outlook',
      'Accounts payable',
      'Payroll',
      'QuickBooks',
    ],
    notSkills: ['Microsoft Access', 'C', 'R', 'Oracle Database'],
    positions: ['Financial Accountant @ Liffey Foods plc', 'Bookkeeper @ Corrib Charity Trust'],
    months: 129,
    education: 'bachelor',
    institutions: ['University College Dublin'],
    languages: [],
    certifications: ['ACCA'],
    licences: [],
  },
  {
    id: 'academic, long CV',
    document: pdf(`
# Dr. Henrik Sølvberg
Curriculum Vitae
Department of Molecular Biology, Fjord University, Bergen, Norway
h.solvberg@fjord-university.example

ACADEMIC POSITIONS
2019–present   Associate Professor, Fjord University
2015–2019   Postdoctoral Researcher, Karolinska Institutet, Stockholm, Sweden

EDUCATION
2011–2015   PhD in Molecular Biology, University of Oslo
2009–2011   MSc in Biochemistry, University of Oslo
2006–2009   BSc in Biology, NTNU Trondheim

RESEARCH INTERESTS
CRISPR, cell culture and confocal microscopy of yeast; statistics in R and Python.

PUBLICATIONS
Sølvberg H, Lind R, Berg C. Spring blooms and nutrient access. J Mar Biol. 2018;12:44–51.
Sølvberg H. et al. Rest and react: stress in yeast. Cell Rep. 2016;3(2):100–110.

TEACHING
Introduction to Biochemistry (2016–2019)

LANGUAGES
Norwegian (mother tongue), English (fluent), Swedish (good)
`),
    name: 'Henrik Sølvberg',
    emails: ['h.solvberg@fjord-university.example'],
    phones: [],
    city: 'Bergen',
    skills: ['CRISPR', 'Cell culture', 'Microscopy', 'R', 'Python', 'Statistics'],
    notSkills: ['Spring', 'React', 'C', 'Microsoft Access', 'Go'],
    positions: ['Associate Professor @ Fjord University', 'Postdoctoral Researcher @ Karolinska Institutet'],
    months: 143,
    education: 'doctorate',
    institutions: ['University of Oslo', 'University of Oslo', 'NTNU Trondheim'],
    languages: ['Norwegian native', 'English C1', 'Swedish B2'],
    certifications: [],
    licences: [],
  },
  {
    id: 'marketing, creative two columns with right sidebar',
    document: pdf([
      {
        x: 40,
        y: 40,
        width: 330,
        text: `
# Noah
# Tanaka
Digital Marketing Specialist

ABOUT ME
Curious marketer who loves numbers and words.

EXPERIENCE
Digital Marketing Specialist
Pebble & Pine Agency / Portland, OR / Oct 2021 – Now
• Manage Google Ads and Meta Ads budgets of $40k a month
• SEO audits with SEMrush; content in WordPress

Marketing Assistant
Cascade Outdoor Co. / Portland, OR / May 2019 – Sep 2021
• Email marketing in Mailchimp, social media

EDUCATION
Bachelor of Business Administration, Marketing
Portland State University
2015 - 2019
`,
      },
      {
        x: 400,
        y: 60,
        width: 160,
        text: `
CONTACT
503 555 0149
noah.tanaka@example.com
Portland, Oregon

SKILLS
Google Analytics
Copywriting
Canva
Photoshop
A/B testing

CERTIFICATES
Google Ads Certification, 2023
HubSpot Content Marketing, 2022

HOBBIES
Skiing, React concerts
`,
      },
    ]),
    name: 'Noah Tanaka',
    emails: ['noah.tanaka@example.com'],
    phones: ['503 555 0149'],
    city: 'Portland',
    skills: [
      'Google Analytics',
      'Copywriting',
      'Canva',
      'Adobe Photoshop',
      'A/B testing',
      'Google Ads',
      'Meta Ads',
      'SEO',
      'SEMrush',
      'WordPress',
      'Email marketing',
      'Mailchimp',
      'Social media marketing',
    ],
    notSkills: ['React', 'Go', 'Microsoft Word', 'Microsoft Excel'],
    positions: ['Digital Marketing Specialist @ Pebble & Pine Agency', 'Marketing Assistant @ Cascade Outdoor Co.'],
    months: 91,
    education: 'bachelor',
    institutions: ['Portland State University'],
    languages: [],
    certifications: ['Google Ads Certification', 'HubSpot Content Marketing'],
    licences: [],
  },
  {
    id: 'project manager, India, bio-data style',
    document: docx(`
RESUME

ARJUN MENON
Mobile: +91 98450 55501
Email ID: arjun.menon@example.in

Career Objective
To work in a challenging environment as a project manager.

Professional Summary
• Over 8 years of experience in IT project delivery
• Certified PMP and CSM
• Good knowledge of MS Project, JIRA and Confluence

Work Experience
Company: Trident Infotech Pvt Ltd, Bengaluru
Designation: Project Manager
Duration: April 2019 to till date
Responsibilities:
• Agile delivery, stakeholder management and risk management
• Budgeting of 3 crore programs

Company: Coral Software Services, Chennai
Designation: Business Analyst
Duration: July 2015 to March 2019
Responsibilities:
• Requirements gathering, UAT and SQL queries

Academic Qualifications
MBA (Operations), Anna University, 2015
B.Tech in Electronics, Cochin University, 2012
12th Standard, Kendriya Vidyalaya, 2008

Personal Details
Date of Birth: 03/05/1990
Gender: Male
Marital Status: Single
Father's Name: K. Menon
Languages Known: English, Hindi, Malayalam

Declaration
I hereby declare that the above information is true.
`),
    name: 'Arjun Menon',
    emails: ['arjun.menon@example.in'],
    phones: ['+91 98450 55501'],
    city: null,
    skills: [
      'Microsoft Project',
      'Jira',
      'Confluence',
      'Agile',
      'Stakeholder management',
      'Risk management',
      'Requirements engineering',
      'User acceptance testing',
      'SQL',
      'Budgeting',
    ],
    notSkills: ['Go', 'C', 'NoSQL', 'MySQL', 'R'],
    positions: ['Project Manager @ Trident Infotech Pvt Ltd', 'Business Analyst @ Coral Software Services'],
    months: 137,
    education: 'master',
    institutions: ['Anna University', 'Cochin University', 'Kendriya Vidyalaya'],
    languages: ['English -', 'Hindi -', 'Malayalam -'],
    certifications: ['PMP', 'CSM'],
    licences: [],
  },
  {
    id: 'office clerk, German, dates in a column of their own',
    document: pdf([
      {
        x: 50,
        y: 40,
        width: 500,
        text: `
# Sabine Hoffmann
Musterweg 3, 04109 Leipzig
0341 555 0177 | s.hoffmann@beispiel.example

**Beruflicher Werdegang**
`,
      },
      { x: 50, y: 150, width: 100, text: '08/2017 – heute\n\n01/2012 – 07/2017' },
      {
        x: 180,
        y: 150,
        width: 380,
        text: `
Sachbearbeiterin Einkauf, Elbe Maschinenbau GmbH, Leipzig

Bürokauffrau, Autohaus Sachsenring KG, Chemnitz
`,
      },
      {
        x: 50,
        y: 260,
        width: 500,
        text: `
**Ausbildung**
09/2008 – 07/2011 Ausbildung zur Bürokauffrau, Berufsschule Chemnitz
2008 Realschulabschluss

**Kenntnisse**
MS Office (Word, Excel, Outlook), SAP MM, DATEV
10-Finger-System

**Sprachen**
Englisch: gut, Russisch: Grundkenntnisse
`,
      },
    ]),
    name: 'Sabine Hoffmann',
    emails: ['s.hoffmann@beispiel.example'],
    phones: ['0341 555 0177'],
    city: 'Leipzig',
    skills: ['Microsoft Office', 'Microsoft Word', 'Microsoft Excel', 'Microsoft Outlook', 'SAP MM', 'DATEV'],
    notSkills: ['C', 'R', 'SAP FI/CO'],
    positions: ['Sachbearbeiterin Einkauf @ Elbe Maschinenbau GmbH', 'Bürokauffrau @ Autohaus Sachsenring KG'],
    months: 179,
    education: 'secondary',
    institutions: ['Berufsschule Chemnitz'],
    languages: ['English B2', 'Russian A2'],
    certifications: [],
    licences: [],
  },
];
