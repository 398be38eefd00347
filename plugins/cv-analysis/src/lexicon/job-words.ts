/** Words that end or carry a job title, lower case, in English, German, French and Spanish. */
export const TITLE_WORDS: ReadonlySet<string> = new Set(
  `engineer developer programmer architect analyst administrator admin manager director head lead leader chief officer ceo cto cfo coo cio vp president
  supervisor coordinator co-ordinator specialist consultant advisor adviser associate assistant secretary receptionist clerk representative rep agent executive
  technician technologist mechanic electrician plumber carpenter welder fabricator machinist operator driver trucker courier loader picker packer handler forklift stocker
  nurse rn lpn lvn cna midwife physician doctor surgeon therapist pharmacist paramedic emt caregiver carer aide phlebotomist radiographer sonographer dentist hygienist dietitian
  teacher lecturer professor instructor tutor trainer educator principal researcher scientist fellow postdoc scholar librarian chemist biologist physicist statistician economist
  accountant bookkeeper auditor controller treasurer cashier teller banker broker underwriter actuary paralegal lawyer attorney solicitor counsel barrister judge notary
  salesperson salesman saleswoman seller buyer purchaser merchandiser marketer copywriter editor writer journalist reporter translator interpreter photographer designer illustrator animator artist producer
  chef cook baker waiter waitress server bartender barista host hostess steward housekeeper cleaner janitor custodian porter concierge
  recruiter sourcer generalist partner owner founder co-founder entrepreneur freelancer contractor intern internship trainee apprentice student volunteer worker laborer labourer foreman superintendent inspector planner scheduler dispatcher estimator surveyor
  tester qa scrum master devops sre dba webmaster strategist evangelist guard soldier sergeant captain lieutenant pilot firefighter policeman dispatcher expert practitioner counselor counsellor psychologist socialworker babysitter nanny hairdresser stylist gardener landscaper painter roofer mason bricklayer
  setter assembler installer fitter repairer maintenance groundskeeper preceptor technologist consultant/in shipper receiver helper crew member
  entwickler entwicklerin softwareentwickler softwareentwicklerin programmierer programmiererin ingenieur ingenieurin architekt architektin leiter leiterin teamleiter teamleiterin abteilungsleiter projektleiter projektleiterin projektmanager projektmanagerin bauleiter filialleiter filialleiterin geschäftsführer geschäftsführerin berater beraterin kundenberater kundenberaterin
  mitarbeiter mitarbeiterin sachbearbeiter sachbearbeiterin kaufmann kauffrau bürokaufmann bürokauffrau industriekaufmann industriekauffrau bankkaufmann bankkauffrau einzelhandelskaufmann einzelhandelskauffrau assistent assistentin sekretär sekretärin referent referentin verkäufer verkäuferin vertriebsmitarbeiter vertriebsmitarbeiterin vertriebsleiter außendienstmitarbeiter buchhalter buchhalterin bilanzbuchhalter bilanzbuchhalterin finanzbuchhalter finanzbuchhalterin controller controllerin
  pfleger pflegerin krankenpfleger krankenschwester krankenpflegerin altenpfleger altenpflegerin pflegefachkraft pflegefachfrau pflegefachmann pflegehelfer pflegehelferin gesundheits- fachkrankenpfleger hebamme arzt ärztin oberarzt oberärztin fachärztin assistenzarzt assistenzärztin oberarzt facharzt arzthelferin apotheker apothekerin erzieher erzieherin sozialarbeiter sozialarbeiterin sozialpädagoge sozialpädagogin lehrer lehrerin dozent dozentin
  fahrer fahrerin kraftfahrer berufskraftfahrer lkw-fahrer staplerfahrer lagerist lageristin fachlagerist lagermitarbeiter lagermitarbeiterin kommissionierer disponent disponentin lagerhelfer produktionshelfer produktionsmitarbeiter maschinenführer anlagenführer schlosser schlosserin mechaniker mechanikerin mechatroniker mechatronikerin industriemechaniker elektriker elektrikerin elektroniker elektronikerin schweißer tischler maler maurer dachdecker installateur zerspanungsmechaniker techniker technikerin meister werkmeister vorarbeiter polier monteur hausmeister koch köchin kellner kellnerin bäcker friseur friseurin servicekraft aushilfe reinigungskraft
  praktikant praktikantin werkstudent werkstudentin auszubildender auszubildende azubi trainee volontär hilfskraft doktorand doktorandin wissenschaftlicher tutorin systemadministrator fachinformatiker fachinformatikerin administrator analystin manager/in designerin grafiker grafikerin redakteur redakteurin personalreferent personalreferentin
  ingénieur ingénieure développeur développeuse responsable directeur directrice chef cheffe gérant gérante assistant assistante secrétaire comptable vendeur vendeuse commercial commerciale conseiller conseillère infirmier infirmière aide-soignant aide-soignante médecin sage-femme chauffeur conducteur conductrice cariste magasinier préparateur préparatrice technicien technicienne électricien plombier soudeur menuisier maçon cuisinier cuisinière serveur serveuse stagiaire apprenti apprentie alternant alternante professeur enseignant enseignante formateur formatrice chargé chargée chargée graphiste rédacteur consultante analyste architecte employé employée agent opérateur hôtesse animateur éducateur
  ingeniero ingeniera desarrollador desarrolladora programador programadora analista arquitecto arquitecta gerente director directora jefe jefa responsable encargado encargada coordinador coordinadora asistente auxiliar administrativo administrativa secretario secretaria contable contador contadora vendedor vendedora comercial dependiente dependienta cajero cajera asesor asesora enfermero enfermera médico médica conductor camionero repartidor mozo carretillero operario operaria técnico técnica electricista fontanero soldador albañil cocinero cocinera camarero camarera becario becaria aprendiz profesor profesora maestro maestra consultor consultora diseñador diseñadora abogado abogada recepcionista`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Endings of German titles, which are written as one word ("Vertriebsmitarbeiterin"). */
export const TITLE_ENDINGS =
  /(?:entwickler|ingenieur|leiter|manager|berater|mitarbeiter|kaufmann|kauffrau|kaufleute|assistent|fahrer|pfleger|schwester|helfer|techniker|mechaniker|elektroniker|informatiker|sachbearbeiter|verkäufer|buchhalter|referent|arzt|ärzt|lehrer|arbeiter|schlosser|führer|betreuer|fachkraft|fachfrau|fachmann|hilfe|kraft|installateur|laborant|therapeut|architekt|spezialist|koordinator|administrator|analyst|chef|koch|bauer|meister)(?:in|\/in|\*in|:in|\(in\)|en)?$/iu;

/** Words that open a title and say nothing else. */
export const SENIORITY: readonly { level: 'entry' | 'mid' | 'senior' | 'lead' | 'executive'; words: RegExp }[] = [
  {
    level: 'executive',
    words:
      /\b(?:chief|ceo|cto|cfo|coo|cio|cmo|vp|vice president|president|managing director|executive director|founder|co-founder|geschäftsführer(?:in)?|vorstand|directeur général|directrice générale|director general|directora general|prokurist(?:in)?)\b/iu,
  },
  {
    level: 'executive',
    words:
      /^(?:(?:senior|global|regional|group)\s+)?director\b|\bdirector of (?!nursing)|\bdirecteur\b|\bdirectrice\b/iu,
  },
  {
    level: 'lead',
    words:
      /\b(?:lead|leader|principal|staff (?:software )?engineer|head|manager(?:in)?|supervisor|superintendent|foreman|team ?lead|charge nurse|nurse manager|director of nursing|leiter(?:in)?|\p{L}*leiter(?:in)?|pflegedienstleitung|stationsleitung|meister|vorarbeiter|polier|responsable|chef d'équipe|jefe|jefa|encargad[oa]|gerente|coordinator of|architect)\b/iu,
  },
  {
    level: 'senior',
    words: /\b(?:senior|sr\.?|expert|specialist iii|level 3|iii|iv|erfahren(?:er|e)|confirmé|sénior)(?![\p{L}])/iu,
  },
  {
    level: 'entry',
    words:
      /\b(?:junior|jr\.?|intern|internship|trainee|apprentice|graduate|entry[- ]level|werkstudent(?:in)?|praktikant(?:in)?|auszubildende[r]?|azubi|stagiaire|apprenti(?:e)?|alternant(?:e)?|becari[oa]|student|aushilfe|débutant)(?![\p{L}])/iu,
  },
];

/** Words and endings that mark an employer. */
export const COMPANY_MARK =
  /(?:\b(?:inc|llc|l\.l\.c|ltd|limited|plc|corp|corporation|company|gmbh|mbh|ag|kg|kgaa|ohg|ug|e\.v|ev|gbr|sarl|s\.a\.r\.l|sas|s\.a\.s|s\.a|spa|s\.p\.a|srl|s\.r\.l|s\.l|s\.l\.u|slu|bv|b\.v|nv|n\.v|ab|oy|aps|a\/s|pty|pvt|private limited|llp|lp|pllc|se|group|gruppe|groupe|grupo|holding|holdings|partners|associates|technologies|technology|solutions|systems|services|consulting|consultants|software|labs|laboratories|studios?|agency|agentur|media|industries|manufacturing|logistics|logistik|transport|transportation|trucking|freight|freightlines|lines|express|airlines|bank|bancorp|sparkasse|volksbank|insurance|versicherung|hospital|hospitals|clinic|clinics|klinik|kliniken|klinikum|krankenhaus|medical center|medical centre|health|healthcare|health system|nhs|trust|nursing home|pflegeheim|seniorenheim|seniorenzentrum|pflegedienst|care home|rehabilitation center|hospice|pharmacy|apotheke|university|universität|université|universidad|hochschule|college|school|schule|academy|institute|institut|instituto|fraunhofer|max-planck|foundation|stiftung|ministry|department of|county|city of|stadt|landkreis|government|agency|army|navy|air force|restaurant|hotel|café|cafe|supermarket|supermarkt|store|stores|shop|markt|warehouse|motors|automotive|energy|power|electric|construction|builders|contractors|bau|builders|hôpital|clinique|chu|ehpad|banque|société|hospital universitario|clínica|empresa|ayuntamiento|startup|networks|telecom|communications|digital|international|global|worldwide|enterprises|ventures|capital|center|centre|team|staffing|personaldienstleistungen|zeitarbeit|handels|werke|werk|autohaus|praxis|kanzlei|steuerberatung|bäckerei|metzgerei|spedition)\b\.?)/iu;

export const COMPANY_SUFFIX =
  /\b(?:inc|llc|ltd|limited|plc|corp|corporation|gmbh|mbh|ag|kg|kgaa|ohg|e\.v|sarl|sas|s\.a|s\.p\.a|srl|s\.l|bv|b\.v|nv|pty|pvt|llp|pllc)\b\.?(?=$|[\s,)])/iu;
