import { docx, pdf } from './builders.ts';
import type { CorpusCv } from './expectation.ts';

export const CARE_AND_TRADES_CVS: readonly CorpusCv[] = [
  {
    id: 'registered nurse, US, licences',
    document: pdf(`
# Danielle Whitaker, BSN, RN, CCRN
Phoenix, AZ 85016 | (602) 555-0187 | dwhitaker@example.net

**PROFESSIONAL SUMMARY**
Compassionate ICU nurse with 7+ years of experience in Level I trauma centers.

**LICENSES & CERTIFICATIONS**
• Registered Nurse (RN), State of Arizona, License #RN-204418, expires 05/2027
• Compact multistate license
• BLS, ACLS, PALS – American Heart Association
• CCRN, exp. 2028

**CLINICAL EXPERIENCE**

**Staff Nurse, ICU** – Desert Ridge Medical Center, Phoenix, AZ
February 2020 to Present
• Care for ventilated patients, titrate drips, central line care and wound care
• Chart in Epic; precept new graduates
• Administered Vitamin C protocol; C-section recovery; Hepatitis C screening

**Registered Nurse, Med-Surg/Telemetry** – Saguaro Valley Hospital, Mesa, AZ
07/2017 – 01/2020
• Medication administration, IV therapy, patient education
• Cerner documentation, discharge planning

**EDUCATION**
Bachelor of Science in Nursing (BSN), Arizona State University, May 2017

**SKILLS**
Patient assessment · Triage · Ventilator management · EKG interpretation · Microsoft Word
`),
    name: 'Danielle Whitaker',
    emails: ['dwhitaker@example.net'],
    phones: ['(602) 555-0187'],
    city: 'Phoenix',
    skills: [
      'Patient assessment',
      'Triage',
      'Ventilator management',
      'ECG interpretation',
      'Microsoft Word',
      'Epic',
      'Cerner',
      'Wound care',
      'Central line care',
      'Medication administration',
      'IV therapy',
      'Patient education',
      'Discharge planning',
      'Telemetry',
      'Medical-surgical nursing',
      'Critical care',
    ],
    notSkills: ['C', 'R', 'Go', 'Java', 'Microsoft Access', 'Spring'],
    positions: [
      'Staff Nurse, ICU @ Desert Ridge Medical Center',
      'Registered Nurse, Med-Surg/Telemetry @ Saguaro Valley Hospital',
    ],
    months: 113,
    education: 'bachelor',
    institutions: ['Arizona State University'],
    languages: [],
    certifications: ['BLS', 'ACLS', 'PALS', 'CCRN'],
    licences: ['Registered Nurse (RN) | Arizona | RN-204418'],
  },
  {
    id: 'care nurse, German, DOCX',
    document: docx(`
Elif Yıldırım
Gesundheits- und Krankenpflegerin
Lindenallee 22 · 50668 Köln · Tel. 0221 555 0199 · elif.yildirim@beispiel.example

Berufspraxis
04/2019 – heute
Gesundheits- und Krankenpflegerin, Klinikum Rheinufer, Köln
Intensivstation: Beatmungspflege, Wundversorgung, Medikamentengabe
Pflegedokumentation in Orbis

10/2015 – 03/2019
Pflegefachkraft, Seniorenzentrum Abendrot, Bonn
Grundpflege und Behandlungspflege, Pflegeplanung

Ausbildung
2012 – 2015  Ausbildung zur Gesundheits- und Krankenpflegerin, Krankenpflegeschule Bonn
2012  Realschulabschluss, Gesamtschule Bonn-Beuel

Weiterbildungen
Praxisanleiterin, 2021
Wundexpertin ICW, 2022

Berufserlaubnis
Staatlich anerkannte Gesundheits- und Krankenpflegerin (Berufsurkunde Nordrhein-Westfalen)

Sprachen
Türkisch (Muttersprache), Deutsch (C2), Englisch (B1)
`),
    name: 'Elif Yıldırım',
    emails: ['elif.yildirim@beispiel.example'],
    phones: ['0221 555 0199'],
    city: 'Köln',
    skills: [
      'Ventilator management',
      'Wound care',
      'Medication administration',
      'Nursing documentation',
      'Personal care assistance',
      'Care planning',
      'Nurse supervision',
    ],
    notSkills: ['Oracle Database', 'C', 'Java', 'Recruiting'],
    positions: ['Gesundheits- und Krankenpflegerin @ Klinikum Rheinufer', 'Pflegefachkraft @ Seniorenzentrum Abendrot'],
    months: 134,
    education: 'secondary',
    institutions: ['Krankenpflegeschule Bonn', 'Gesamtschule Bonn-Beuel'],
    languages: ['Turkish native', 'German C2', 'English B1'],
    certifications: ['Praxisanleiterin', 'Wundexpertin ICW'],
    licences: ['Pflegefachkraft | - | -'],
  },
  {
    id: 'truck driver, gaps and overlap',
    document: docx(`
RAY DALTON
4418 Old Mill Road, Tulsa, OK 74112
Cell: 918-555-0122
Email: ray.dalton@example.com

OBJECTIVE
CDL Class A driver with 12 years of experience looking for a home-daily route. Clean record.

WORK HISTORY
Over-the-Road Driver
Prairie Star Trucking LLC, Tulsa, OK
5/2018 - Present
- Hauled reefer and dry van freight in 48 states, 900,000 safe miles
- Pre-trip inspections, ELD, hours of service compliance

Owner-Operator (part-time, flatbed)
Dalton Hauling
1/2017 - 12/2018
- Tarping, load securement, hazmat endorsement

Warehouse Forklift Operator
Sooner Distribution Co., Broken Arrow, OK
3/2012 - 6/2015
- Forklift, pallet jack, order picking, RF scanner

EDUCATION
High School Diploma, Union High School, Tulsa, 2009
Truck Driver Institute, 2016

LICENSES
CDL Class A with Hazmat and Tanker endorsements, Oklahoma, exp 2028
TWIC card

SKILLS
Trip planning, Defensive driving, Qualcomm, Basic mechanical repair
`),
    name: 'Ray Dalton',
    emails: ['ray.dalton@example.com'],
    phones: ['918-555-0122'],
    city: 'Tulsa',
    skills: [
      'Refrigerated transport',
      'Dry van',
      'Vehicle inspection',
      'Electronic logging devices',
      'Hours of service compliance',
      'Flatbed hauling',
      'Loading and unloading',
      'Hazardous materials handling',
      'Forklift operation',
      'Order picking',
      'RF scanners',
      'Route planning',
      'Defensive driving',
      'Mechanical repair',
      'Truck driving',
    ],
    notSkills: ['C', 'R', 'Go', 'Excel'],
    positions: [
      'Over-the-Road Driver @ Prairie Star Trucking LLC',
      'Owner-Operator (flatbed) @ Dalton Hauling',
      'Warehouse Forklift Operator @ Sooner Distribution Co.',
    ],
    months: 159,
    education: 'secondary',
    institutions: ['Union High School', 'Truck Driver Institute'],
    languages: [],
    certifications: ['TWIC'],
    licences: [],
  },
  {
    id: 'electrician, UK, dates first',
    document: pdf(`
# Gareth Pryce
Approved Electrician
Cardiff CF10 | 07700 900123 | gareth.pryce@example.co.uk

Personal Profile
Time-served electrician, happy to work away. Team player with an eye for detail.

Employment
2016 – present Electrician, Severn Electrical Contractors Ltd, Cardiff
Testing and inspection of domestic and commercial installations. Fault finding, PLC panels.
2011 – 2016 Maintenance Electrician, Taff Valley Foods, Pontypridd
Preventive maintenance of production lines, motor control, hydraulics and pneumatics.

Qualifications
City & Guilds Level 3 Electrical Installation
NVQ Level 3, Coleg y Cymoedd, 2011

Training
18th Edition Wiring Regulations
CSCS card

Interests
Rugby, Java coffee roasting, walking in the Brecon Beacons
`),
    name: 'Gareth Pryce',
    emails: ['gareth.pryce@example.co.uk'],
    phones: ['07700 900123'],
    city: 'Cardiff',
    skills: [
      'PLC programming',
      'Preventive maintenance',
      'Hydraulics',
      'Pneumatics',
      'Electrical installation',
      'Teamwork',
    ],
    notSkills: ['Java', 'Go', 'R'],
    positions: ['Electrician @ Severn Electrical Contractors Ltd', 'Maintenance Electrician @ Taff Valley Foods'],
    months: 191,
    education: 'secondary',
    institutions: ['Coleg y Cymoedd'],
    languages: [],
    certifications: ['18th Edition', 'CSCS'],
    licences: [],
  },
  {
    id: 'warehouse worker, no headings, one page',
    document: docx(`
Lindiwe Mokoena
Johannesburg, South Africa
+27 11 555 0166, lindiwe.mokoena@example.co.za

I am a hard-working warehouse assistant. I am looking for a full-time position.

Warehouse Assistant at Umbrella Logistics, Jan 2022 - present. Order picking, stocktaking, forklift driving.
Shop Assistant at Protea Supermarket, Mar 2019 - Nov 2021. Cash handling and customer service.

Matric, Soweto Secondary School, 2018

Languages: English, Zulu, Afrikaans (basic)
Skills: teamwork, forklift, Excel
`),
    name: 'Lindiwe Mokoena',
    emails: ['lindiwe.mokoena@example.co.za'],
    phones: ['+27 11 555 0166'],
    city: 'Johannesburg',
    skills: [
      'Order picking',
      'Stocktaking',
      'Forklift operation',
      'Cash handling',
      'Customer service',
      'Teamwork',
      'Microsoft Excel',
    ],
    notSkills: ['R', 'C', 'Go'],
    positions: ['Warehouse Assistant @ Umbrella Logistics', 'Shop Assistant @ Protea Supermarket'],
    months: 92,
    education: 'secondary',
    institutions: ['Soweto Secondary School'],
    languages: ['English -', 'Zulu -', 'Afrikaans A2'],
    certifications: [],
    licences: [],
  },
  {
    id: 'nursing assistant, Spanish',
    document: docx(`
**María José Fernández Ruiz**
Auxiliar de enfermería
Calle Mayor 15, 28013 Madrid
Móvil: 612 345 678
Correo: mj.fernandez@ejemplo.example

**Experiencia laboral**

**Auxiliar de enfermería** — Residencia Los Olivos, Madrid
Enero 2019 – Actualidad
• Cuidado de ancianos, toma de constantes vitales y curas
• Movilización de pacientes, aseo personal

**Recepcionista** — Clínica Dental Sol, Getafe
Marzo 2015 – Diciembre 2018
• Atención al cliente y facturación

**Formación académica**
Técnico en Cuidados Auxiliares de Enfermería (grado medio), IES San Isidro, 2012 – 2014

**Idiomas**
Español: lengua materna
Inglés: B1

**Otros datos**
Carnet de conducir B y vehículo propio
`),
    name: 'María José Fernández Ruiz',
    emails: ['mj.fernandez@ejemplo.example'],
    phones: ['612 345 678'],
    city: 'Madrid',
    skills: [
      'Geriatric care',
      'Vital signs',
      'Wound care',
      'Patient transfers',
      'Personal care assistance',
      'Customer service',
      'Invoicing',
    ],
    notSkills: ['C', 'Truck driving', 'Java'],
    positions: ['Auxiliar de enfermería @ Residencia Los Olivos', 'Recepcionista @ Clínica Dental Sol'],
    months: 141,
    education: 'secondary',
    institutions: ['IES San Isidro'],
    languages: ['Spanish native', 'English B1'],
    certifications: [],
    licences: [],
  },
];
