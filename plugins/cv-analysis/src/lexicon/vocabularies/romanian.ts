import type { Vocabulary } from './vocabulary.ts';

export const ROMANIAN: Vocabulary = {
  headings: {
    contact: 'contact; date de contact; date personale; informații personale; informații de contact',
    summary: 'despre mine; profil; profil profesional; sumar; rezumat; obiectiv; obiectiv profesional; obiective',
    skills:
      'aptitudini; competențe; abilități; aptitudini și competențe; competențe profesionale; competențe tehnice; competențe digitale; competențe personale; aptitudini și competențe personale; abilități tehnice; cunoștințe; cunoștințe it; competențe cheie; abilități și competențe',
    experience:
      'experiență; experiență profesională; experiența profesională; experiență de muncă; experiența de lucru; experiență în muncă; parcurs profesional; istoric profesional; stagii; carieră',
    education:
      'educație; studii; educație și formare; educație și formare profesională; pregătire; pregătire profesională; formare; formare profesională; studii și formare',
    certifications:
      'certificări; certificate; cursuri; cursuri și certificări; certificări și cursuri; diplome; atestate; traininguri; cursuri de formare',
    languages: 'limbi; limbi străine; competențe lingvistice; limbi străine cunoscute; limbi vorbite',
    projects: 'proiecte; proiecte personale',
    interests: 'hobby; hobby-uri; interese; pasiuni; hobbyuri și interese',
    references: 'referințe; recomandări',
    other:
      'informații suplimentare; alte informații; publicații; premii; realizări; distincții; permis de conducere; anexe; voluntariat',
  },
  months:
    'ianuarie ian; februarie feb; martie mar; aprilie apr; mai; iunie iun; iulie iul; august aug; septembrie sept sep; octombrie oct; noiembrie noi nov; decembrie dec',
  present: 'prezent; în prezent; până în prezent; astăzi; azi; în curs; actual',
  since: 'din; de la; începând cu',
  until: 'până în; până la; până',
  titles:
    'inginer ingineră programator programatoare dezvoltator dezvoltatoare analist analistă manager director directoare șef șefă coordonator coordonatoare specialist specialistă contabil contabilă economist economistă jurist juristă avocat avocată administrator consultant consultantă vânzător vânzătoare casier casieră profesor profesoară învățător învățătoare medic asistent asistentă șofer mecanic electrician sudor lăcătuș strungar operator operatoare arhitect arhitectă traducător traducătoare redactor jurnalist secretar secretară stagiar stagiară tehnician tehniciană laborant magazioner bucătar bucătăreasă ospătar ospătăriță recepționer recepționeră agent reprezentant referent responsabil consilier consilieră muncitor zidar tâmplar instalator educator educatoare psiholog farmacist farmacistă gestionar auditor',
  employers:
    's.r.l.; srl; s.a.; s.c.; p.f.a.; pfa; compania; societatea; banca; spitalul; clinica; universitatea; institutul; școala; liceul; colegiul; ministerul; primăria; agenția; direcția; consiliul',
  schools:
    'universitat; universităț; institut; academi; facultat; facultăț; colegiul; liceu; școal; grup școlar; politehnic',
  degrees: {
    doctorate: 'doctorat; doctor în',
    master: 'masterat; diplomă de master; studii de master',
    bachelor: 'licență; licenț; diplomă de inginer; diplomă de licență; studii universitare',
    associate: 'școală postliceală; postliceal; colegiu universitar',
    secondary: 'bacalaureat; diplomă de bacalaureat; studii liceale; studii medii; școală profesională',
  },
  spoken: {
    English: 'engleză; engleza',
    German: 'germană; germana',
    French: 'franceză; franceza',
    Spanish: 'spaniolă; spaniola',
    Italian: 'italiană; italiana',
    Romanian: 'română; româna',
    Hungarian: 'maghiară; maghiara',
    Russian: 'rusă',
    Portuguese: 'portugheză',
    Turkish: 'turcă',
  },
  levels: {
    native: 'maternă; matern; nativ',
    C1: 'fluent; avansat; foarte bine; foarte bun; excelent; profesional',
    B2: 'bine; bun',
    B1: 'mediu; intermediar; satisfăcător; conversațional',
    A2: 'începător; elementar; de bază',
  },
  labels: {
    name: 'nume; nume și prenume; nume / prenume; nume, prenume; prenume și nume',
    address: 'adresă; adresa; localitate; domiciliu',
    phone: 'tel; telefon; mobil',
  },
  sensitive:
    'data nașterii; locul nașterii; născut; născută; vârstă; vârsta; sex; naționalitate; cetățenie; stare civilă; starea civilă; copii; permis de conducere; cnp; religie',
};
