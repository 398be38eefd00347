import { docx, pdf } from './builders.ts';
import type { CorpusCv } from './expectation.ts';

export const TECHNOLOGY_CVS: readonly CorpusCv[] = [
  {
    id: 'developer, chronological, one column',
    document: pdf(`
# Priya Ramanathan
Senior Backend Engineer
priya.ramanathan@mailbox.example | +44 20 7946 0958 | Leeds, United Kingdom
linkedin.com/in/priya-ramanathan | github.com/pramanathan

**SUMMARY**
Backend engineer with 9 years of experience building payment platforms. I react to incidents calmly and
excel at explaining hard things in plain words.

**WORK EXPERIENCE**

**Senior Backend Engineer** | Northlight Payments Ltd, Leeds | Mar 2021 – Present
• Designed event-driven services in Go and Java on Kubernetes, handling 4,000 requests per second
• Moved the ledger from MySQL to PostgreSQL without downtime; wrote Terraform modules for AWS
• Led the go live of a new settlement engine in Spring 2022

**Software Engineer** | Harbour Retail Group, Manchester | Jun 2017 – Feb 2021
• Built REST APIs with Spring Boot and Kafka, tested with JUnit
• Introduced Docker and Jenkins for continuous integration

**Junior Developer** | Bluefin Software, York | Jul 2016 – May 2017
• Maintained C# and .NET applications on Windows Server

**EDUCATION**
BSc (Hons) Computer Science, University of York, 2013 – 2016, First Class Honours

**SKILLS**
Languages: Go, Java, C#, SQL, Bash
Tools: Docker, Kubernetes, Terraform, Kafka, Git
Databases: PostgreSQL, MySQL, Redis

**LANGUAGES**
English (native), Tamil (fluent)
`),
    name: 'Priya Ramanathan',
    emails: ['priya.ramanathan@mailbox.example'],
    phones: ['+44 20 7946 0958'],
    city: 'Leeds',
    skills: [
      'Go',
      'Java',
      'C#',
      'SQL',
      'Bash',
      'Kubernetes',
      'Docker',
      'Terraform',
      'Kafka',
      'Git',
      'PostgreSQL',
      'MySQL',
      'Redis',
      'AWS',
      'Spring Boot',
      'REST APIs',
      'JUnit',
      'Jenkins',
      'CI/CD',
      '.NET',
      'Windows Server',
      'Event-driven architecture',
    ],
    notSkills: [
      'React',
      'Microsoft Excel',
      'Spring',
      'JavaScript',
      'C',
      'C++',
      'R',
      'GitHub',
      'Microsoft Word',
      'NoSQL',
    ],
    positions: [
      'Senior Backend Engineer @ Northlight Payments Ltd',
      'Software Engineer @ Harbour Retail Group',
      'Junior Developer @ Bluefin Software',
    ],
    months: 125,
    education: 'bachelor',
    institutions: ['University of York'],
    languages: ['English native', 'Tamil C1'],
    certifications: [],
    licences: [],
  },
  {
    id: 'frontend developer, sidebar left, letter-spaced headings',
    document: pdf(
      [
        {
          x: 40,
          y: 60,
          width: 150,
          text: `
**C O N T A C T**
+1 (512) 555-0143
mateo.
alvarez@example.com
Austin, TX 78704
github.com/mateoalv

**S K I L L S**
JavaScript
TypeScript
React
Node.js
Express
CSS / Sass
Jest
Figma

**L A N G U A G E S**
Spanish – native
English – C2
`.replace('mateo.\nalvarez@', 'mateo.alvarez@'),
        },
        {
          x: 220,
          y: 50,
          width: 340,
          text: `
# MATEO ALVAREZ
Frontend Engineer

**P R O F I L E**
I build accessible interfaces and speak at meetups about web accessibility.

**E X P E R I E N C E**

**Frontend Engineer**
Copperline Inc., Austin, TX
January 2020 – Present
• Shipped a design system in React and TypeScript used by 14 teams
• Cut bundle size by 40 % with Webpack and code splitting

**Web Developer**
Juniper & Sage Studio, San Antonio, TX
08/2016 – 12/2019
• Built WordPress themes and Vue.js widgets
`,
        },
      ],
      [
        {
          x: 220,
          y: 50,
          width: 340,
          text: `
**Web Design Intern**
Casa Verde Marketing, El Paso, TX
06/2015 – 08/2015
• Prepared mockups in Adobe Photoshop

**E D U C A T I O N**
Associate of Applied Science in Web Development
El Paso Community College
2013 – 2015
`,
        },
      ],
    ),
    name: 'Mateo Alvarez',
    emails: ['mateo.alvarez@example.com'],
    phones: ['+1 (512) 555-0143'],
    city: 'Austin',
    skills: [
      'JavaScript',
      'TypeScript',
      'React',
      'Node.js',
      'Express',
      'CSS',
      'Sass',
      'Jest',
      'Figma',
      'Webpack',
      'WordPress',
      'Vue.js',
      'Adobe Photoshop',
      'Web accessibility',
    ],
    notSkills: ['Java', 'Juniper', 'Sage', 'Microsoft Teams', 'Microsoft Word', 'GitHub', 'Node'],
    positions: [
      'Frontend Engineer @ Copperline Inc.',
      'Web Developer @ Juniper & Sage Studio',
      'Web Design Intern @ Casa Verde Marketing',
    ],
    months: 127,
    education: 'associate',
    institutions: ['El Paso Community College'],
    languages: ['Spanish native', 'English C2'],
    certifications: [],
    licences: [],
  },
  {
    id: 'embedded engineer, German, tabular, DOCX with tabs',
    document: docx(`
Lebenslauf

Persönliche Daten
Name:\tJonas Weidenbach
Anschrift:\tBrunnenstraße 14, 70182 Stuttgart
Telefon:\t+49 711 5550 1234
E-Mail:\tjonas.weidenbach@beispiel.example
Geburtsdatum:\t12.04.1988
Familienstand:\tverheiratet, zwei Kinder

Berufserfahrung
seit 03/2020\tEntwicklungsingenieur Embedded Software, Kessler Antriebstechnik GmbH, Stuttgart
\tEntwicklung von Firmware in C und C++ für STM32-Mikrocontroller
\tCAN-Bus, FreeRTOS, AUTOSAR
10/2014 – 02/2020\tSoftwareentwickler, Möller Messtechnik AG, Ulm
\tPython-Werkzeuge zur Testautomatisierung, LabVIEW
07/2013 – 09/2014\tWerkstudent, Institut für Regelungstechnik
\tMATLAB und Simulink

Ausbildung
10/2012 – 09/2014\tMaster of Science Elektrotechnik, Universität Stuttgart, Note: 1,4
10/2009 – 09/2012\tBachelor of Science Elektrotechnik, Universität Ulm
2008\tAbitur, Kepler-Gymnasium Ulm

Sprachkenntnisse
Deutsch\tMuttersprache
Englisch\tverhandlungssicher (C1)
Französisch\tGrundkenntnisse

EDV-Kenntnisse
C, C++, Python, Git, Jira, MS Office

Führerschein
Klasse B, C1E
`),
    name: 'Jonas Weidenbach',
    emails: ['jonas.weidenbach@beispiel.example'],
    phones: ['+49 711 5550 1234'],
    city: 'Stuttgart',
    skills: [
      'C',
      'C++',
      'Python',
      'Git',
      'Jira',
      'Microsoft Office',
      'CAN bus',
      'RTOS',
      'AUTOSAR',
      'Microcontrollers',
      'Firmware development',
      'Test automation',
      'LabVIEW',
      'MATLAB',
      'Simulink',
    ],
    notSkills: ['C#', 'R', 'Truck driving', 'Microsoft Teams'],
    positions: [
      'Entwicklungsingenieur Embedded Software @ Kessler Antriebstechnik GmbH',
      'Softwareentwickler @ Möller Messtechnik AG',
      'Werkstudent @ Institut für Regelungstechnik',
    ],
    months: 161,
    education: 'master',
    institutions: ['Universität Stuttgart', 'Universität Ulm', 'Kepler-Gymnasium Ulm'],
    languages: ['German native', 'English C1', 'French A2'],
    certifications: [],
    licences: [],
  },
  {
    id: 'data scientist, LinkedIn export',
    document: pdf([
      {
        x: 30,
        y: 40,
        width: 160,
        text: `
Contact
amara.okafor@example.org
www.linkedin.com/in/amara-okafor
(LinkedIn)

Top Skills
Machine Learning
R
Data Visualization

Languages
English (Native or Bilingual)
French (Limited Working)

Certifications
AWS Certified Machine Learning – Specialty
`,
      },
      {
        x: 220,
        y: 40,
        width: 340,
        text: `
# Amara Okafor
Data Scientist at Meridian Health Analytics
London, England, United Kingdom

**Summary**
I turn hospital data into decisions. Python, SQL and R every day.

**Experience**

Meridian Health Analytics
4 years 11 months

Lead Data Scientist
January 2024 - Present (2 years 11 months)
London, England, United Kingdom
Lead a team of five; forecasting models in Python with scikit-learn and PyTorch.

Data Scientist
January 2022 - December 2023 (2 years)
London
Built dashboards in Tableau and R Shiny.

Crown Insurance
Data Analyst
September 2018 - December 2021 (3 years 4 months)
Bristol, United Kingdom
Reporting in SQL Server, Excel and Power BI.

**Education**
Imperial College London
Master of Science - MS, Statistics · (2017 - 2018)

University of Ibadan
Bachelor of Science - BS, Mathematics · (2012 - 2016)
`,
      },
    ]),
    name: 'Amara Okafor',
    emails: ['amara.okafor@example.org'],
    phones: [],
    city: 'London',
    skills: [
      'Machine learning',
      'R',
      'Data visualization',
      'Python',
      'SQL',
      'scikit-learn',
      'PyTorch',
      'Tableau',
      'SQL Server',
      'Microsoft Excel',
      'Power BI',
      'Predictive modeling',
    ],
    notSkills: ['Java', 'Go', 'C', 'NoSQL', 'MySQL'],
    positions: [
      'Lead Data Scientist @ Meridian Health Analytics',
      'Data Scientist @ Meridian Health Analytics',
      'Data Analyst @ Crown Insurance',
    ],
    months: 99,
    education: 'master',
    institutions: ['Imperial College London', 'University of Ibadan'],
    languages: ['English native', 'French B1'],
    certifications: ['AWS Certified Machine Learning'],
    licences: [],
  },
];
