/** ISO 3166 code → names; the first is shown. */
const COUNTRY_NAMES = `
US = United States; USA; U.S.A.; United States of America; U.S.; Vereinigte Staaten; États-Unis; Estados Unidos
GB = United Kingdom; UK; U.K.; Great Britain; England; Scotland; Wales; Northern Ireland; Großbritannien; Royaume-Uni; Reino Unido
DE = Germany; Deutschland; Allemagne; Alemania
AT = Austria; Österreich; Autriche
CH = Switzerland; Schweiz; Suisse; Suiza
FR = France; Frankreich; Francia
ES = Spain; España; Spanien; Espagne
PT = Portugal
IT = Italy; Italia; Italien; Italie
NL = Netherlands; The Netherlands; Nederland; Niederlande; Holland; Pays-Bas; Países Bajos
BE = Belgium; Belgien; Belgique; België; Bélgica
LU = Luxembourg; Luxemburg
IE = Ireland; Irland; Irlande; Irlanda
DK = Denmark; Danmark; Dänemark
SE = Sweden; Sverige; Schweden
NO = Norway; Norge; Norwegen
FI = Finland; Finnland
IS = Iceland
PL = Poland; Polska; Polen; Pologne; Polonia
CZ = Czech Republic; Czechia; Tschechien
SK = Slovakia
HU = Hungary; Ungarn
RO = Romania; Rumänien; România
BG = Bulgaria
GR = Greece; Griechenland
HR = Croatia; Kroatien
SI = Slovenia
RS = Serbia; Serbien
BA = Bosnia and Herzegovina; Bosnien
UA = Ukraine
RU = Russia; Russland
TR = Turkey; Türkei; Türkiye
EE = Estonia
LV = Latvia
LT = Lithuania
CA = Canada; Kanada
MX = Mexico; México; Mexiko
BR = Brazil; Brasil; Brasilien
AR = Argentina; Argentinien
CL = Chile
CO = Colombia; Kolumbien
PE = Peru; Perú
VE = Venezuela
EC = Ecuador
UY = Uruguay
CR = Costa Rica
DO = Dominican Republic; República Dominicana
PR = Puerto Rico
CU = Cuba
GT = Guatemala
JM = Jamaica
IN = India; Indien; Inde
PK = Pakistan
BD = Bangladesh
LK = Sri Lanka
NP = Nepal
CN = China; PRC
HK = Hong Kong
TW = Taiwan
JP = Japan
KR = South Korea; Korea; Republic of Korea
SG = Singapore; Singapur
MY = Malaysia
TH = Thailand
VN = Vietnam; Viet Nam
PH = Philippines; Philippinen
ID = Indonesia; Indonesien
AU = Australia; Australien
NZ = New Zealand; Neuseeland
ZA = South Africa; Südafrika
NG = Nigeria
KE = Kenya; Kenia
GH = Ghana
ET = Ethiopia
UG = Uganda
TZ = Tanzania
ZW = Zimbabwe
CM = Cameroon; Cameroun
SN = Senegal; Sénégal
CI = Ivory Coast; Côte d'Ivoire
EG = Egypt; Ägypten
MA = Morocco; Marokko; Maroc
TN = Tunisia; Tunesien; Tunisie
DZ = Algeria; Algérie
IL = Israel
JO = Jordan; Jordanien
LB = Lebanon; Libanon; Liban
SA = Saudi Arabia; Saudi-Arabien; KSA
AE = United Arab Emirates; UAE; U.A.E.; Vereinigte Arabische Emirate
QA = Qatar
KW = Kuwait
BH = Bahrain
OM = Oman
SY = Syria; Syrien
IQ = Iraq
IR = Iran
AF = Afghanistan
`;

const STATES = `
AL Alabama;AK Alaska;AZ Arizona;AR Arkansas;CA California;CO Colorado;CT Connecticut;DE Delaware;FL Florida;GA Georgia;HI Hawaii;ID Idaho;IL Illinois;IN Indiana;IA Iowa;KS Kansas;
KY Kentucky;LA Louisiana;ME Maine;MD Maryland;MA Massachusetts;MI Michigan;MN Minnesota;MS Mississippi;MO Missouri;MT Montana;NE Nebraska;NV Nevada;NH New Hampshire;NJ New Jersey;
NM New Mexico;NY New York;NC North Carolina;ND North Dakota;OH Ohio;OK Oklahoma;OR Oregon;PA Pennsylvania;RI Rhode Island;SC South Carolina;SD South Dakota;TN Tennessee;TX Texas;
UT Utah;VT Vermont;VA Virginia;WA Washington;WV West Virginia;WI Wisconsin;WY Wyoming;DC District of Columbia`;

const PROVINCES =
  'ON Ontario;QC Quebec;BC British Columbia;AB Alberta;MB Manitoba;SK Saskatchewan;NS Nova Scotia;NB New Brunswick;NL Newfoundland;PE Prince Edward Island';

const AUSTRALIAN_STATES =
  'NSW New South Wales;VIC Victoria;QLD Queensland;TAS Tasmania;ACT Australian Capital Territory';

const CITY_NAMES = `
New York;New York City;NYC;Los Angeles;Chicago;Houston;Phoenix;Philadelphia;San Antonio;San Diego;Dallas;San Jose;Austin;Jacksonville;Fort Worth;Columbus;Charlotte;San Francisco;Indianapolis;Seattle;
Denver;Washington DC;Washington, D.C.;Boston;El Paso;Nashville;Detroit;Oklahoma City;Portland;Las Vegas;Memphis;Louisville;Baltimore;Milwaukee;Albuquerque;Tucson;Fresno;Sacramento;Kansas City;Mesa;
Atlanta;Omaha;Colorado Springs;Raleigh;Miami;Long Beach;Virginia Beach;Oakland;Minneapolis;Tulsa;Tampa;Arlington;New Orleans;Wichita;Cleveland;Bakersfield;Aurora;Anaheim;Honolulu;Santa Ana;
Riverside;Lexington;Stockton;Saint Paul;St. Paul;St. Louis;Cincinnati;Pittsburgh;Greensboro;Anchorage;Plano;Orlando;Newark;Irvine;Toledo;Durham;Chula Vista;Fort Wayne;Jersey City;St. Petersburg;Boise;Spokane;Richmond;Salt Lake City;Birmingham;Buffalo;Rochester;Madison;Des Moines;Little Rock;Knoxville;Providence;Hartford;
London;Manchester;Liverpool;Leeds;Sheffield;Bristol;Glasgow;Edinburgh;Cardiff;Belfast;Nottingham;Leicester;Newcastle;Newcastle upon Tyne;Southampton;Portsmouth;Brighton;Oxford;Cambridge;Reading;Coventry;Bradford;Plymouth;Aberdeen;Milton Keynes;Norwich;York;Exeter;
Berlin;Hamburg;München;Munich;Köln;Cologne;Frankfurt;Frankfurt am Main;Stuttgart;Düsseldorf;Leipzig;Dortmund;Essen;Bremen;Dresden;Hannover;Hanover;Nürnberg;Nuremberg;Duisburg;Bochum;Wuppertal;Bielefeld;Bonn;Münster;Karlsruhe;Mannheim;Augsburg;Wiesbaden;Mönchengladbach;Gelsenkirchen;Braunschweig;Chemnitz;Kiel;Aachen;Halle;Magdeburg;Freiburg;Freiburg im Breisgau;Krefeld;Lübeck;Mainz;Erfurt;Oberhausen;Rostock;Kassel;Hagen;Potsdam;Saarbrücken;Hamm;Ludwigshafen;Oldenburg;Osnabrück;Leverkusen;Heidelberg;Darmstadt;Solingen;Regensburg;Paderborn;Ingolstadt;Würzburg;Fürth;Wolfsburg;Ulm;Heilbronn;Göttingen;Erlangen;Trier;Jena;Koblenz;Gütersloh;
Wien;Vienna;Graz;Linz;Salzburg;Innsbruck;Klagenfurt;Zürich;Zurich;Genf;Geneva;Genève;Basel;Bern;Lausanne;Luzern;St. Gallen;Winterthur;
Paris;Marseille;Lyon;Toulouse;Nice;Nantes;Strasbourg;Montpellier;Bordeaux;Lille;Rennes;Reims;Grenoble;Dijon;Angers;Toulon;Rouen;Tours;
Madrid;Barcelona;Valencia;Sevilla;Seville;Zaragoza;Málaga;Murcia;Palma;Bilbao;Alicante;Córdoba;Valladolid;Vigo;Granada;Oviedo;
Lisbon;Lisboa;Porto;Rome;Roma;Milan;Milano;Naples;Napoli;Turin;Torino;Bologna;Florence;Firenze;Verona;Venice;Venezia;Palermo;Genoa;
Amsterdam;Rotterdam;The Hague;Den Haag;Utrecht;Eindhoven;Groningen;Brussels;Brüssel;Bruxelles;Antwerp;Antwerpen;Ghent;Gent;Dublin;Cork;Galway;Limerick;
Copenhagen;København;Aarhus;Stockholm;Gothenburg;Göteborg;Malmö;Oslo;Bergen;Helsinki;Warsaw;Warszawa;Kraków;Krakow;Wrocław;Gdańsk;Poznań;Prague;Praha;Brno;Budapest;Bucharest;București;Cluj-Napoca;Sofia;Athens;Thessaloniki;Zagreb;Ljubljana;Belgrade;Sarajevo;Kyiv;Kiev;Lviv;Kharkiv;Moscow;Saint Petersburg;Istanbul;Ankara;Izmir;Tallinn;Riga;Vilnius;
Lisbon;Lisboa;Coimbra;Braga;Aveiro;Faro;Setúbal;Matosinhos;Leiria;Évora;Viseu;Amadora;Bari;Catania;Padova;Trieste;Brescia;Parma;Modena;Prato;Cagliari;Rimini;Perugia;Livorno;Ravenna;Ferrara;Salerno;Bergamo;Trento;Vicenza;Bolzano;Udine;Pisa;Siena;Novara;Ancona;Pescara;Lecce;
Łódź;Szczecin;Lublin;Bydgoszcz;Białystok;Katowice;Gdynia;Częstochowa;Radom;Toruń;Rzeszów;Kielce;Olsztyn;Gliwice;Opole;Zielona Góra;Sopot;Uppsala;Västerås;Örebro;Linköping;Helsingborg;Jönköping;Norrköping;Lund;Umeå;Gävle;Sundsvall;Karlstad;Trondheim;Stavanger;Kristiansand;Tromsø;Drammen;Odense;Aalborg;Esbjerg;Tampere;Turku;Espoo;Oulu;Reykjavík;
Tilburg;Almere;Breda;Nijmegen;Apeldoorn;Haarlem;Arnhem;Enschede;Amersfoort;Maastricht;Leiden;Dordrecht;Zwolle;Delft;Leeuwarden;Nieuwegein;Leuven;Liège;Charleroi;Namur;Brugge;Mechelen;Hasselt;Bursa;Antalya;Adana;Konya;Gaziantep;Kayseri;Eskişehir;Kocaeli;Mersin;Diyarbakır;Samsun;Trabzon;Denizli;Gebze;İzmir;Izmit;
Saint-Étienne;Le Havre;Villeurbanne;Le Mans;Aix-en-Provence;Brest;Nîmes;Limoges;Clermont-Ferrand;Amiens;Annecy;Metz;Besançon;Perpignan;Orléans;Mulhouse;Caen;Nancy;Avignon;Poitiers;Pau;La Rochelle;Cannes;Gijón;Vitoria;Vitoria-Gasteiz;A Coruña;La Coruña;Elche;Pamplona;Santander;San Sebastián;Donostia;Salamanca;Burgos;Cádiz;Almería;Huelva;León;Logroño;Badajoz;Lleida;Tarragona;Girona;Jaén;Barakaldo;Getafe;Alcalá de Henares;Las Palmas;
Brooklyn;Queens;Bronx;Manhattan;Staten Island;Stoke-on-Trent;Derby;Wolverhampton;Sunderland;Swansea;Peterborough;Ipswich;Gloucester;Northampton;Luton;Swindon;Croydon;Dundee;Inverness;Canterbury;Winchester;Carlisle;Middlesbrough;Blackpool;Bolton;Halle (Saale);Frankfurt (Oder);Debrecen;Szeged;Pécs;Győr;Ostrava;Plzeň;Olomouc;Košice;Novi Sad;Split;Rijeka;Maribor;Timișoara;Iași;Brașov;Plovdiv;Varna;Nsukka;Ibadan;Port Harcourt;Kumasi;Mombasa;
Toronto;Montreal;Montréal;Vancouver;Calgary;Edmonton;Ottawa;Winnipeg;Quebec City;Hamilton;Halifax;Mississauga;Brampton;Mexico City;Ciudad de México;Guadalajara;Monterrey;São Paulo;Rio de Janeiro;Brasília;Buenos Aires;Santiago;Bogotá;Medellín;Lima;Quito;Caracas;Montevideo;San Juan;
Bangalore;Bengaluru;Mumbai;Delhi;New Delhi;Hyderabad;Chennai;Pune;Kolkata;Ahmedabad;Noida;Gurgaon;Gurugram;Jaipur;Kochi;Coimbatore;Lucknow;Indore;Chandigarh;Thiruvananthapuram;Nagpur;Bhopal;Visakhapatnam;Mysore;Karachi;Lahore;Islamabad;Dhaka;Colombo;Kathmandu;
Beijing;Shanghai;Shenzhen;Guangzhou;Hong Kong;Taipei;Tokyo;Osaka;Seoul;Singapore;Kuala Lumpur;Bangkok;Hanoi;Ho Chi Minh City;Manila;Makati;Quezon City;Cebu;Cebu City;Davao;Jakarta;Sydney;Melbourne;Brisbane;Perth;Adelaide;Canberra;Auckland;Wellington;
Johannesburg;Cape Town;Durban;Pretoria;Lagos;Abuja;Nairobi;Accra;Addis Ababa;Kampala;Harare;Dakar;Abidjan;Cairo;Casablanca;Rabat;Tunis;Algiers;Tel Aviv;Jerusalem;Amman;Beirut;Riyadh;Jeddah;Dubai;Abu Dhabi;Sharjah;Doha;Kuwait City;Manama;Muscat;Damascus;Baghdad;Tehran`;

function entries(text: string): string[] {
  return text
    .split(/[;\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** Name of a country in any known language, lower case → the name shown. */
export const COUNTRIES: ReadonlyMap<string, string> = new Map(
  COUNTRY_NAMES.trim()
    .split('\n')
    .flatMap((line) => {
      const names = (line.split(' = ')[1] ?? '').split(';').map((name) => name.trim());
      return names.map((name): [string, string] => [name.toLowerCase(), names[0] ?? name]);
    }),
);

function codes(text: string): [string, string][] {
  return entries(text).map((entry) => {
    const [code = '', ...name] = entry.split(' ');
    return [code, name.join(' ')];
  });
}

/** Two- or three-letter code of a US state, Canadian province or Australian state → its name. */
export const STATE_CODES: ReadonlyMap<string, string> = new Map([STATES, PROVINCES, AUSTRALIAN_STATES].flatMap(codes));

const COUNTRY_OF_CODE: ReadonlyMap<string, string> = new Map(
  [
    [STATES, 'United States'],
    [PROVINCES, 'Canada'],
    [AUSTRALIAN_STATES, 'Australia'],
  ].flatMap(([text = '', country = '']) => codes(text).map(([code]): [string, string] => [code, country])),
);

/** The country whose states have such a code, or `null`. */
export function countryOfState(code: string): string | null {
  return COUNTRY_OF_CODE.get(code) ?? null;
}

export const STATE_NAMES: ReadonlySet<string> = new Set([...STATE_CODES.values()].map((name) => name.toLowerCase()));

export const CITIES: ReadonlySet<string> = new Set(
  entries(CITY_NAMES).map((city) => city.replaceAll('İ', 'I').toLowerCase()),
);
