import type { Vocabulary } from './vocabulary.ts';

export const HUNGARIAN: Vocabulary = {
  headings: {
    contact: 'elérhetőség; elérhetőségek; kapcsolat; személyes adatok; személyi adatok; kapcsolattartás',
    summary: 'bemutatkozás; rólam; profil; szakmai profil; összefoglaló; szakmai összefoglaló; célkitűzés; karriercél',
    skills:
      'készségek; képességek; szakmai készségek; kompetenciák; ismeretek; szakmai ismeretek; informatikai ismeretek; számítógépes ismeretek; számítógépes készségek; technikai készségek; egyéni készségek és kompetenciák; kulcskompetenciák; erősségek; egyéb készségek; szakértelem; technológiák',
    experience:
      'tapasztalat; munkatapasztalat; szakmai tapasztalat; szakmai tapasztalatok; munkahelyek; szakmai gyakorlat; gyakornoki tapasztalat; karrier; eddigi munkahelyek; korábbi munkahelyek; munkatapasztalatok',
    education:
      'tanulmányok; végzettség; végzettségek; iskolai végzettség; iskolák; képzettség; képesítések; oktatás és képzés; tanulmányok és képzések; tanulmányok és végzettségek',
    certifications:
      'tanúsítványok; tanfolyamok; képzések; továbbképzések; oklevelek; minősítések; tanfolyamok és tanúsítványok; bizonyítványok',
    languages:
      'nyelvek; nyelvtudás; nyelvismeret; idegen nyelvek; nyelvi készségek; nyelvi ismeretek; idegennyelv-tudás',
    projects: 'projektek; saját projektek',
    interests: 'érdeklődés; érdeklődési kör; hobbi; hobbik; szabadidő',
    references: 'referenciák; ajánlások; referencia',
    other:
      'egyéb; egyéb információk; kiegészítő információk; publikációk; díjak; eredmények; jogosítvány; további információk; önkéntes munka',
  },
  months:
    'január januárja jan; február február febr; március márc; április ápr; május máj; június jún; július júl; augusztus aug; szeptember szept; október okt; november nov; december dec',
  present: 'jelenleg; jelen; napjainkig; máig; mai napig; a mai napig; folyamatban; jelenleg is',
  since: 'óta',
  until: '-tól',
  titles:
    'mérnök mérnöke programozó fejlesztő szoftverfejlesztő elemző menedzser igazgató igazgatója vezető vezetője csoportvezető osztályvezető szakértő specialista könyvelő közgazdász jogász ügyvéd adminisztrátor tanácsadó eladó pénztáros tanár oktató orvos ápoló ápolónő nővér sofőr gépkocsivezető szerelő villanyszerelő hegesztő lakatos esztergályos gépkezelő operátor építész tervező fordító szerkesztő újságíró titkár titkárnő asszisztens gyakornok technikus laboráns raktáros szakács pincér felszolgáló recepciós koordinátor képviselő referens ügyintéző beszerző értékesítő munkatárs munkás betanított kőműves asztalos óvónő pedagógus pszichológus gyógyszerész tesztelő művezető műszakvezető projektvezető termelésvezető',
  employers:
    'kft; kft.; zrt; zrt.; nyrt; nyrt.; nonprofit kft.; egyetem; főiskola; kórház; bank; iskola; gimnázium; intézet; minisztérium; önkormányzat; hivatal; ügynökség; alapítvány; étterem; szálloda; áruház; rendelőintézet',
  schools: 'egyetem; főiskol; iskol; gimnázium; szakközép; technikum; intézet; akadémi; szakképző; kollégium',
  degrees: {
    doctorate: 'doktori; ph\\.?d\\.?',
    master: 'mesterképzés; mester; egyetemi diploma; okleveles',
    bachelor: 'alapképzés; alapszak; főiskolai diploma; főiskolai',
    associate: 'felsőfokú szakképzés; felsőoktatási szakképzés; okj',
    secondary: 'érettségi; középiskol; szakmunkás; szakközépiskol',
  },
  spoken: {
    English: 'angol',
    German: 'német',
    French: 'francia',
    Spanish: 'spanyol',
    Italian: 'olasz',
    Hungarian: 'magyar',
    Russian: 'orosz',
    Romanian: 'román',
    Slovak: 'szlovák',
    Chinese: 'kínai',
  },
  levels: {
    native: 'anyanyelv',
    C1: 'felsőfok; folyékony; tárgyalóképes; tárgyalási',
    B2: 'középfok; jó',
    B1: 'társalgási; közepes',
    A2: 'alapfok; alapszint; kezdő',
  },
  labels: {
    name: 'név; vezetéknév és keresztnév; vezetéknév / utónév; teljes név',
    address: 'cím; lakcím; lakóhely',
    phone: 'tel; telefon; mobil; telefonszám',
  },
  sensitive:
    'születési idő; születési dátum; születési hely; született; születési hely, idő; születési hely és idő; életkor; kor; nem; állampolgárság; családi állapot; gyermekek; jogosítvány; anyja neve',
};
