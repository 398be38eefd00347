import { skillLines } from './skill-lines.ts';

export const INDUSTRY = [
  ...skillLines(
    'Logistics and transport',
    `
    Logistics = logistik; logistique; logística; logistics management; logistics coordination; logistikmanagement
    Supply chain management = supply chain; scm; lieferkettenmanagement; cadena de suministro; chaîne d'approvisionnement; supply chain planning
    Warehouse operations = warehousing; lagerhaltung; lagerlogistik; warehouse; lagerarbeiten; almacén; entrepôt; lagerverwaltung; warehouse work; lagertätigkeiten
    Warehouse management systems = wms; warehouse management system; lagerverwaltungssystem; warehouse management
    Inventory management = inventory control; stock control; bestandsmanagement; bestandskontrolle; inventory; gestion des stocks; gestión de inventarios; stock management; control de inventario; bestandsführung; gestione magazzino; gestione delle scorte; voorraadbeheer; gestão de stocks; gestão de stock; gestão de estoque; zarządzanie zapasami; stok yönetimi; lagerhantering; lagerstyring
    Stocktaking = stocktake; stock take; inventory counts; inventur; cycle counting; cycle counts; stock taking; physical inventory
    Order picking = picking; pick and pack; kommissionierung; kommissionieren; order fulfillment; order fulfilment; préparation de commandes; preparación de pedidos; picking and packing; order selector; kompletacja zamówień; kompletacja; orderpicken; orderpicking; preparação de encomendas; plockning; orderplock
    Packing = packaging; verpackung; verpacken; conditionnement
    Shipping and receiving = shipping; goods receipt; wareneingang; warenausgang; receiving; versand; goods inward; shipping receiving; versandabwicklung
    Loading and unloading = loading; unloading; be und entladen; ladungssicherung; load securement; cargo securement; load securing; truck loading; carga y descarga; cargo handling; be und entladung
    Forklift operation = forklift; forklift driving; forklift operator; gabelstapler; staplerfahren; carretillero; chariot élévateur; fork lift; reach truck; montacargas; cariste; gabelstaplerfahrer; counterbalance; pallet jack; electric pallet jack; hubwagen; wózek widłowy; wózka widłowego; obsługa wózka widłowego; wózki widłowe; heftruck; heftruckcertificaat; carrello elevatore; muletto; empilhador; empilhadeira; truckkort; gaffeltruck
    Order processing = auftragsabwicklung; auftragsbearbeitung; order management; procesamiento de pedidos; bestellabwicklung
    Dispatching = dispatch; disposition; fuhrparkdisposition; load planning; tourenplanung; transportdisposition
    Fleet management = fuhrparkmanagement; fleet maintenance; gestion de flotte; gestión de flotas
    Route planning = route optimization; routenplanung; trip planning; route optimisation; planificación de rutas
    Freight forwarding = spedition; freight; freight brokerage; transitaire; freight management
    Customs clearance = customs; zollabwicklung; zoll; customs compliance; despacho de aduanas; douane; import export; import und export; incoterms; customs documentation
    Truck driving = commercial driving; lkw fahren; tractor trailer; long haul; over the road; otr; long haul driving; long distance driving; lkw fahrer; fernverkehr; nahverkehr; tractor trailers; semi truck; kraftfahrer; long haul trucking; regional driving; conduite poids lourds; class 8 trucks
    Delivery driving = delivery; auslieferung; last mile delivery; parcel delivery; package delivery; zustellung; livraison; reparto; courier
    Flatbed hauling = flatbed; flatbed trailers; tarping; step deck
    Refrigerated transport = reefer; refrigerated freight; temperature controlled transport; kühltransporte; refrigerated trailers; reefer trailers
    Tanker transport = tanker; tank trucks; tankwagen; bulk liquids
    Dry van = dry van freight; dry van trailers
    Hazardous materials handling = hazmat; gefahrgut; adr; dangerous goods; hazardous materials; gefahrguttransport; matières dangereuses; mercancías peligrosas; gefahrguttransporte
    DOT compliance = dot regulations; fmcsa; fmcsa regulations; dot inspections; fmcsa compliance; dot regulation
    Hours of service compliance = hours of service; hos; lenk und ruhezeiten; hos regulations; hos compliance
    Electronic logging devices = eld; electronic logs; e logs; digital tachograph; digitaler tachograph; tachograph; tacógrafo; qualcomm; elogs; digitaler tacho
    Vehicle inspection = pre trip inspection; pre trip inspections; pre trip; post trip inspections; abfahrtskontrolle; vehicle checks; pre trip and post trip inspections; fahrzeugkontrolle
    Defensive driving = safe driving; smith system
    Backing and docking = trailer backing; dock operations
    Cross-docking = cross dock; crossdocking
    Third-party logistics = 3pl; third party logistics
    Transportation management systems = tms; transportation management; transport management; transportmanagement; transport planning; transportplanung
    Demand planning = demand forecasting; bedarfsplanung; s&op; sales and operations planning
    Material planning = mrp; material requirements planning; materialwirtschaft; materialdisposition; materials management
    Just-in-time = jit; just in time
    RF scanners = rf scanner; barcode scanning; barcode scanner; handscanner; mde gerät; rf scanning; mde geräte; barcode scanners
    Reverse logistics = returns processing; retourenbearbeitung; returns management; retouren
    Kaizen = 5s; gemba
    `,
  ),
  ...skillLines(
    'Trades and construction',
    `
    Welding = schweißen; schweissen; mig welding; tig welding; arc welding; soldadura; soudage; soudure; mig mag; wig schweißen; mig tig; mag schweißen; stick welding; welder; flux core welding; saldatura; spawanie; svetsning; soldagem; kaynakçılık
    Plumbing = klempnerarbeiten; sanitärinstallation; plomberie; fontanería; pipefitting; pipe fitting; sanitär; plumber
    Electrical installation = elektroinstallation; electrical wiring; wiring; électricité; instalaciones eléctricas; elektroinstallationen; electrical systems; elektrotechnik; electrical work; residential wiring; commercial wiring; impianti elettrici; instalações elétricas; elektrische installaties; instalacje elektryczne; elektrik tesisatı; elinstallation; elinstallationer
    Electrical troubleshooting = electrical repair; fehlersuche elektrisch; electrical maintenance; electrical testing
    Carpentry = tischlerei; zimmerei; woodworking; holzbearbeitung; menuiserie; carpintería; joinery; cabinet making; framing; finish carpentry; charpente; schreinerei; trim carpentry; tischlerarbeiten
    Masonry = maurerarbeiten; bricklaying; maçonnerie; albañilería; mauern; block laying
    Painting and decorating = malerarbeiten; house painting; peinture en bâtiment; industrial painting; lackieren; spray painting; tapezieren; interior painting; exterior painting
    Roofing = dachdeckerarbeiten; roof repair; toiture; dachdecken
    Tiling = fliesenlegen; tile setting; carrelage; tile installation
    Drywall = dry wall; trockenbau; drywall installation; plastering; verputzen; plaster work; sheetrock
    Flooring = floor installation; bodenlegen; flooring installation; parkett
    Concrete work = concrete; betonarbeiten; formwork; concrete pouring; concrete finishing; schalung
    HVAC = heating ventilation and air conditioning; heizung lüftung klima; heizungsbau; refrigeration; climatisation; air conditioning; klimatechnik; hvac systems; hvac r; heizungstechnik; hvac maintenance; shk; kältetechnik
    Blueprint reading = reading blueprints; technische zeichnungen; lesen technischer zeichnungen; technical drawings; lecture de plans; lectura de planos; blueprint interpretation; blueprints; schematics; wiring diagrams; schaltpläne
    Construction management = bauleitung; site management; baustellenleitung; dirección de obra; conduite de travaux; construction project management; bauüberwachung; site supervision
    Building maintenance = facility maintenance; gebäudetechnik; hausmeistertätigkeiten; haustechnik; facility management; property maintenance; general maintenance; maintenance des bâtiments; mantenimiento de edificios; facilities management
    Heavy equipment operation = excavator; heavy equipment; baumaschinen; bulldozer; backhoe; skid steer; heavy machinery; maquinaria pesada; bagger; wheel loader; radlader; excavators
    Crane operation = crane operator; kranführer; tower crane; overhead crane; kranbedienung; rigging; grúa; overhead cranes
    Scaffolding = gerüstbau; scaffold erection
    Surveying = vermessung; land surveying; topografía
    Landscaping = gartenbau; landschaftspflege; landscape maintenance; jardinería; gartenpflege; grounds maintenance; groundskeeping; landschaftsbau
    Cleaning = gebäudereinigung; housekeeping; janitorial; reinigung; limpieza; nettoyage; janitorial services; unterhaltsreinigung; industrial cleaning; pulizie; schoonmaak; limpeza; sprzątanie; temizlik; städning
    Power tools = hand tools; hand and power tools; hand tools and power tools; elektrowerkzeuge; power and hand tools
    Demolition = abbrucharbeiten
    Solar installation = photovoltaics; photovoltaik; solar panels; pv installation; solar pv; pv anlagen
    Glazing = glaserarbeiten; window installation; fensterbau
    Cost estimating = construction estimating; estimating; kalkulation; bauabrechnung; quantity surveying; quantity takeoff; avor; takeoffs
    Revit = autodesk revit
    BIM = building information modeling; building information modelling
    Procore
    Bluebeam = bluebeam revu
    `,
  ),
  ...skillLines(
    'Manufacturing and engineering',
    `
    Manufacturing = fertigung; produktion; production; fabricación; manufacturing operations; manufacturing processes; fertigungsverfahren
    Assembly line work = assembly line; montage; assembly work; product assembly; mechanical assembly; ensamblaje; montagearbeiten; assembly operations
    Machine operation = maschinenbedienung; machine operator; anlagenführung; operating machinery; conducteur de ligne; operación de maquinaria; maschinenführer; anlagenbedienung; machine operating; production machinery
    Machine setup = rüsten; einrichten von maschinen; machine set up; changeovers; maschinen rüsten; maschineneinrichtung
    CNC machining = cnc; cnc programming; cnc milling; cnc turning; cnc fräsen; cnc drehen; cnc programmierung; cnc operator; cnc machines; cnc maschinen; machining; zerspanung; usinage; cnc maschine; milling; turning; fräsen; drehen; mecanizado
    G-code = g code; gcode
    Heidenhain = heidenhain steuerung; itnc
    Fanuc = fanuc controls
    Mastercam = master cam
    Siemens NX = unigraphics
    Quality control = qualitätskontrolle; quality inspection; contrôle qualité; control de calidad; qc; quality checks; qualitätsprüfung; inspection; incoming inspection; wareneingangsprüfung; quality inspections
    Quality management = qualitätsmanagement; iso 9001; iso9001; gestión de calidad; quality management systems; qms; iso 9001 2015; management de la qualité
    IATF 16949 = ts 16949; iatf
    FMEA = failure mode and effects analysis
    APQP = ppap
    SPC = statistical process control
    Root cause analysis = 8d; 8d report; 5 whys; rca; ursachenanalyse; 8d reports; fishbone
    Precision measurement = calipers; micrometers; messmittel; gd&t; messtechnik; gauges; coordinate measuring machine; messschieber; micrometer; metrology; geometric dimensioning and tolerancing; calipers and micrometers
    Preventive maintenance = preventative maintenance; vorbeugende wartung; wartung; instandhaltung; wartung und instandhaltung; mantenimiento preventivo; maintenance préventive; tpm; total productive maintenance; equipment maintenance; planned maintenance; machine maintenance; wartungsarbeiten; mantenimiento; manutenzione preventiva; manutenção preventiva; preventief onderhoud; konserwacja zapobiegawcza; förebyggande underhåll; önleyici bakım
    Mechanical repair = reparaturen; mechanical maintenance; equipment repair; reparatur; machine repair; mechanical troubleshooting; reparaciones
    Hydraulics = hydraulik; hydraulic systems; hydraulique; hidráulica
    Pneumatics = pneumatik; pneumatic systems; neumática
    PLC programming = plc; plcs; sps; sps programmierung; siemens s7; allen bradley; tia portal; simatic; step 7; ladder logic; simatic s7; sps steuerung; autómatas
    SCADA = hmi; wincc
    Industrial automation = automatisierungstechnik; process automation; automation engineering; robotics; industrieroboter; robotik; factory automation; kuka; automatización; fanuc robots
    LabVIEW = lab view
    Simulink
    AutoCAD = auto cad; autocad 2d; autodesk autocad
    SolidWorks = solid works
    CATIA = catia v5
    Autodesk Inventor = inventor
    Creo = pro engineer; ptc creo
    Fusion 360
    CAD = computer aided design; 3d cad; cad design; 3d modeling; 3d modelling; cad konstruktion; cad cam; cad software
    Finite element analysis = fea; fem; ansys; abaqus; finite elemente
    CFD = computational fluid dynamics
    Mechanical design = konstruktion; mechanical engineering design; conception mécanique; machine design; maschinenbau; diseño mecánico; mechanical engineering
    Electrical engineering = circuit design; schaltungsentwicklung; analog circuits; power electronics; leistungselektronik; electronics; elektronik; électronique
    PCB design = pcb layout; altium; altium designer; eagle cad; kicad; leiterplatten
    Soldering = löten; brazado; smt soldering
    EPLAN = eplan p8; eplan electric p8
    Process engineering = verfahrenstechnik; chemical engineering; process development; prozessentwicklung
    Production planning = produktionsplanung; fertigungsplanung; arbeitsvorbereitung; production scheduling; planification de la production; planificación de la producción; fertigungssteuerung
    Structural engineering = structural analysis; statik; tragwerksplanung; structural design
    Civil engineering = bauingenieurwesen; tiefbau; hochbau; génie civil; ingeniería civil
    3D printing = additive manufacturing; additive fertigung; 3d druck
    Injection molding = injection moulding; spritzguss; plastic injection
    Sheet metal fabrication = sheet metal; blechbearbeitung; metal fabrication; metallbau; metallbearbeitung; metal working; metalworking; chaudronnerie; press brake
    Automotive repair = vehicle repair; kfz mechatronik; auto repair; mécanique automobile; mecánica automotriz; car repair; fahrzeugreparatur; vehicle diagnostics; engine repair; brake repair; diesel engines; diesel repair; automotive diagnostics; diesel mechanics; obd ii diagnostics
    Food production = lebensmittelproduktion; food processing; lebensmittelverarbeitung
    GMP = good manufacturing practice; cgmp; good manufacturing practices; gute herstellungspraxis
    Occupational safety = workplace safety; arbeitssicherheit; osha; osha compliance; health and safety; ehs; safety compliance; sécurité au travail; seguridad laboral; prevención de riesgos laborales; osha regulations; osha standards; arbeitsschutz; hse; prl; safety regulations; osha safety
    Lockout/tagout = lockout tagout; loto
    Renewable energy = erneuerbare energien; wind energy; énergies renouvelables; energías renovables
    Energy management = energiemanagement; energy efficiency; iso 50001
    Environmental management = iso 14001; umweltmanagement; waste management; environmental compliance
    `,
  ),
  ...skillLines(
    'Hospitality and food',
    `
    Cooking = kochen; food preparation; food prep; cuisine; cocina; line cook; speisenzubereitung; culinary; grill; culinary arts; préparation des repas
    Food safety = haccp; lebensmittelhygiene; food hygiene; servsafe; hygiene standards; food safety standards; food handling; higiene alimentaria; hygiène alimentaire
    Baking = backen; pastry; pâtisserie; boulangerie; repostería; pastry making
    Waiting tables = table service; kellnern; servieren; serving; waitressing; food service; servicio de mesa; food and beverage; food and beverage service; service en salle
    Bartending = mixology; barkeeping; bar service; cocktails; barkeeper; cocktail preparation
    Barista skills = barista; coffee preparation; latte art
    Menu planning = menu development; menügestaltung; menu design; speisenplanung
    Kitchen management = küchenleitung; kitchen operations
    Catering = banquets; bankett; banquet service; banqueting
    Hotel operations = hotel management; hotelmanagement; hospitality; hospitality management; hotellerie; hostelería; gästebetreuung; guest relations
    Opera PMS = opera hotel; fidelio; micros opera; opera property management system
    Reservations = reservation systems; booking systems; reservas; reservierungen; table reservations
    Wine knowledge = sommelier; wine service
    Tour guiding = tour guide; tourism; tourismus; tourisme; turismo
    Amadeus = amadeus gds; sabre gds; galileo gds
    `,
  ),
];
