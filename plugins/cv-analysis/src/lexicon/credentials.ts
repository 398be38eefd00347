/** One certificate people hold: how it is written, who issues it. */
interface CredentialPattern {
  name: string;
  issuer: string | null;
  pattern: RegExp;
}

const LINES = `
Basic Life Support (BLS) | American Heart Association | \\bBLS\\b|basic life support
Advanced Cardiac Life Support (ACLS) | American Heart Association | \\bACLS\\b|advanced cardi(?:ac|ovascular) life support
Pediatric Advanced Life Support (PALS) | American Heart Association | \\bPALS\\b|p(?:a)?ediatric advanced life support
Neonatal Resuscitation Program (NRP) | American Academy of Pediatrics | \\bNRP\\b|neonatal resuscitation
Trauma Nursing Core Course (TNCC) | Emergency Nurses Association | \\bTNCC\\b|trauma nursing core
Emergency Nursing Pediatric Course (ENPC) | Emergency Nurses Association | \\bENPC\\b
Certified Emergency Nurse (CEN) | BCEN | \\bCEN\\b|certified emergency nurse
Critical Care Registered Nurse (CCRN) | AACN | \\bCCRN\\b
Progressive Care Certified Nurse (PCCN) | AACN | \\bPCCN\\b
Certified Perioperative Nurse (CNOR) | CCI | \\bCNOR\\b
Oncology Certified Nurse (OCN) | ONCC | \\bOCN\\b
Certified Pediatric Nurse (CPN) | PNCB | \\bCPN\\b
Certified Medical-Surgical RN (CMSRN) | MSNCB | \\bCMSRN\\b|\\bRN-BC\\b
NIH Stroke Scale (NIHSS) | NIH | \\bNIHSS\\b|NIH stroke scale
Certified Wound Care Nurse | WOCNCB | \\bCWCN\\b|\\bCWOCN\\b|certified wound (?:care|ostomy)
CPR and First Aid | | \\bCPR(?:\\/(?:AED|first aid))?\\s*(?:certif\\w+|and first aid|& first aid|\\/)|first aid certif\\w+
Certified Medical Assistant | AAMA | certified medical assistant|\\bCMA \\(AAMA\\)
Certified Phlebotomy Technician | NHA | \\bCPT\\b(?= |,|$)|certified phlebotomy
Certified Professional Coder (CPC) | AAPC | certified professional coder|\\bCPC(?:-[AHP])?\\b(?=[ ,(]+(?:aapc|coder|coding))
Project Management Professional (PMP) | PMI | \\bPMP\\b|project management professional
Certified Associate in Project Management (CAPM) | PMI | \\bCAPM\\b
PMI Agile Certified Practitioner (PMI-ACP) | PMI | \\bPMI-ACP\\b
PRINCE2 Practitioner | AXELOS | prince ?2 practitioner
PRINCE2 Foundation | AXELOS | prince ?2 foundation
ITIL Foundation | AXELOS | itil(?: v\\d| 4)?(?: foundation)|itil v[34]\\b|itil 4\\b
Certified ScrumMaster (CSM) | Scrum Alliance | \\bCSM\\b|certified scrum ?master
Professional Scrum Master (PSM) | Scrum.org | \\bPSM(?: I{1,3})?\\b|professional scrum master
Certified Scrum Product Owner (CSPO) | Scrum Alliance | \\bCSPO\\b|certified scrum product owner
Professional Scrum Product Owner (PSPO) | Scrum.org | \\bPSPO\\b
SAFe Agilist | Scaled Agile | safe (?:\\d )?agilist|certified safe
Lean Six Sigma Black Belt | | six sigma black belt
Lean Six Sigma Green Belt | | six sigma green belt
Lean Six Sigma Yellow Belt | | six sigma yellow belt
AWS Certified Solutions Architect | Amazon Web Services | aws (?:certified )?solutions? architect
AWS Certified Developer | Amazon Web Services | aws certified developer
AWS Certified SysOps Administrator | Amazon Web Services | aws certified sysops
AWS Certified DevOps Engineer | Amazon Web Services | aws certified devops
AWS Certified Cloud Practitioner | Amazon Web Services | aws (?:certified )?cloud practitioner
AWS Certified Machine Learning | Amazon Web Services | aws certified machine learning
AWS Certified Data Analytics | Amazon Web Services | aws certified (?:data|big data)
Azure Administrator Associate (AZ-104) | Microsoft | \\bAZ-?104\\b|azure administrator associate
Azure Fundamentals (AZ-900) | Microsoft | \\bAZ-?900\\b|azure fundamentals
Azure Developer Associate (AZ-204) | Microsoft | \\bAZ-?204\\b|azure developer associate
Azure Solutions Architect Expert (AZ-305) | Microsoft | \\bAZ-?30[345]\\b|azure solutions architect
Azure Data Engineer Associate (DP-203) | Microsoft | \\bDP-?203\\b|azure data engineer associate
Power BI Data Analyst Associate (PL-300) | Microsoft | \\bPL-?300\\b|power bi data analyst associate
Microsoft Certified Solutions Expert (MCSE) | Microsoft | \\bMCSE\\b
Microsoft Certified Solutions Associate (MCSA) | Microsoft | \\bMCSA\\b
Microsoft Office Specialist (MOS) | Microsoft | microsoft office specialist|\\bMOS\\b
Google Cloud Professional Cloud Architect | Google | professional cloud architect
Google Cloud Professional Data Engineer | Google | professional data engineer
Google Cloud Associate Engineer | Google | associate cloud engineer
Google Analytics Certification | Google | google analytics (?:certif\\w+|individual qualification)|\\bGAIQ\\b
Google Ads Certification | Google | google ads certif\\w+
Google Data Analytics Certificate | Google | google data analytics (?:professional )?certificate
HubSpot Inbound Marketing | HubSpot | hubspot (?:inbound|content|email)[\\w ]*(?:certif\\w+|marketing)
Meta Blueprint | Meta | meta blueprint|facebook blueprint
Certified Kubernetes Administrator (CKA) | CNCF | \\bCKA\\b|certified kubernetes administrator
Certified Kubernetes Application Developer (CKAD) | CNCF | \\bCKAD\\b
HashiCorp Terraform Associate | HashiCorp | terraform associate
Oracle Certified Professional | Oracle | oracle certified (?:professional|associate|java)[\\w ]*|\\bOCP\\b(?= java)|\\bOCJP\\b
Salesforce Administrator | Salesforce | salesforce (?:certified )?(?:platform )?administrator certif\\w+|salesforce certified administrator|certified salesforce admin\\w*
Salesforce Platform Developer | Salesforce | salesforce (?:certified )?platform developer
CCNA | Cisco | \\bCCNA\\b
CCNP | Cisco | \\bCCNP\\b
CompTIA A+ | CompTIA | comptia a\\+
CompTIA Network+ | CompTIA | (?:comptia )?network\\+
CompTIA Security+ | CompTIA | (?:comptia )?security\\+
CISSP | ISC2 | \\bCISSP\\b
CISM | ISACA | \\bCISM\\b
CISA | ISACA | \\bCISA\\b
Certified Ethical Hacker (CEH) | EC-Council | \\bCEH\\b|certified ethical hacker
OSCP | OffSec | \\bOSCP\\b
ISTQB Foundation Level | ISTQB | \\bISTQB\\b
Red Hat Certified Engineer (RHCE) | Red Hat | \\bRHCE\\b
Red Hat Certified System Administrator (RHCSA) | Red Hat | \\bRHCSA\\b
TOGAF | The Open Group | togaf (?:\\d|certif\\w+)
Certified Public Accountant (CPA) | AICPA | \\bCPA\\b|certified public accountant
Chartered Financial Analyst (CFA) | CFA Institute | \\bCFA\\b|chartered financial analyst
ACCA | ACCA | \\bACCA\\b
Certified Management Accountant (CMA) | IMA | certified management accountant
Certified Internal Auditor (CIA) | IIA | certified internal auditor
QuickBooks ProAdvisor | Intuit | quickbooks (?:certified )?(?:proadvisor|user)|quickbooks online certif\\w+
SHRM Certified Professional (SHRM-CP) | SHRM | \\bSHRM-CP\\b
SHRM Senior Certified Professional (SHRM-SCP) | SHRM | \\bSHRM-SCP\\b
Professional in Human Resources (PHR) | HRCI | \\bS?PHR\\b
CIPD | CIPD | \\bCIPD\\b
OSHA 10-Hour | OSHA | osha[- ]?10\\b|osha 10-hour
OSHA 30-Hour | OSHA | osha[- ]?30\\b|osha 30-hour
Forklift Certification | | forklift (?:certif\\w+|licen[cs]e|card)|certified forklift(?: operator)?|staplerschein|gabelstaplerschein|flurförderzeugschein|flurfördermittelschein|\\bCACES\\b|carnet de carretillero
TWIC Card | TSA | \\bTWIC\\b
ServSafe | National Restaurant Association | servsafe(?: (?:food (?:protection )?)?(?:manager|handler))?
EPA Section 608 | EPA | epa (?:section )?608(?: universal)?
Certified Welder | | (?:aws|d1\\.1) (?:certified welder|welding certif\\w+)|certified welder
ASE Certification | ASE | \\bASE\\b(?: (?:master|certif\\w+))
Journeyman Electrician | | journeyman electrician(?: certif\\w+)?
NCCCO Crane Operator | NCCCO | \\bNCCCO\\b
ADR certificate | | adr[- ](?:schein|bescheinigung|certificate|card)|gefahrgutführerschein
Ausbildereignung (AEVO) | IHK | \\bAEVO\\b|ausbildereignung(?:sprüfung)?|\\bAdA[- ]Schein\\b
TEFL | | \\bTEFL\\b|\\bCELTA\\b
CPIM | ASCM | \\bCPIM\\b
CSCP | ASCM | \\bCSCP\\b
APICS | ASCM | \\bAPICS\\b
LEED | USGBC | \\bLEED (?:AP|green associate)\\b
NEBOSH | NEBOSH | \\bNEBOSH\\b
CSCS card | CSCS | \\bCSCS\\b(?: card)?
Praxisanleiter | | praxisanleiter(?:in)? (?:zertifikat|weiterbildung|kurs)|weiterbildung (?:zur?|zum) praxisanleit\\w+
Wundexperte ICW | ICW | wundexpert\\w+(?: icw)?
`;

export const CERTIFICATES: readonly CredentialPattern[] = LINES.trim()
  .split('\n')
  .map((line) => {
    const [, name = '', issuer = '', source = ''] = /^(.+?) \| (.*?)\s*\| (.+)$/.exec(line) ?? [];
    // Abbreviations in capitals are read only as written; words in any case.
    const upper = /\\b[A-Z]{3}/.test(source) && !/[a-z]{4}/.test(source.replace(/\\w|\(\?:/g, ''));
    return {
      name,
      issuer: issuer === '' ? null : issuer,
      pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}])`, upper ? 'u' : 'iu'),
    };
  });

/** Professions one needs a licence for, and how licences to practise them are written. */
export const LICENCES: readonly CredentialPattern[] = [
  {
    name: 'Registered Nurse (RN)',
    issuer: null,
    pattern: /\bRN\b(?!-BC)|registered (?:general |mental health )?nurse|\bRGN\b|registered professional nurse/iu,
  },
  { name: 'Licensed Practical Nurse (LPN)', issuer: null, pattern: /\bLPN\b|licensed practical nurse/iu },
  { name: 'Licensed Vocational Nurse (LVN)', issuer: null, pattern: /\bLVN\b|licensed vocational nurse/iu },
  {
    name: 'Certified Nursing Assistant (CNA)',
    issuer: null,
    pattern: /\bCNA\b|certified nurs(?:ing|e) (?:assistant|aide)|\bSTNA\b/iu,
  },
  {
    name: 'Nurse Practitioner (NP)',
    issuer: null,
    pattern: /\b(?:FNP|APRN|ARNP|CRNP|ANP|PMHNP)(?:-[A-Z]{1,2})?\b|nurse practitioner/iu,
  },
  { name: 'Certified Registered Nurse Anesthetist (CRNA)', issuer: null, pattern: /\bCRNA\b/iu },
  {
    name: 'Physician',
    issuer: null,
    pattern:
      /medical licen[cs]e|physician licen[cs]e|licen[cs]ed physician|\bGMC\b|approbation als arzt|approbation als ärztin|ärztliche approbation|full registration with the gmc/iu,
  },
  {
    name: 'Pharmacist',
    issuer: null,
    pattern: /pharmacist licen[cs]e|licen[cs]ed pharmacist|registered pharmacist|approbation als apotheker(?:in)?/iu,
  },
  {
    name: 'Pharmacy Technician',
    issuer: null,
    pattern: /pharmacy technician licen[cs]e|licen[cs]ed pharmacy technician|\bCPhT\b/iu,
  },
  {
    name: 'Physical Therapist',
    issuer: null,
    pattern: /physical therap(?:ist|y) licen[cs]e|licen[cs]ed physical therapist/iu,
  },
  { name: 'Respiratory Therapist', issuer: null, pattern: /respiratory (?:therapist|care) licen[cs]e|\bRRT\b/iu },
  { name: 'Radiologic Technologist', issuer: null, pattern: /\bARRT\b|radiologic technologist licen[cs]e/iu },
  {
    name: 'EMT / Paramedic',
    issuer: null,
    pattern: /\bNREMT\b|\bEMT-?[BIP]?\b|paramedic licen[cs]e|licen[cs]ed paramedic/iu,
  },
  { name: 'Social Worker', issuer: null, pattern: /\bLCSW\b|\bLMSW\b|licen[cs]ed (?:clinical )?social worker/iu },
  {
    name: 'NMC registration',
    issuer: 'Nursing and Midwifery Council',
    pattern: /\bNMC\b(?: pin| registration| registered)?/iu,
  },
  { name: 'HCPC registration', issuer: 'Health and Care Professions Council', pattern: /\bHCPC\b/iu },
  {
    name: 'Pflegefachkraft',
    issuer: null,
    pattern:
      /staatlich (?:anerkannte|geprüfte|examinierte)[rn]? (?:gesundheits- und )?(?:kranken|alten|pflege)\p{L}+|examinierte[r]? (?:gesundheits- und )?(?:kranken|alten|pflege)\p{L}+|berufserlaubnis|berufsurkunde/iu,
  },
  { name: 'Approbation', issuer: null, pattern: /\bapprobation\b/iu },
  {
    name: 'Professional Engineer (PE)',
    issuer: null,
    pattern:
      /professional engineer(?:ing)? (?:licen[cs]e|\(pe\))|licen[cs]ed professional engineer|\bPE licen[cs]e\b/iu,
  },
  {
    name: 'Electrician',
    issuer: null,
    pattern:
      /(?:master|journeyman|licen[cs]ed) electrician(?: licen[cs]e)?|electrician(?:'s)? licen[cs]e|electrical licen[cs]e/iu,
  },
  {
    name: 'Plumber',
    issuer: null,
    pattern: /(?:master|licen[cs]ed|journeyman) plumber(?: licen[cs]e)?|plumbing licen[cs]e/iu,
  },
  {
    name: 'Teaching licence',
    issuer: null,
    pattern:
      /teach(?:ing|er'?s?) (?:licen[cs]e|certificat(?:e|ion)|credential)|qualified teacher status|\bQTS\b|lehrbefähigung/iu,
  },
  {
    name: 'Real estate licence',
    issuer: null,
    pattern: /real estate (?:broker|salesperson|sales|agent)?\s?licen[cs]e/iu,
  },
  {
    name: 'Bar admission',
    issuer: null,
    pattern:
      /admitted to (?:the )?(?:[\p{L} ]+ )?bar|bar admission|state bar of|zulassung als rechtsanw[aä]lt(?:in)?/iu,
  },
  {
    name: 'Insurance licence',
    issuer: null,
    pattern: /(?:life|health|property|casualty|p&c|insurance)(?: (?:and|&) \p{L}+)? (?:insurance )?licen[cs]e/iu,
  },
  { name: 'FINRA Series licence', issuer: 'FINRA', pattern: /series (?:6|7|24|63|65|66)\b/iu },
  {
    name: 'Security guard licence',
    issuer: null,
    pattern:
      /guard card|security (?:guard|officer)? ?licen[cs]e|sachkundeprüfung (?:nach )?§ ?34a|\bSIA licen[cs]e\b/iu,
  },
  { name: 'Cosmetology licence', issuer: null, pattern: /cosmetolog(?:y|ist) licen[cs]e/iu },
];
