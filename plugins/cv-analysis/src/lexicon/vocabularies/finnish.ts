import type { Vocabulary } from './vocabulary.ts';

export const FINNISH: Vocabulary = {
  headings: {
    contact: 'yhteystiedot; henkilötiedot; yhteystieto; ota yhteyttä',
    summary: 'profiili; tiivistelmä; esittely; minusta; tietoa minusta; ammatillinen profiili; tavoite; yhteenveto',
    skills:
      'taidot; osaaminen; ydinosaaminen; erityisosaaminen; tekniset taidot; tietotekniset taidot; atk-taidot; it-taidot; vahvuudet; muu osaaminen; ammatillinen osaaminen; digitaaliset taidot; teknologiat',
    experience:
      'työkokemus; kokemus; työhistoria; työura; ammatillinen kokemus; työsuhteet; harjoittelut; aiempi työkokemus; keskeinen työkokemus',
    education: 'koulutus; koulutukset; opinnot; koulutus ja tutkinnot; tutkinnot; koulutustausta',
    certifications:
      'sertifikaatit; kurssit; todistukset; täydennyskoulutus; kurssit ja sertifikaatit; pätevyydet; lisäkoulutus; kortit ja luvat; koulutukset ja kurssit',
    languages: 'kielet; kielitaito; kielitaidot',
    projects: 'projektit; omat projektit',
    interests: 'harrastukset; kiinnostuksen kohteet; vapaa-aika; harrastukset ja kiinnostuksen kohteet',
    references: 'suosittelijat; suositukset; referenssit',
    other:
      'muut tiedot; muuta; lisätiedot; julkaisut; palkinnot; saavutukset; ajokortti; luottamustehtävät; vapaaehtoistyö; varusmiespalvelus; asepalvelus',
  },
  months:
    'tammikuu tammikuuta tammi; helmikuu helmikuuta helmi; maaliskuu maaliskuuta maalis; huhtikuu huhtikuuta huhti; toukokuu toukokuuta touko; kesäkuu kesäkuuta kesä; heinäkuu heinäkuuta heinä; elokuu elokuuta elo; syyskuu syyskuuta syys; lokakuu lokakuuta loka; marraskuu marraskuuta marras; joulukuu joulukuuta joulu',
  present: 'nykyinen; nykyhetki; tällä hetkellä; nyt; edelleen; jatkuu; toistaiseksi; voimassa',
  since: 'alkaen; lähtien',
  until: 'saakka; asti',
  titles:
    'insinööri diplomi-insinööri ohjelmoija kehittäjä ohjelmistokehittäjä analyytikko päällikkö projektipäällikkö johtaja toimitusjohtaja esimies vastaava asiantuntija erityisasiantuntija kirjanpitäjä taloushallinto juristi asianajaja hallintosihteeri konsultti myyjä kassa opettaja lehtori luokanopettaja lääkäri sairaanhoitaja lähihoitaja hoitaja kuljettaja mekaanikko sähköasentaja asentaja hitsaaja koneistaja operaattori arkkitehti suunnittelija kääntäjä toimittaja sihteeri assistentti harjoittelija tutkija teknikko laborantti varastotyöntekijä työntekijä kokki tarjoilija vastaanottovirkailija koordinaattori edustaja ostaja rakennusmestari kirvesmies siivooja lastenhoitaja psykologi farmaseutti testaaja palvelupäällikkö kesätyöntekijä työnjohtaja',
  employers:
    'oy; oyj; kaupunki; kunta; sairaala; yliopisto; ammattikorkeakoulu; koulu; lukio; pankki; ministeriö; virasto; hotelli; ravintola; säätiö; sairaanhoitopiiri; hyvinvointialue; osuuskauppa; apteekki; terveyskeskus',
  schools:
    'yliopist; korkeakoul; ammattikorkeakoul; amk(?!\\p{L}); lukio; ammattioppilaitos; ammattiopist; opisto; oppilaitos; koulu(?!tus)',
  degrees: {
    doctorate: 'tohtor',
    master: 'maister; diplomi-insinööri; ylempi amk; ylempi korkeakoulututkinto; kauppatieteiden maister',
    bachelor:
      'kandidaat; insinööri \\(amk\\); tradenomi; sairaanhoitaja \\(amk\\); amk-tutkinto; ammattikorkeakoulututkinto; sosionomi; medianomi; restonomi',
    associate: 'erikoisammattitutkinto; ammattitutkinto; opistoaste; merkonomi',
    secondary: 'ylioppilas; ylioppilastutkinto; perustutkinto; ammatillinen perustutkinto; datanomi; lähihoitaja',
  },
  spoken: {
    English: 'englanti; englannin',
    German: 'saksa; saksan',
    French: 'ranska; ranskan',
    Spanish: 'espanja; espanjan',
    Italian: 'italia(?=\\s*[:,(–-])',
    Finnish: 'suomi; suomen kieli',
    Swedish: 'ruotsi; ruotsin',
    Russian: 'venäjä; venäjän',
    Estonian: 'viro',
  },
  levels: {
    native: 'äidinkiel',
    C1: 'erinomai; sujuva; kiitettäv; erittäin hyv',
    B2: 'hyvä; hyvin',
    B1: 'keskitaso; kohtalai; tyydyttäv',
    A2: 'perusteet; alkeet; perustaso; välttäv',
  },
  labels: {
    name: 'nimi; koko nimi; sukunimi, etunimi',
    address: 'osoite; asuinpaikka; kotipaikka; paikkakunta',
    phone: 'puh; puhelin; gsm; matkapuhelin; puhelinnumero',
  },
  sensitive:
    'syntymäaika; syntymäpaikka; syntynyt; henkilötunnus; ikä; sukupuoli; kansalaisuus; siviilisääty; perhesuhteet; lapset; ajokortti',
};
