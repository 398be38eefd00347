import { docx, pdf } from './builders.ts';
import type { CorpusCv } from './expectation.ts';

export const OPERATIONS_CVS: readonly CorpusCv[] = [
  {
    id: 'DevOps, functional CV, skills first',
    document: docx(`
**Tomasz Lewandowski**
Kraków, Poland · tomasz (at) lewandowski.example (dot) com · 0048 601 555 012

**Professional Profile**
DevOps engineer. Fluent in English and German; native Polish.

**Core Competencies**
Cloud: AWS, Azure (AZ-104 certified)
Containers: Docker, Kubernetes, Helm
Automation: Ansible, Terraform, GitLab CI, Bash, Python
Monitoring: Prometheus, Grafana, ELK
No experience with Salesforce.

**Employment History**
DevOps Engineer, Wawel Systems sp. z o.o., 2019–present
IT Administrator, Gmina Office Services, 2015–2019

**Education**
Inżynier (Bachelor of Engineering), AGH University, 2015

**References**
Available on request
`),
    name: 'Tomasz Lewandowski',
    emails: ['tomasz@lewandowski.example.com'],
    phones: ['0048 601 555 012'],
    city: 'Kraków',
    skills: [
      'AWS',
      'Azure',
      'Docker',
      'Kubernetes',
      'Helm',
      'Ansible',
      'Terraform',
      'GitLab CI',
      'Bash',
      'Python',
      'Prometheus',
      'Grafana',
      'Elasticsearch',
      'DevOps',
    ],
    notSkills: ['Salesforce', 'Java', 'Go', 'System design'],
    positions: ['DevOps Engineer @ Wawel Systems sp. z o.o.', 'IT Administrator @ Gmina Office Services'],
    months: 143,
    education: 'bachelor',
    institutions: ['AGH University'],
    languages: ['English C1', 'German C1', 'Polish native'],
    certifications: ['Azure Administrator Associate'],
    licences: [],
  },
  {
    id: 'mobile developer, French, one column',
    document: pdf(`
# Camille Lefèvre
Développeuse mobile iOS
12 rue des Lilas, 69003 Lyon
06 12 34 56 78 – camille.lefevre@exemple.example

**Expériences professionnelles**

**Mars 2021 – aujourd'hui** : Développeuse iOS, Société Aubépine, Lyon
- Développement d'applications en Swift et SwiftUI
- Intégration continue avec GitLab CI, méthodes agiles

**Septembre 2018 – février 2021** : Développeuse mobile, Agence Korrigan, Nantes
- Applications Android (Kotlin) et Flutter

**Formation**
2016 – 2018 Master Informatique, Université de Nantes
2013 – 2016 Licence Informatique, Université de Rennes

**Compétences**
Swift, SwiftUI, Kotlin, Flutter, Git, Scrum

**Langues**
Français : langue maternelle
Anglais : courant
Allemand : notions

**Centres d'intérêt**
Photographie, escalade, cuisine
`),
    name: 'Camille Lefèvre',
    emails: ['camille.lefevre@exemple.example'],
    phones: ['06 12 34 56 78'],
    city: 'Lyon',
    skills: ['Swift', 'SwiftUI', 'Kotlin', 'Flutter', 'Git', 'Scrum', 'GitLab CI', 'Agile', 'Android development'],
    notSkills: ['Photography', 'Cooking', 'Java', 'C'],
    positions: ['Développeuse iOS @ Société Aubépine', 'Développeuse mobile @ Agence Korrigan'],
    months: 99,
    education: 'master',
    institutions: ['Université de Nantes', 'Université de Rennes'],
    languages: ['French native', 'English C1', 'German A2'],
    certifications: [],
    licences: [],
  },
];
