import { skillLines } from './skill-lines.ts';

export const OFFICE_AND_SALES = [
  ...skillLines(
    'Office and productivity',
    `
    Microsoft Office = ms office; office 365; microsoft 365; microsoft office suite; ms office suite; office suite; m365; o365; ms office paket; paquete office; pack office; office paket; mso
    Microsoft Excel = excel; ms excel; advanced excel; pivot tables; vlookup; pivot tabellen
    Microsoft Word = ms word; word
    Microsoft PowerPoint = powerpoint; power point; ms powerpoint
    Microsoft Outlook = outlook; ms outlook
    Microsoft Teams = ms teams; teams
    Microsoft Project = ms project
    Microsoft Visio = visio; ms visio
    Microsoft OneNote = onenote; one note
    SharePoint = share point; microsoft sharepoint; sharepoint online
    OneDrive
    Google Workspace = g suite; gsuite; google docs; google sheets; google apps; google drive
    LibreOffice = openoffice; open office
    LaTeX
    Slack
    Zoom = zoom meetings; zoom video
    Notion
    Airtable
    Trello
    Asana
    Monday.com = monday com
    ClickUp = click up
    Smartsheet
    Evernote
    Miro = miro board
    DocuSign = docu sign
    Data entry = dateneingabe; datenerfassung; entrada de datos; saisie de données; ten key; 10 key
    Typing = touch typing; keyboarding; maschinenschreiben
    Administrative support = office administration; büroorganisation; administrative assistance; clerical support; sachbearbeitung; secretarial support; office management; büromanagement; clerical; verwaltungstätigkeiten; gestión administrativa; gestion administrative
    Calendar management = appointment scheduling; terminplanung; terminkoordination; diary management; scheduling appointments; terminvereinbarung; gestion des agendas
    Travel arrangements = travel planning; reiseplanung; travel booking; travel coordination; reiseorganisation
    Document management = filing; aktenverwaltung; record keeping; records management; dokumentenmanagement; recordkeeping; archivo
    Minute taking = meeting minutes; protokollführung
    Reception = front desk; receptionist duties; empfang; switchboard; front office; telefonzentrale
    Correspondence = business correspondence; korrespondenz; schriftverkehr; geschäftskorrespondenz
    Transcription = medical transcription; dictation
    Event planning = event management; event coordination; veranstaltungsorganisation; eventmanagement; veranstaltungsplanung; organización de eventos; event organisation; organisation d'événements
    Office equipment = fax machines; photocopiers
    Translation = übersetzung; interpreting; dolmetschen; traducción; traduction; interpretation services
    Proofreading = copy editing; copyediting; lektorat; editing and proofreading; korrekturlesen
    `,
  ),
  ...skillLines(
    'Sales and customer service',
    `
    Sales = vertrieb; verkauf; ventas; vente; ventes; inside sales; outside sales; direct sales; field sales; außendienst; innendienst
    B2B sales = b2b; business to business; b2b vertrieb; business to business sales; ventas b2b
    B2C sales = b2c; business to consumer
    Account management = key account management; key account; kundenbetreuung; account manager duties; key accounts; gestión de cuentas; gestion de comptes; client management
    Lead generation = leadgenerierung; lead qualification; generación de leads; génération de leads; leads generation
    Cold calling = kaltakquise; telefonakquise; outbound calls; outbound calling; prospection téléphonique; llamadas en frío; neukundenakquise
    Prospecting = client acquisition; customer acquisition; kundenakquise; prospection; sales prospecting; captación de clientes
    Negotiation = negotiations; verhandlungsführung; negotiating; négociation; negociación; verhandlungsgeschick; negotiation skills; negociação; negoziazione; onderhandelen; onderhandeling; negocjacje; förhandling; müzakere
    Sales presentations = product demonstrations; product demos; verkaufspräsentationen; sales demos
    Solution selling = consultative selling; spin selling; challenger sale; meddic; value selling
    Upselling = up selling; cross selling; cross sell; cross selling and upselling
    Closing = deal closing; closing deals; sales closing; verkaufsabschluss
    Sales management = vertriebsleitung; vertriebssteuerung; sales team leadership; gestion des ventes
    Pipeline management = sales pipeline; pipeline generation; opportunity management
    Territory management = territory planning; gebietsmanagement; territory sales
    Channel sales = partner management; channel management; distributor management; partner sales
    Pre-sales = presales; pre sales
    Quotation preparation = angebotserstellung; quotations; quoting; angebotskalkulation; proposals and quotes
    Tender management = rfp; rfps; rfp responses; ausschreibungen; bid management; tenders; bid writing; appels d'offres
    Salesforce = salesforce crm; salesforce.com; sfdc; salesforce lightning; sales force; sales cloud; service cloud
    HubSpot = hub spot; hubspot crm
    Microsoft Dynamics CRM = dynamics crm
    Pipedrive
    Zoho CRM = zoho
    SAP CRM
    Zendesk
    Freshdesk = freshservice
    Intercom = intercom chat
    Gong
    Outreach.io = salesloft
    LinkedIn Sales Navigator = sales navigator
    ZoomInfo
    Apollo.io
    Customer service = kundenservice; kundendienst; client service; atención al cliente; service client; customer care; customer support; client services; guest service; guest services; servicio al cliente; customer services; kundenberatung; servizio clienti; assistenza clienti; klantenservice; klantcontact; atendimento ao cliente; serviço ao cliente; obsługa klienta; müşteri hizmetleri; kundtjänst; kundservice; kundebehandling
    Customer success = customer success management; customer retention; kundenbindung
    Complaint handling = beschwerdemanagement; complaint resolution; reklamationsbearbeitung; conflict de-escalation; customer complaints; reklamationsmanagement
    Call centre operations = call center; call centre; inbound calls; callcenter; contact center; contact centre
    Telemarketing = telesales; telefonverkauf
    Retail sales = retail; einzelhandel; retail operations; venta al por menor; store operations
    Cash handling = cash register; kassieren; kasse; kassentätigkeit; cashiering; cash register operation; till operation; caja; encaissement
    Point of sale systems = pos; pos systems; point of sale; pos system; kassensysteme
    Merchandising = visual merchandising; warenpräsentation; product display; planograms
    Stock replenishment = shelf stocking; stocking shelves; regalpflege; replenishment; stocking
    Store management = filialleitung; shop management; retail management
    Loss prevention = shrinkage control; shoplifting prevention
    Real estate sales = property sales; immobilienvertrieb; real estate; property management; immobilienverwaltung; hausverwaltung
    E-commerce = ecommerce; e commerce; online shop; onlinehandel; comercio electrónico; online retail
    Amazon Seller Central = amazon fba; amazon marketplace
    Pricing strategy = pricing; preisgestaltung
    `,
  ),
  ...skillLines(
    'Marketing and communication',
    `
    Digital marketing = online marketing; onlinemarketing; marketing digital; internet marketing; digitales marketing
    Marketing strategy = marketingstrategie; estrategia de marketing; stratégie marketing; go to market strategy; go to market; marketing planning; marketing plans
    SEO = search engine optimization; search engine optimisation; suchmaschinenoptimierung; on page seo; technical seo; référencement naturel
    SEM = search engine marketing; suchmaschinenmarketing; ppc; pay per click; sea
    Google Ads = adwords; google adwords
    Google Analytics = ga4; google analytics 4
    Google Tag Manager = gtm
    Google Search Console = search console
    Meta Ads = facebook ads; facebook ads manager; instagram ads; facebook advertising
    LinkedIn Ads = linkedin advertising
    Social media marketing = social media; social media management; redes sociales; réseaux sociaux; soziale medien; smm; community management; social media manager
    Influencer marketing
    Content marketing = content strategy; content creation; contenterstellung; content management; creación de contenido; création de contenu
    Copywriting = copy writing; werbetexte; texterstellung; redacción; rédaction; creative writing
    Email marketing = e mail marketing; newsletter; newsletters; email campaigns; e mail kampagnen; emailing
    Mailchimp = mail chimp
    Marketo
    Pardot = marketing cloud; salesforce marketing cloud
    Klaviyo
    Marketing automation = marketing automatisierung
    Affiliate marketing
    Performance marketing = paid media; paid social; paid search; programmatic advertising
    Conversion optimization = cro; conversion rate optimization; conversion rate optimisation; landing pages
    Growth marketing = growth hacking
    Brand management = branding; markenführung; brand strategy; brand development; gestión de marca; markenmanagement
    Product marketing = product launches; product launch; produktmarketing
    Trade marketing = trade fairs; messeorganisation; trade shows; exhibitions
    Market segmentation = customer segmentation; target group analysis; zielgruppenanalyse
    Public relations = pr; öffentlichkeitsarbeit; relations publiques; relaciones públicas; media relations; press releases; pressearbeit; relations presse
    Corporate communications = unternehmenskommunikation; internal communications; internal communication; interne kommunikation; corporate communication
    Journalism = reporting journalism; journalismus; news writing
    Storytelling = brand storytelling
    Campaign management = kampagnenmanagement; marketing campaigns; advertising campaigns; werbekampagnen; campañas publicitarias
    Media planning = media buying; mediaplanung
    Advertising = werbung; publicité; publicidad
    SEMrush = sem rush; ahrefs; moz pro; screaming frog; sistrix
    Hotjar
    Hootsuite = buffer app; sprout social
    Survey design = surveys; customer surveys; qualtrics; surveymonkey
    Podcast production = podcasting
    `,
  ),
  ...skillLines(
    'Design and media',
    `
    Graphic design = grafikdesign; graphisme; diseño gráfico; graphic designer; mediengestaltung
    UI design = user interface design; ui; interface design
    UX design = user experience; user experience design; ux; usability; ux ui; ui ux; ui ux design; ux research; user research; usability testing; ux ui design
    Wireframing = wireframes; mockups; prototyping; rapid prototyping
    Figma
    Sketch
    Adobe XD = xd
    InVision
    Adobe Creative Suite = adobe creative cloud; creative suite; creative cloud; adobe cc; adobe cs6
    Adobe Photoshop = photoshop
    Adobe Illustrator = illustrator
    Adobe InDesign = indesign; in design
    Adobe Premiere Pro = premiere pro; adobe premiere
    Adobe After Effects = after effects; aftereffects
    Adobe Lightroom = lightroom
    Adobe Acrobat = acrobat
    Final Cut Pro = final cut
    DaVinci Resolve
    Canva
    CorelDRAW = corel draw; corel
    GIMP
    Inkscape
    Blender
    Autodesk Maya = maya 3d
    3ds Max = 3d studio max; 3dsmax
    Cinema 4D = cinema4d
    SketchUp = sketch up
    Video editing = videoschnitt; video production; edición de vídeo; montage vidéo; videoproduktion; edición de video
    Photography = fotografie; photographie; fotografía; photo editing; bildbearbeitung; product photography
    Motion graphics = motion design; animation; 2d animation; 3d animation
    Illustration = digital illustration
    Typography = typografie
    Print production = prepress; druckvorstufe; print design; desktop publishing
    Packaging design = verpackungsdesign
    Interior design = innenarchitektur; diseño de interiores; space planning
    Fashion design = modedesign; garment construction; pattern making
    Product design = produktdesign; industrial design
    Audio production = sound engineering; audio editing; pro tools; ableton live; logic pro; sound design
    Web design = webdesign; diseño web
    Design thinking
    `,
  ),
  ...skillLines(
    'Project and product management',
    `
    Project management = projektmanagement; gestion de projet; gestión de proyectos; projektleitung; managing projects; project manager duties; gestion de projets; it projektmanagement; project planning; projektplanung; gestione progetti; gestione di progetti; projectmanagement; gestão de projetos; zarządzanie projektami; proje yönetimi; projektledning
    Program management = programme management; programmmanagement
    Product management = produktmanagement; product owner duties; product ownership; gestión de producto; product strategy
    Product roadmaps = roadmap; roadmapping; product roadmap; roadmaps
    Agile = agile methodologies; agile methods; agile methoden; agile development; agile methodology; agile softwareentwicklung; méthodes agiles; metodologías ágiles; agiles arbeiten; agil
    Scrum = scrum master; scrum methodology; sprint planning; scrum framework
    Kanban
    SAFe = scaled agile; scaled agile framework
    Waterfall = waterfall model; wasserfallmodell; waterfall methodology
    Lean = lean management; lean manufacturing; lean production; lean methodologies
    Six Sigma = lean six sigma; dmaic
    PRINCE2 = prince 2
    PMBOK
    Jira = atlassian jira; jira software
    Confluence = atlassian confluence
    OKRs = okr; objectives and key results
    User stories = backlog management; product backlog; backlog grooming; backlog refinement
    Resource planning = resource management; ressourcenplanung; capacity planning; resource allocation; kapazitätsplanung
    Risk mitigation = risk analysis; risikoanalyse
    Primavera P6 = primavera
    Earned value management
    Multi-project management = multiprojektmanagement; portfolio planning
    `,
  ),
];
