import { describe, expect, it } from 'vitest';
import { docx, pdf } from '../../corpus/builders.ts';
import { SKILLS } from '../../lexicon/skills/index.ts';
import { readCv } from '../index.ts';
import { lookUp } from './lexicon-index.ts';
import { spellingKey } from './tokens.ts';

const TODAY = { year: 2026, month: 11 };
const skillsOf = (text: string): string[] => readCv(docx(text), TODAY).data.skills;
const inList = (items: string): string[] => skillsOf(`Jo Doe\n\nSKILLS\n${items}`);
const inProse = (sentence: string): string[] => skillsOf(`Jo Doe\n\nSUMMARY\n${sentence}`);

describe('the lexicon', () => {
  it('holds at least 700 skills under distinct names', () => {
    expect(SKILLS.length).toBeGreaterThanOrEqual(700);
    expect(new Set(SKILLS.map((skill) => skill.name)).size).toBe(SKILLS.length);
  });

  it('gives each spelling to one skill only', () => {
    const wrong = SKILLS.flatMap((skill) =>
      [skill.name, ...skill.aliases]
        .filter((spelling) => lookUp(spellingKey(spelling))?.name !== skill.name)
        .map((spelling) => `${skill.name}: ${spelling}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('items of a list', () => {
  it.each([
    ['Go, Python', ['Go', 'Python']],
    ['go, python', ['Go', 'Python']],
    ['C, C++, C#, F#', ['C', 'C++', 'C#', 'F#']],
    ['C/C++', ['C', 'C++']],
    ['R, SPSS', ['R', 'SPSS']],
    ['Lean · Six Sigma', ['Lean', 'Six Sigma']],
    ['Lean\tSix Sigma', ['Lean', 'Six Sigma']],
    ['C# .NET', ['C#', '.NET']],
    ['.NET, ASP.NET, VB.NET', ['.NET', 'ASP.NET', 'VB.NET']],
    ['Java 8, JavaScript (ES6)', ['Java', 'JavaScript']],
    ['Node.js | Express | MongoDB', ['Node.js', 'Express', 'MongoDB']],
    ['NodeJS, ReactJS, VueJS', ['Node.js', 'React', 'Vue.js']],
    ['Python3, C++17, Angular12', ['Python', 'C++', 'Angular']],
    ['MySQL, NoSQL', ['MySQL', 'NoSQL']],
    ['PL/SQL, T-SQL', ['PL/SQL', 'T-SQL']],
    ['Word, Excel, PowerPoint', ['Microsoft Word', 'Microsoft Excel', 'Microsoft PowerPoint']],
    ['MS Office (Word, Excel, Access)', ['Microsoft Office', 'Microsoft Word', 'Microsoft Excel', 'Microsoft Access']],
    ['Microsoft Teams, Outlook', ['Microsoft Teams', 'Microsoft Outlook']],
    ['CI/CD, REST APIs, TDD', ['CI/CD', 'REST APIs', 'Test-driven development']],
    ['Spring, Hibernate, Maven', ['Spring', 'Hibernate', 'Maven']],
    ['Spring Boot', ['Spring Boot']],
    ['Swift, Kotlin', ['Swift', 'Kotlin']],
    ['Objective-C, Swift', ['Objective-C', 'Swift']],
    ['front-end development; machine-learning', ['Frontend development', 'Machine learning']],
    ['Vue (advanced), React – expert, Docker 3 years', ['Vue.js', 'React', 'Docker']],
    ['Amazon Web Services (AWS)', ['AWS']],
    ['K8s, Postgres, JS', ['Kubernetes', 'PostgreSQL', 'JavaScript']],
    ['Epic, Cerner', ['Epic', 'Cerner']],
    ['Wound care, IV therapy, Vital signs', ['Wound care', 'IV therapy', 'Vital signs']],
    ['Communication, Teamwork, Leadership', ['Communication', 'Teamwork', 'Leadership']],
    ['Gabelstapler, Kommissionierung', ['Forklift operation', 'Order picking']],
    ['Buchhaltung, DATEV, Umsatzsteuer', ['Accounting', 'DATEV', 'VAT']],
    ['A/B testing, SEO/SEM', ['A/B testing', 'SEO', 'SEM']],
    ['HTML5/CSS3', ['HTML', 'CSS']],
  ])('%s', (items, expected) => {
    expect(inList(items)).toEqual(expected);
  });
});

describe('prose', () => {
  it.each([
    ['Wrote services in Go with gRPC and Kubernetes.', 'Go'],
    ['Go developer with Docker experience.', 'Go'],
    ['Programmed firmware in C for STM32.', 'C'],
    ['Data analysis in R and Python.', 'R'],
    ['Built pages with React and Redux.', 'React'],
    ['Rebuilt the back end in Spring with Hibernate.', 'Spring'],
    ['Kept budgets in Excel.', 'Microsoft Excel'],
    ['Advanced Excel user.', 'Microsoft Excel'],
    ['Wrote letters in Word and Excel.', 'Microsoft Word'],
    ['Developed apps in Swift and Objective-C.', 'Swift'],
    ['Moved data from Oracle to PostgreSQL.', 'Oracle Database'],
    ['Documented care in Epic.', 'Epic'],
  ])('%s names %s', (sentence, skill) => {
    expect(inProse(`${sentence} Also Git, Docker and wound care.`)).toContain(skill);
  });

  it.each([
    ['I go to market with new ideas and go the extra mile.', ['Go']],
    ['Led the Go-Live of an ERP system in Docker.', ['Go']],
    ['Go-to-market planning for Kubernetes products.', ['Go']],
    ['Vitamin C infusions, Hepatitis C screening, Grade C in Maths.', ['C']],
    ['C-level presentations and C-suite workshops on Java.', ['C']],
    ['Class C licence for heavy vehicles and Java.', ['C']],
    ['R&D manager for Python products.', ['R']],
    ['Worked in R & D with Python.', ['R']],
    ['I excel at planning. Excel in team work. You excel under pressure.', ['Microsoft Excel']],
    ['Students excel in Maths.', ['Microsoft Excel']],
    ['React to incidents quickly on AWS.', ['React']],
    ['Quick to react; AWS.', ['React']],
    ['Swift decisions and swift delivery in Java projects.', ['Swift']],
    ['Spring 2019: exchange semester. In spring, Java.', ['Spring']],
    ['Access to patients and vascular access with Excel.', ['Microsoft Access']],
    ['Known by word of mouth; Excel.', ['Microsoft Word']],
    ['Worked with teams across Europe using Excel. Teams of ten.', ['Microsoft Teams']],
    ['Express delivery for American Express; Node.js.', ['Express']],
    ['A positive outlook, Excel.', ['Microsoft Outlook']],
    ['JavaScript only.', ['Java']],
    ['MySQL and NoSQL only.', ['SQL']],
    ['TypeScript only.', ['JavaScript']],
    ['Worked with Ruby Miller and Julia Stone on Java.', ['Ruby', 'Julia']],
    ['Mail me at java@python.example or see www.react.example/go.', ['Java', 'Python', 'React', 'Go']],
    ['No experience with Salesforce or HubSpot.', ['Salesforce', 'HubSpot']],
    ['Nurse in charge of rest periods and the rest of the ward.', ['REST APIs']],
    ['Wrote SOAP notes for each patient.', ['SOAP']],
    ['Sharepoints of view and cobolt blue paint.', ['SharePoint', 'COBOL']],
    ['Repaired rust on cars.', ['Rust']],
    ['I was less busy; fewer hadoops.', ['Less', 'Hadoop']],
    [
      'Managed the delivery of projects, research and production.',
      ['Delivery driving', 'Academic research', 'Manufacturing'],
    ],
    ['Head chef and sous chef at a bistro.', ['Chef']],
    ['Gave 5 ml of saline; j’ai fini.', ['Machine learning', 'Artificial intelligence']],
    ['Ada Lovelace School, ADA compliance, Java.', ['Ada']],
    ['Replaced windows and doors.', ['Microsoft Windows']],
  ])('%s does not name %j', (sentence, skills) => {
    const found = inProse(sentence);
    expect(skills.filter((skill) => found.includes(skill))).toEqual([]);
  });
});

describe('where skills are not read', () => {
  it('employers, schools, hobbies, referees, driving licences', () => {
    const found = skillsOf(`
Julia Swift
julia@example.com

EXPERIENCE
Cook, Oracle Corporation, Austin, TX
2015 – 2018
- Prepared meals

EDUCATION
Diploma, Swift College, 2012

INTERESTS
Python keeping, Go, photography

DRIVING LICENCE
Class C, R

REFERENCES
Ruby Rails, Salesforce manager`);
    expect(found).toEqual([]);
  });
});

describe('what the person has not', () => {
  it.each([
    ['I do not know Angular, and I have no experience with PHP.', []],
    ['No experience with Node.js or PHP, but years of Java.', ['Java']],
    ['Currently learning Rust in my free time; daily work with Docker.', ['Docker']],
    ['Would love to learn Elixir. Writes Kotlin and Java.', ['Kotlin', 'Java']],
    ['Not interested in Salesforce roles.', []],
    ['Eager to learn, strong in Docker and Java.', ['Docker', 'Java']],
    ['Ich möchte Kotlin lernen. Kein Interesse an Salesforce.', []],
    ["Je souhaite apprendre Kotlin. J'utilise Docker.", ['Docker']],
    ['Quiero aprender Kotlin; uso Docker.', ['Docker']],
    ['Nie znam Angular, chcę nauczyć się Kotlin.', []],
    ['Your SAP roll-out caught my eye.', []],
    ['Ihre SAP-Einführung habe ich verfolgt.', []],
    ['My colleague wrote the Java backend. I wrote the tests in Docker.', ['Docker']],
  ])('%s', (sentence, expected) => {
    expect(inProse(sentence)).toEqual(expected);
  });

  it('reads denials and wishes on over a wrapped line', () => {
    const { data } = readCv(
      pdf('# Jo Doe', 'SUMMARY\nDeveloper of web sites with PostgreSQL. Not\ninterested in Salesforce roles.'),
      TODAY,
    );
    expect(data.skills).toEqual(['PostgreSQL']);
  });

  it('keeps what was done without fail', () => {
    expect(inProse('Never missed a deadline with Salesforce.')).toEqual(['Salesforce']);
  });

  it('knows the list of what is wished for', () => {
    expect(inList('Expert: JavaScript, Docker\nWant to learn: Kotlin, Angular')).toEqual(['JavaScript', 'Docker']);
    expect(inList('Machine learning: Kotlin, Docker')).toEqual(['Machine learning', 'Kotlin', 'Docker']);
  });

  it('takes no author of a publication for a skill', () => {
    const found = skillsOf(
      'Jo Doe\n\nPUBLICATIONS\nDoe, J., Java, M., Rust, P. (2021). Docker at sea. Marine Letters, 44.\nPython, A. & Doe, J. (2016). Snakes.',
    );
    expect(found).toEqual(['Docker']);
  });
});

describe('evidence', () => {
  it('names page and line and joins wrapped phrases', () => {
    const { data } = readCv(
      pdf(
        '# Jo Doe',
        'SKILLS\nLong experience with many tools, most of all with the field of machine\nlearning and the program Power\nBI',
      ),
      TODAY,
    );
    expect(data.skillDetails.map(({ name, evidence }) => [name, evidence[0]?.page, evidence[0]?.line])).toEqual([
      ['Machine learning', 2, 2],
      ['Power BI', 2, 3],
    ]);
  });

  it('credits the months of the positions that name a skill, overlaps once', () => {
    const { data } = readCv(
      docx(`
Jo Doe

EXPERIENCE
Developer, Acme Inc., Boston, MA
01/2020 – 12/2021
- Java services

Consultant, Beta LLC, Boston, MA
07/2021 – 06/2022
- Java and COBOL`),
      TODAY,
    );
    expect(Object.fromEntries(data.skillDetails.map((skill) => [skill.name, skill.months]))).toEqual({
      Java: 30,
      COBOL: 12,
    });
  });

  it('leaves sensitive attributes out of passages', () => {
    const { data } = readCv(docx('Jo Doe\n\nSKILLS\nJava | Date of birth: 3 May 1980 | Docker'), TODAY);
    expect(JSON.stringify(data)).not.toContain('1980');
    expect(data.skills).toEqual(['Java', 'Docker']);
  });
});
