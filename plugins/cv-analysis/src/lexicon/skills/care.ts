import { skillLines } from './skill-lines.ts';

export const CARE = [
  ...skillLines(
    'Healthcare and nursing',
    `
    Patient care = patientenversorgung; patient centered care; soins aux patients; atención al paciente; patientenbetreuung; direct patient care; patient centred care; bedside care; cuidado de pacientes; soins infirmiers; bedside nursing; cuidados de enfermería
    Patient assessment = patient assessments; physical assessment; nursing assessment; health assessment; head to toe assessment; pflegeanamnese; patient evaluation; clinical assessment; valoración de pacientes; head to toe assessments
    Vital signs = vitalzeichen; vitals; vital sign monitoring; signes vitaux; signos vitales; vitalzeichenkontrolle; monitoring vital signs; vitalwerte; constantes vitales
    Medication administration = medikamentengabe; med administration; medication management; administering medications; medikamentenverabreichung; administration de médicaments; administración de medicamentos; administered medications; medikamentöse therapie; administer medications; medication pass; medication passes; medikamentenmanagement; medicatie toedienen; somministrazione farmaci; somministrazione di farmaci; administração de medicação; podawanie leków; läkemedelshantering
    IV therapy = intravenous therapy; iv insertion; iv insertions; iv starts; infusionstherapie; peripheral iv; iv administration; iv medications; infusionen; iv line insertion; terapia intravenosa; iv access; infusionsmanagement
    Phlebotomy = venipuncture; blood draws; blutentnahme; blood draw; blutabnahme; prise de sang; blutentnahmen; specimen collection; blood collection; venepuncture; extracción de sangre
    Wound care = wundversorgung; wundmanagement; wound dressing; dressing changes; soins des plaies; wundbehandlung; wound management; wound vac; cura de heridas; verbandswechsel; pansements; wound treatment; curas; wondzorg; wondverzorging; medicazione ferite; opatrywanie ran; yara bakımı; sårvård; tratamento de feridas
    Catheterization = catheter care; foley catheter; katheterisierung; catheter insertion; foley catheters; sondaje; catheterisation; foley catheter insertion; blasenkatheter
    Tracheostomy care = tracheostomy; trach care; tracheostoma; tracheostomapflege
    Ventilator management = mechanical ventilation; ventilator; beatmung; ventilators; beatmungspflege; ventilator care; heimbeatmung; ventilated patients; außerklinische beatmung
    Telemetry = cardiac monitoring; telemetry monitoring; cardiac telemetry
    ECG interpretation = ekg; ecg; ekg interpretation; electrocardiogram; ekg monitoring; 12 lead ekg; electrocardiograma
    Echocardiography = echokardiographie; echokardiografie; echocardiogram; échocardiographie; ecocardiografía; ecocardiografia; ekokardiografi; echocardiografie
    Critical care = intensive care; icu; intensivpflege; intensivmedizin; soins intensifs; cuidados intensivos; intensivstation; critical care nursing; uci; micu; sicu; cvicu
    Emergency care = emergency room; emergency department; notaufnahme; emergency medicine; notfallmedizin; urgencias; urgences; trauma care; emergency nursing; notfallversorgung
    Triage = patient triage; ersteinschätzung; manchester triage; triagem
    Medical-surgical nursing = med surg; medical surgical; med surg nursing; medsurg; medical surgical nursing
    Operating room = perioperative; surgical assisting; op pflege; perioperative nursing; operating theatre; surgical nursing; scrub nurse; circulating nurse; operationssaal; op assistenz; perioperative care; quirófano; bloc opératoire
    Post-anesthesia care = pacu; post anaesthesia care; aufwachraum; recovery room; anästhesiepflege
    Labour and delivery = labor and delivery; obstetrics; geburtshilfe; l&d; obstetric nursing; maternity care; postpartum care; midwifery; obstétrique
    Neonatal care = nicu; neonatal intensive care; neonatology; neonatologie
    Paediatric nursing = pediatrics; pediatric nursing; pädiatrie; pediatric care; kinderkrankenpflege; paediatrics; picu; pediatría; pédiatrie; pediatric patients
    Geriatric care = geriatrics; altenpflege; elderly care; geriatrie; seniorenbetreuung; long term care; gériatrie; geriatría; elder care; aged care; altenbetreuung; skilled nursing; cuidado de ancianos; gerontology; assistenza anziani; assistenza agli anziani; ouderenzorg; cuidado de idosos; cuidados a idosos; opieka nad osobami starszymi; yaşlı bakımı; äldreomsorg; äldrevård
    Oncology nursing = oncology; onkologie; chemotherapy; chemotherapy administration; chemotherapie; oncologie; oncología
    Dialysis = hemodialysis; haemodialysis; hämodialyse; hémodialyse; hemodiálisis; peritoneal dialysis; dialyse
    Psychiatric nursing = psychiatric care; mental health nursing; psychiatrie; behavioral health; mental health; psychiatriepflege; psychiatric nursing care; santé mentale; salud mental; behavioural health
    Palliative care = hospice care; hospice; end of life care; palliativpflege; palliative care nursing; soins palliatifs; cuidados paliativos; palliativversorgung
    Home health care = home care; ambulante pflege; home health; häusliche pflege; ambulanter pflegedienst; soins à domicile; atención domiciliaria
    Community nursing = community health; public health nursing; district nursing; public health; salud pública; santé publique
    Rehabilitation = rehabilitation nursing; physical rehabilitation; rehabilitación; rééducation
    Case management = care coordination; patient navigation; fallmanagement; utilization review; entlassmanagement; utilisation review; case manager duties
    Discharge planning = discharge instructions; discharge teaching; entlassungsplanung
    Care planning = care plans; nursing care plans; pflegeplanung; individualized care plans; plan of care; care plan development; plans de soins; pflegeprozess; planes de cuidados; pflegeplan
    Nursing documentation = charting; pflegedokumentation; clinical documentation; patient charting; medical documentation; dokumentation pflege; sis; strukturierte informationssammlung; soap notes; medical charting; dossier de soins
    Patient education = patient teaching; patientenschulung; health education; family education; educating patients; patient and family education; éducation thérapeutique; educación del paciente; patient counseling; patientenanleitung; health promotion
    Infection control = infection prevention; infektionsprävention; hygienemanagement; universal precautions; aseptic technique; sterile technique; infection prevention and control; hygienevorschriften; control de infecciones; infektionsschutz; standard precautions; isolation precautions; aseptic techniques
    Sterilization = sterilisation; instrument sterilization; sterilgutaufbereitung; autoclave; sterile processing
    Personal care assistance = activities of daily living; adl; grundpflege; bathing; personal hygiene assistance; adls; körperpflege; behandlungspflege; personal care; aide à la toilette; personal hygiene; aseo personal; igiene personale; persoonlijke verzorging; cuidados de higiene; pielęgnacja osobista; personlig omvårdnad
    Patient transfers = hoyer lift; patient lifting; transferring patients; patient mobility; mobilisation; patient transfer; gait belt; mechanical lifts; lagerung; patient positioning; movilización de pacientes; ambulation; mobilisierung
    Feeding assistance = tube feeding; enteral feeding; peg tube; ng tube; enterale ernährung; g tube; peg sonde; nasogastric tubes; feeding tubes; ng tubes
    Blood glucose monitoring = glucose monitoring; blutzuckermessung; diabetes management; diabetes care; fingersticks; insulin administration; blood sugar monitoring; accu checks; diabetes education; blood glucose checks; insulingabe
    Blood transfusion = blood transfusions; blood administration; transfusion; bluttransfusion
    Central line care = picc lines; picc line; central lines; central line management; port access; zvk; picc
    CPR = cardiopulmonary resuscitation; reanimation; rcp; wiederbelebung
    First aid = erste hilfe; primeros auxilios; premiers secours; ersthelfer
    Pain management = schmerzmanagement; schmerztherapie; gestion de la douleur; manejo del dolor
    Fall prevention = fall precautions; sturzprophylaxe; prophylaxen; dekubitusprophylaxe
    Dementia care = alzheimer's care; demenzbetreuung; alzheimers care; demenz; memory care; dementia
    Immunization = vaccinations; vaccination; impfungen; immunizations; vacunación; impfung
    Electronic health records = ehr; emr; electronic medical records; electronic health record; krankenhausinformationssystem; elektronische patientenakte; electronic medical record; historia clínica electrónica; ehr systems; emr systems; ehr documentation; kis; dossier patient informatisé; elektronische dokumentation
    Epic = epic ehr; epic emr; epic hyperspace; epic systems; epiccare
    Cerner = cerner millennium; oracle health; cerner powerchart; powerchart
    Meditech = meditech expanse
    PointClickCare = point click care; pcc
    Allscripts = eclinicalworks; athenahealth; nextgen ehr
    Orbis KIS = orbis; dedalus orbis; vivendi pd; medifox; mccare; snap ambulant
    HIPAA = hipaa compliance; hipaa regulations
    Medical terminology = medizinische terminologie; terminología médica; medical vocabulary
    Medical coding = icd 10; cpt coding; icd10; icd 10 coding; icd 10 cm; hcpcs; cpt codes
    Medical billing = insurance verification; medical insurance billing; prior authorization; prior authorizations; medical insurance
    Medical imaging = radiology; radiologie; x ray; ultrasound; mri; ct scan; sonography; röntgen; radiografía; sonographie; diagnostic imaging; ct scans; x rays
    Pharmacy = pharmaceuticals; pharmazie; dispensing; prescription filling; apotheke; pharmacie; farmacia; prescription processing; pharmacology; pharmakologie
    Respiratory therapy = respiratory care; oxygen therapy; sauerstofftherapie; nebulizer; nebulizer treatments; arterial blood gas; atemtherapie
    Physical therapy = physiotherapy; physiotherapie; fisioterapia; kinésithérapie; krankengymnastik; manuelle therapie; therapeutic exercise; manual therapy; physio
    Occupational therapy = ergotherapie; ergothérapie; terapia ocupacional
    Speech therapy = speech language pathology; logopädie; orthophonie; logopedia
    Dental assisting = dental care; zahnmedizin; dental hygiene; zahnmedizinische assistenz; dental procedures; chairside assisting; four handed dentistry
    Nutrition = dietetics; ernährungsberatung; diätetik; nutrición; nutrition counseling; medical nutrition therapy
    Clinical research = clinical trials; klinische studien; gcp good clinical practice; good clinical practice; essais cliniques; ensayos clínicos
    Telehealth = telemedicine; telemedizin; telephone triage
    Conscious sedation = moderate sedation; procedural sedation
    Suturing = sutures; suture removal
    Crisis intervention = crisis management; krisenintervention; de escalation; deescalation; intervención en crisis; de escalation techniques; crisis de escalation
    Nurse supervision = charge nurse; charge nurse duties; stationsleitung; nursing leadership; preceptor; preceptorship; precepting; pflegedienstleitung; praxisanleitung; praxisanleiter; praxisanleiterin; wohnbereichsleitung
    `,
  ),
  ...skillLines(
    'Science and laboratory',
    `
    Laboratory techniques = laborarbeiten; lab techniques; laboratory work; techniques de laboratoire; técnicas de laboratorio; laboratory procedures; labortechnik; laboratory skills; lab work
    PCR = polymerase chain reaction; qpcr; rt pcr; rt qpcr
    Cell culture = zellkultur; tissue culture; zellkulturen; culture cellulaire
    Western blot = western blotting; elisa
    Microscopy = mikroskopie; confocal microscopy; fluorescence microscopy; electron microscopy
    HPLC = chromatography; gas chromatography; chromatographie; lc ms
    Mass spectrometry = massenspektrometrie; spectroscopy; nmr; spektroskopie
    Flow cytometry = facs; durchflusszytometrie
    CRISPR = gene editing; cloning; molecular cloning
    Molecular biology = molekularbiologie; biologie moléculaire; biología molecular
    Microbiology = mikrobiologie; microbiologie; microbiología
    Biochemistry = biochemie; biochimie; bioquímica
    Analytical chemistry = analytische chemie; chemical analysis; chemische analyse; titration
    Organic chemistry = organische chemie; organic synthesis
    Genomics = next generation sequencing; ngs; dna sequencing; rna seq
    Good laboratory practice = glp
    Experimental design = design of experiments; doe; versuchsplanung
    Academic research = research; forschung; scientific research; recherche; investigación; research methods; qualitative research; quantitative research; forschungsarbeit
    Scientific writing = academic writing; scientific publications; wissenschaftliches schreiben; manuscript writing
    Peer review = peer reviewer
    LIMS = laboratory information management system
    Literature review = literature reviews; systematic reviews
    Teaching assistance = teaching assistant duties; tutoring; nachhilfe; tutorien; tutor
    Econometrics = ökonometrie
    `,
  ),
  ...skillLines(
    'Education and social work',
    `
    Teaching = unterrichten; classroom teaching; enseignement; docencia; unterricht; lehre; instruction; lehrtätigkeit; enseñanza; university teaching
    Curriculum development = curriculum design; lehrplanentwicklung; lesson planning; lesson plans; unterrichtsplanung; course design; unterrichtsvorbereitung; course development
    Classroom management = klassenführung
    Special education = sonderpädagogik; special needs; iep; individualized education program; inclusive education; éducation spécialisée; special educational needs; educación especial; ieps
    Early childhood education = child care; kinderbetreuung; childcare; frühpädagogik; early years; petite enfance; educación infantil; cuidado de niños; frühkindliche bildung; early years foundation stage
    E-learning = elearning; instructional design; online teaching; moodle; articulate storyline; e learning development
    Counselling = counseling; beratung; consejería; psychotherapy; psychotherapie; career counseling
    Social work = sozialarbeit; travail social; trabajo social; soziale arbeit; sozialpädagogik; social services
    Youth work = jugendarbeit; jugendhilfe; youth mentoring; youth development
    Student assessment = grading; leistungsbewertung; student evaluation
    Educational technology = google classroom; smartboard; canvas lms; blackboard lms; edtech
    ESL teaching = english as a second language; tefl; tesol; esl; daf; deutsch als fremdsprache; efl
    Child protection = safeguarding; kinderschutz
    Coaching = executive coaching; life coaching; team coaching
    Mentoring = mentorship; mentoring junior staff; mentored; mentoría; mentor
    Workshop facilitation = facilitation; moderation; workshops; workshop moderation
    Security guarding = access control; security patrol; cctv; sicherheitsdienst; objektschutz; surveillance systems; cctv monitoring; objektbewachung; video surveillance
    Fire safety = brandschutz; fire prevention; fire protection; sécurité incendie
    Hairdressing = hair styling; friseurhandwerk; hair coloring; cosmetology; coiffure; peluquería; haircutting
    Massage therapy = massage; wellness massage
    Animal care = tierpflege; veterinary care; animal handling
    Agriculture = farming; landwirtschaft; crop production; agricultura; livestock
    `,
  ),
  ...skillLines(
    'Soft skills',
    `
    Communication = communication skills; kommunikationsfähigkeit; kommunikation; comunicación; verbal communication; written communication; kommunikationsstärke; interpersonal communication; comunicación efectiva
    Teamwork = team work; teamarbeit; team player; teamfähigkeit; collaboration; travail d'équipe; trabajo en equipo; teamplayer; esprit d'équipe; travail en équipe; cross functional collaboration; teamgeist
    Leadership = mitarbeiterführung; people management; team leadership; führung; personalführung; liderazgo; team lead; teamleitung; team management; people leadership; führungskompetenz; leadership skills; management d'équipe; führungserfahrung; team leading; staff supervision; supervision
    Problem solving = problemlösung; problem solving skills; problemlösungskompetenz; analytical problem solving; résolution de problèmes; resolución de problemas; lösungsorientiert
    Time management = zeitmanagement; gestion du temps; gestión del tiempo; prioritization; prioritisation; meeting deadlines
    Critical thinking = analytical thinking; analytisches denken; kritisches denken; analytical skills; pensamiento crítico
    Attention to detail = detail oriented; detailgenauigkeit; accuracy; atención al detalle; sorgfalt; detail orientated
    Adaptability = flexibility; flexibilität; anpassungsfähigkeit; adaptabilité; adaptabilidad; flexibilidad
    Organization = organizational skills; organisationstalent; organisational skills; organisationsfähigkeit; organisation; organización; organisationsgeschick
    Presentation skills = presentations; public speaking; präsentationen; präsentationsfähigkeit; presenting
    Decision making = entscheidungsfähigkeit; toma de decisiones
    Conflict resolution = conflict management; konfliktmanagement; konfliktlösung; resolución de conflictos; gestion des conflits
    Customer orientation = customer focus; kundenorientierung; customer focused; orientación al cliente; sens du service
    Creativity = kreativität; creative thinking; créativité; creatividad
    Empathy = einfühlungsvermögen; empathie; empatía; compassion
    Multitasking = multi tasking
    Reliability = zuverlässigkeit; dependability; punctuality; pünktlichkeit; fiabilité
    Initiative = eigeninitiative; self motivation; self motivated; self starter
    Resilience = belastbarkeit; working under pressure; stressresistenz; stress management; stress tolerance
    Delegation = task delegation
    Emotional intelligence
    Intercultural competence = intercultural skills; interkulturelle kompetenz; cross cultural communication
    Active listening
    Independent working = selbstständiges arbeiten; autonomy; working independently; selbständige arbeitsweise; autonomie; selbstständigkeit
    `,
  ),
];
