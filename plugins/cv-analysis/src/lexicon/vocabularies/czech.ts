import type { Vocabulary } from './vocabulary.ts';

/** Czech and Slovak, which share most of these words. */
export const CZECH_AND_SLOVAK: Vocabulary = {
  headings: {
    contact: 'kontakt; kontaktní údaje; osobní údaje; kontakty; kontaktné údaje; osobné údaje',
    summary:
      'o mně; profil; shrnutí; profesní profil; osobní profil; cíl; o mne; zhrnutie; profesijný profil; profesní cíl',
    skills:
      'dovednosti; schopnosti; znalosti; znalosti a dovednosti; odborné znalosti; odborné dovednosti; schopnosti a dovednosti; počítačové dovednosti; počítačové znalosti; technické dovednosti; klíčové dovednosti; další dovednosti; zručnosti; schopnosti a zručnosti; vedomosti; znalosti a zručnosti; odborné zručnosti; počítačové zručnosti; ďalšie znalosti; kompetence; kompetencie; technologie; technológie',
    experience:
      'pracovní zkušenosti; zkušenosti; praxe; pracovní praxe; pracovní zkušenost; profesní zkušenosti; odborná praxe; průběh zaměstnání; zaměstnání; kariéra; stáže; stáže a brigády; brigády; pracovné skúsenosti; skúsenosti; prax; pracovná prax; odborná prax; priebeh zamestnaní; zamestnanie; profesionálne skúsenosti; profesní dráha; přehled praxe; pracovní historie',
    education:
      'vzdělání; vzdělání a kurzy; dosažené vzdělání; studium; vzdelanie; dosiahnuté vzdelanie; štúdium; vzdělání a odborná příprava; vzdelávanie; vzdělávání',
    certifications:
      'certifikáty; kurzy; školení; kurzy a školení; certifikáty a kurzy; kurzy a certifikáty; školenia; další vzdělání; další vzdělávání; osvědčení; osvedčenia; kurzy a školenia',
    languages:
      'jazyky; jazykové znalosti; jazykové dovednosti; cizí jazyky; jazykové zručnosti; cudzie jazyky; jazykové schopnosti; jazyková vybavenost',
    projects: 'projekty; vybrané projekty',
    interests: 'zájmy; koníčky; záľuby; záujmy; zájmy a koníčky; volný čas; voľný čas; záliby',
    references: 'reference; referencie; doporučení; odporúčania',
    other:
      'ostatní; další informace; doplňující informace; publikace; ocenění; úspěchy; řidičský průkaz; ostatné; ďalšie informácie; publikácie; ocenenia; vodičský preukaz; ostatní informace',
  },
  months:
    'leden ledna január januára; únor února úno február februára; březen března bře marec marca; duben dubna dub apríl apríla; květen května kvě máj mája; červen června čvn jún júna; červenec července čvc júl júla; srpen srpna srp august augusta; září zář září september septembra; říjen října říj október októbra; listopad listopadu lis november novembra; prosinec prosince december decembra',
  present:
    'dosud; doposud; současnost; současnosti; do současnosti; nyní; dnes; po dnešek; trvá; stále; súčasnosť; súčasnosti; do súčasnosti; doteraz; teraz; trvá doteraz',
  since: 'od',
  until: 'do; až; až do',
  titles:
    'inženýr inženýrka programátor programátorka vývojář vývojářka analytik analytička manažer manažerka ředitel ředitelka vedoucí specialista specialistka účetní ekonom ekonomka právník právnička administrátor administrátorka konzultant konzultantka prodavač prodavačka pokladní učitel učitelka lékař lékařka sestra ošetřovatel ošetřovatelka řidič řidička mechanik elektrikář svářeč zámečník soustružník montér stavbyvedoucí architekt architektka návrhář překladatel překladatelka redaktor redaktorka novinář sekretářka asistent asistentka stážista stážistka laborant laborantka operátor operátorka logistik skladník skladnice kuchař kuchařka číšník servírka recepční koordinátor koordinátorka zástupce mistr technolog technik technička referent referentka nákupčí obchodník obchodní dělník dělnice seřizovač projektant projektantka kontrolor vychovatel vychovatelka psycholog lékárník inžinier inžinierka vývojár vývojárka manažér manažérka riaditeľ riaditeľka vedúci vedúca špecialista špecialistka účtovník účtovníčka predavač predavačka pokladník učiteľ učiteľka lekár lekárka ošetrovateľ vodič zvárač zámočník prekladateľ kuchár čašník čašníčka koordinátorka majster technička robotník',
  employers:
    's.r.o.; s. r. o.; a.s.; a. s.; spol. s r.o.; spol. s r. o.; k.s.; v.o.s.; z.s.; o.p.s.; společnost; spoločnosť; nemocnice; nemocnica; banka; univerzita; škola; gymnázium; ministerstvo; úřad; úrad; agentura; agentúra; ústav; spořitelna; závody; pojišťovna; poisťovňa; hotel; restaurace; reštaurácia',
  schools:
    'univerzit; vysok(?:á|é) škol; vysoké učení; fakult; gymnázi; střední; stredná; škol; učilišt; akademi; akadémi; všb; čvut; vut; vše(?!\\p{L}); konzervato; průmyslovk',
  degrees: {
    doctorate: 'ph\\.?d\\.?; doktorsk; doktorát; csc\\.',
    master: 'magistersk; magistr; magister; inženýrsk; inžiniersk; mgr\\.; mudr\\.; judr\\.; vysokoškolsk',
    bachelor: 'bakalářsk; bakalár; bakalář; bc\\.(?=\\s+\\p{L})',
    associate: 'vyšší odborn',
    secondary:
      'maturit; výuční list; výučný list; vyučen; střední vzdělání; stredné vzdelanie; středoškolsk; stredoškolsk',
  },
  spoken: {
    English: 'angličtina; anglick; angličtiny',
    German: 'němčina; německ; nemčina; nemeck',
    French: 'francouzština; francouzsk; francúzština; francúzsk',
    Spanish: 'španělština; španělsk; španielčina; španielsk',
    Italian: 'italština; italsk; taliančina; taliansk',
    Russian: 'ruština; rusk',
    Polish: 'polština; poľština; poľsk',
    Czech: 'čeština; česk',
    Slovak: 'slovenština; slovensk; slovenčina',
    Hungarian: 'maďarština; maďarsk; maďarčina',
    Ukrainian: 'ukrajinština; ukrajinsk; ukrajinčina',
  },
  levels: {
    native: 'rodilý; mateřsk; materinsk; rodný',
    C1: 'plynul; plynn; pokročil; výborn; velmi dobr; veľmi dobr; profesionáln',
    B2: 'dobr; vyšší střední',
    B1: 'středně pokročil; stredne pokročil; komunikativn; komunikatívn; mírně pokročil; mierne pokročil',
    A2: 'základ; začátečn; začiatočn; pasivn; pasívn',
  },
  labels: {
    name: 'jméno; jméno a příjmení; příjmení a jméno; meno; meno a priezvisko; priezvisko a meno',
    address: 'adresa; bydliště; bydlisko; trvalé bydliště; trvalé bydlisko',
    phone: 'tel; telefon; telefón; mobil',
  },
  sensitive:
    'datum narození; dátum narodenia; narozen; narozena; narodený; narodená; místo narození; miesto narodenia; věk; vek; pohlaví; pohlavie; národnost; národnosť; státní příslušnost; štátna príslušnosť; státní občanství; rodinný stav; stav; děti; deti; řidičský průkaz; vodičský preukaz; rodné číslo',
};
