import { skillLines } from './skill-lines.ts';

export const BUSINESS = [
  ...skillLines(
    'Finance and accounting',
    `
    Accounting = buchhaltung; rechnungswesen; comptabilité; contabilidad; general accounting; buchführung; financial accounting; accountancy; contabilità; contabilidade; boekhouding; boekhouden; księgowość; muhasebe; redovisning; bokföring
    Bookkeeping = book keeping; finanzbuchhaltung; teneduría de libros; fibu
    Accounts payable = ap processing; kreditorenbuchhaltung; kreditoren; cuentas por pagar; comptes fournisseurs; accounts payables
    Accounts receivable = debitorenbuchhaltung; debitoren; cuentas por cobrar; comptes clients; accounts receivables
    General ledger = gl accounting; hauptbuch; ledger accounts
    Account reconciliation = reconciliation; reconciliations; bank reconciliation; bank reconciliations; kontenabstimmung; rapprochement bancaire
    Month-end close = month end closing; monthly close; monatsabschluss; year end close; jahresabschluss; month end; financial close
    Financial reporting = finanzberichterstattung; reporting financier; financial statements; informes financieros; finansal raporlama; reporting finanziario; relato financeiro; sprawozdawczość finansowa; financiële rapportage; finansiell rapportering
    Financial analysis = finanzanalyse; analyse financière; análisis financiero; financial analyses
    Financial modeling = financial modelling; dcf; valuation; company valuation
    Budgeting = budget management; budget planning; budgetierung; budgetplanung; budgets; elaboración de presupuestos; budget control; budgettering; bütçeleme; budżetowanie; budgetering; orçamentação
    Forecasting = financial forecasting; sales forecasting; prognosen
    Cost accounting = kostenrechnung; cost control; kostenkontrolle; cost analysis
    Controlling = management accounting; controller tasks
    Auditing = internal audit; internal auditing; external audit; wirtschaftsprüfung; revision; auditoría; statutory audit
    Tax preparation = tax returns; tax accounting; taxation; steuererklärungen; steuern; tax compliance; steuerrecht; impuestos; fiscalité
    VAT = value added tax; umsatzsteuer; gst; vat returns; tva; iva
    Payroll = payroll processing; lohnbuchhaltung; gehaltsabrechnung; lohn und gehaltsabrechnung; entgeltabrechnung; nóminas; paie; payroll administration
    Invoicing = billing; rechnungsstellung; fakturierung; facturación; facturation; invoice processing; rechnungsprüfung; fatturazione; facturatie; faturação; fakturowanie; faturalama; fakturering
    Cash flow management = cash management; treasury; treasury management; liquiditätsplanung; cash flow
    GAAP = us gaap; uk gaap
    IFRS
    HGB
    SOX compliance = sarbanes oxley; sox
    Credit analysis = credit risk; kreditanalyse; credit control; credit management
    Risk management = risikomanagement; gestion des risques; gestión de riesgos
    Investment management = portfolio management; asset management; wealth management; fund accounting
    Equity research = securities; capital markets; wertpapiere
    Mergers and acquisitions = m&a; due diligence
    Anti-money laundering = aml; kyc; know your customer; geldwäscheprävention
    Insurance underwriting = underwriting
    Claims processing = claims handling; claims management; insurance claims; schadenbearbeitung; claims adjusting
    Actuarial analysis = actuarial science
    Banking operations = retail banking; corporate banking; loan processing; mortgage lending
    Collections = debt collection; inkasso; mahnwesen
    Fixed assets = anlagenbuchhaltung; fixed asset accounting
    QuickBooks = quick books; quickbooks online; intuit quickbooks
    Xero
    Sage = sage 50; sage 100; sage intacct; sage 200
    DATEV = datev unternehmen online
    Lexware
    Tally = tally erp; tally prime; tally erp 9
    FreshBooks
    NetSuite = oracle netsuite
    Bloomberg Terminal = bloomberg
    Hyperion = oracle hyperion; essbase
    SAP FI/CO = sap fico; sap fi; sap co; fico
    Concur = sap concur; expense reporting
    Coupa
    SAP Ariba = ariba
    BlackLine
    Procurement = purchasing; einkauf; strategic sourcing; sourcing; achats; compras; beschaffung; procurement management
    Contract negotiation = contract management; vertragsmanagement; vertragsverhandlungen
    Vendor management = supplier management; lieferantenmanagement; supplier relationship management
    `,
  ),
  ...skillLines(
    'ERP and business systems',
    `
    SAP = sap erp; sap r/3; sap ecc; sap s/4hana; sap r3
    SAP MM = sap materials management
    SAP SD = sap sales and distribution
    SAP PP = sap production planning
    SAP WM = sap ewm; sap warehouse management
    SAP HCM = sap hr; sap successfactors; successfactors
    SAP Fiori = sapui5; ui5
    Oracle EBS = oracle e business suite; oracle erp; oracle financials; oracle fusion
    Microsoft Dynamics = dynamics 365; ms dynamics; dynamics nav; dynamics ax; navision; business central; d365
    Workday = workday hcm
    Odoo = openerp
    Infor = infor erp; infor ln
    Epicor
    JD Edwards = jde
    PeopleSoft = oracle peoplesoft
    ERP systems = erp; erp software; erp system; warenwirtschaft
    CRM systems = crm; crm software; customer relationship management; crm system
    Business analysis = business analytics; business process analysis; requirements analysis; anforderungsanalyse; análisis de negocio
    Requirements engineering = requirements gathering; requirements elicitation; anforderungsmanagement; requirements management
    Process improvement = process optimization; process optimisation; prozessoptimierung; continuous improvement; kvp; mejora continua; amélioration continue; business process improvement
    Business process modeling = bpmn; process mapping; business process management; bpm
    Operations management = betriebsleitung; business operations
    Change management = veränderungsmanagement; organizational change
    Strategic planning = strategy development; business strategy; strategieentwicklung; strategische planung; planificación estratégica
    Business development = geschäftsentwicklung; new business development; desarrollo de negocio; développement commercial
    Market research = marktforschung; market analysis; marktanalyse; competitor analysis; étude de marché; investigación de mercados
    KPI reporting = kpis; kpi tracking; key performance indicators; management reporting; kennzahlen
    Stakeholder management = stakeholder engagement; stakeholder communication
    Compliance = regulatory compliance; regulatory affairs; corporate compliance
    Corporate governance
    Policy development = policy writing; policies and procedures
    Grant writing = grant management; grant proposals
    Fundraising = fund raising; donor relations
    `,
  ),
  ...skillLines(
    'Human resources',
    `
    Recruiting = recruitment; talent acquisition; personalbeschaffung; hiring; rekrutierung; recrutement; reclutamiento; staffing; full cycle recruiting; selección de personal; personalgewinnung; selezione del personale; werving en selectie; recrutamento; rekrutacja; işe alım; rekrytering
    Candidate sourcing = talent sourcing; boolean search; active sourcing; linkedin recruiter
    Applicant tracking systems = ats; greenhouse ats; taleo; icims; bullhorn; applicant tracking system
    Onboarding = employee onboarding; new hire orientation; einarbeitung
    Employee relations = labor relations; labour relations; arbeitsbeziehungen; employee engagement
    Performance management = performance reviews; performance appraisals; mitarbeitergespräche
    HR administration = human resources management; personalverwaltung; personalwesen; personaladministration; gestion du personnel; recursos humanos; hr management; human resources; ressources humaines; personalmanagement
    Compensation and benefits = benefits administration; compensation planning; comp and ben
    Training and development = learning and development; employee training; personalentwicklung; staff training; staff development; mitarbeiterschulung; training delivery; formación de personal
    Workforce planning = rostering; personalplanung; personaleinsatzplanung; workforce management; staff planning
    Labour law = employment law; arbeitsrecht; labor law; droit du travail; derecho laboral
    HRIS = hr information systems; adp workforce; bamboohr; personio
    Diversity and inclusion = diversity equity and inclusion; dei
    Succession planning
    Interviewing = candidate interviewing; job interviews; behavioral interviewing
    `,
  ),
  ...skillLines(
    'Legal',
    `
    Legal research = rechtsrecherche; westlaw; lexisnexis
    Contract drafting = contract law; vertragsrecht; drafting contracts; contract review
    Litigation = litigation support; civil litigation; prozessführung
    Corporate law = gesellschaftsrecht; commercial law; handelsrecht
    Intellectual property = trademarks; patents; patent law; markenrecht; ip law
    Legal writing = legal drafting
    Paralegal support = case management legal; discovery; e discovery
    Immigration law
    Notarial services = notary public; notary
    Family law = familienrecht
    Criminal law = strafrecht
    `,
  ),
];
