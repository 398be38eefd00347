/** Skills close enough that having one shortens the way to another. Used for advice in words, never for the score. */
export const SKILL_FAMILIES: readonly (readonly string[])[] = `
React; Angular; Vue.js; Svelte; Next.js; Ember.js; Lit
JavaScript; TypeScript; Node.js; React; Angular; Vue.js
Java; Kotlin; Scala; Groovy; C#
Java; Spring; Spring Boot; Hibernate; JPA; Quarkus; Micronaut
C#; .NET; .NET Core; ASP.NET; Entity Framework; VB.NET
C; C++; Rust; Embedded systems; Assembly
Go; Rust; Java; C#; Python
Python; Django; Flask; FastAPI; Pandas; NumPy; R
PHP; Laravel; Symfony; CodeIgniter
Ruby; Ruby on Rails; Sinatra
Node.js; Express; NestJS; Fastify; Koa
Swift; SwiftUI; Objective-C; iOS development
Kotlin; Java; Android development; Jetpack Compose
React Native; Flutter; Ionic; Xamarin
SQL; PostgreSQL; MySQL; SQL Server; Oracle Database; MariaDB; SQLite; T-SQL; PL/SQL
NoSQL; MongoDB; Cassandra; DynamoDB; Couchbase; Redis
REST APIs; GraphQL; gRPC; SOAP; API design; OpenAPI
AWS; Azure; Google Cloud Platform; Oracle Cloud; IBM Cloud
AWS; Amazon EC2; Amazon S3; AWS Lambda; Amazon RDS; CloudFormation
Docker; Kubernetes; Podman; OpenShift; Helm
Terraform; CloudFormation; Pulumi; Ansible; Infrastructure as Code; Puppet; Chef
CI/CD; Jenkins; GitLab CI; GitHub Actions; CircleCI; Azure DevOps; TeamCity
Git; GitHub; GitLab; Bitbucket; Subversion
Prometheus; Grafana; Datadog; New Relic; Splunk; Dynatrace
Kafka; RabbitMQ; ActiveMQ; Amazon SQS
Selenium; Cypress; Playwright; Test automation; Puppeteer
JUnit; TestNG; Mockito; Unit testing; Test-driven development
Machine learning; Deep learning; scikit-learn; TensorFlow; PyTorch; Keras; Data science
Data analysis; Power BI; Tableau; Looker; Qlik; Microsoft Excel; Data visualization
Apache Spark; Hadoop; Databricks; Big data; Hive
ETL; dbt; Airflow; Informatica; Talend; SSIS; Azure Data Factory
Snowflake; BigQuery; Redshift; Data warehousing; Azure Synapse
Agile; Scrum; Kanban; SAFe; Project management
Jira; Trello; Asana; Monday.com; Confluence
Linux; Unix; Ubuntu; Red Hat Enterprise Linux; Bash
IT support; ServiceNow; ITIL; System administration
Figma; Sketch; Adobe XD; InVision; Wireframing
Adobe Photoshop; Adobe Illustrator; Adobe InDesign; CorelDRAW; GIMP; Canva
Accounting; Bookkeeping; Accounts payable; Accounts receivable; General ledger; Month-end close
QuickBooks; Xero; Sage; DATEV; Tally; FreshBooks; Lexware
GAAP; IFRS; HGB
SAP; Oracle EBS; Microsoft Dynamics; NetSuite; Odoo; ERP systems
Salesforce; HubSpot; Pipedrive; Zoho CRM; Microsoft Dynamics CRM; CRM systems
Sales; B2B sales; Account management; Lead generation; Cold calling; Prospecting; Negotiation
Customer service; Call centre operations; Customer success; Complaint handling
SEO; SEM; Google Ads; Google Analytics; Digital marketing; Content marketing
Recruiting; Candidate sourcing; Applicant tracking systems; Interviewing; Onboarding
Warehouse operations; Order picking; Inventory management; Forklift operation; Shipping and receiving
Truck driving; Delivery driving; Flatbed hauling; Refrigerated transport; Tanker transport; Dry van
Logistics; Supply chain management; Dispatching; Freight forwarding; Route planning
Welding; Sheet metal fabrication; CNC machining; Mechanical repair
Electrical installation; Electrical troubleshooting; PLC programming; Industrial automation
Plumbing; HVAC; Building maintenance
AutoCAD; SolidWorks; CATIA; Autodesk Inventor; Creo; Revit; CAD
Lean; Six Sigma; Kaizen; Process improvement
Quality control; Quality management; Quality assurance; FMEA
Epic; Cerner; Meditech; PointClickCare; Allscripts; Electronic health records
Critical care; Emergency care; Telemetry; Ventilator management; Post-anesthesia care
Medical-surgical nursing; Telemetry; Critical care; Patient care
IV therapy; Phlebotomy; Central line care; Medication administration
Geriatric care; Dementia care; Palliative care; Home health care; Personal care assistance
Labour and delivery; Neonatal care; Paediatric nursing
Medical coding; Medical billing; Medical terminology
`
  .trim()
  .split('\n')
  .map((line) => line.split(';').map((name) => name.trim()));
