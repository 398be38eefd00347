import { skillLines } from './skill-lines.ts';

export const CLOUD = [
  ...skillLines(
    'Cloud and DevOps',
    `
    AWS = amazon web services; amazon aws; aws cloud
    AWS Lambda = lambda functions
    Amazon EC2 = ec2; aws ec2
    Amazon S3 = s3; aws s3
    Amazon RDS = rds; aws rds
    Amazon ECS = ecs; aws ecs; fargate
    Amazon EKS = eks; aws eks
    CloudFormation = aws cloudformation; aws cdk
    CloudWatch = aws cloudwatch
    Amazon SQS = sqs; amazon sns
    IAM = identity and access management; aws iam
    Azure = microsoft azure; ms azure; azure cloud
    Azure DevOps = vsts; tfs; team foundation server; azure pipelines
    Azure Functions
    Azure Active Directory = azure ad; entra id; microsoft entra
    Google Cloud Platform = gcp; google cloud; google cloud platform gcp
    Google Kubernetes Engine = gke
    IBM Cloud
    Oracle Cloud = oci; oracle cloud infrastructure
    DigitalOcean = digital ocean
    Heroku
    Vercel
    Netlify
    Cloudflare
    OpenStack = open stack
    OpenShift = red hat openshift
    Docker = docker compose; docker swarm; dockerfile; containerization; containerisation
    Kubernetes = k8s; kubernetes administration; kubectl
    Helm = helm charts
    Podman
    Istio = service mesh; linkerd
    Terraform = hashicorp terraform; opentofu
    Infrastructure as Code = iac
    Ansible = ansible playbooks
    Puppet
    Chef = chef infra; chef cookbooks
    SaltStack
    Vagrant
    Packer
    Consul = hashicorp consul
    HashiCorp Vault = vault secrets
    Pulumi
    CI/CD = ci cd; continuous integration; continuous delivery; continuous deployment; cicd; ci cd pipelines
    Jenkins
    GitLab CI = gitlab ci cd; gitlab pipelines
    GitHub Actions
    CircleCI = circle ci
    Travis CI
    TeamCity = team city
    Bamboo = atlassian bamboo
    Argo CD = argocd; gitops; flux cd
    Octopus Deploy
    DevOps = dev ops; devsecops
    Site reliability engineering = sre; site reliability
    Prometheus
    Grafana
    Datadog
    New Relic
    Dynatrace
    Splunk
    Nagios
    Zabbix
    Logstash
    Kibana
    OpenTelemetry = open telemetry
    Monitoring and observability = observability; application monitoring
    Serverless = serverless architecture; serverless computing
    Cloud migration = cloud architecture; cloud computing; cloud infrastructure
    Git = git version control; git flow; gitflow
    GitHub
    GitLab
    Bitbucket
    Subversion = svn; apache subversion
    Mercurial
    Perforce
    Artifactory = jfrog artifactory; sonatype nexus
    `,
  ),
  ...skillLines(
    'Testing and quality',
    `
    Unit testing = unit tests; unittests
    Integration testing = integration tests
    Test automation = automated testing; testautomatisierung; automation testing; automated tests
    Manual testing = manual tests
    Regression testing = regression tests
    Performance testing = load testing; stress testing
    User acceptance testing = uat; acceptance testing
    Test-driven development = tdd; test driven development
    Behaviour-driven development = bdd; behavior driven development; cucumber; gherkin
    Quality assurance = qa; qualitätssicherung; software testing; softwaretests; assurance qualité; aseguramiento de calidad
    Test planning = test plans; test cases; test case design; testmanagement
    Selenium = selenium webdriver; selenium grid
    Cypress = cypress.io; cypress e2e
    Playwright
    Puppeteer
    Appium
    JUnit = junit5; junit 5; j unit
    TestNG
    Mockito
    NUnit = xunit; mstest
    pytest = py test
    Jest
    Vitest
    Mocha
    Jasmine = karma jasmine
    RSpec
    PHPUnit
    Postman = postman api
    SoapUI = soap ui
    JMeter = apache jmeter
    Gatling
    LoadRunner = load runner
    TestRail
    SonarQube = sonar qube
    HP ALM = hp quality center; quality center
    Code review = code reviews
    Debugging = troubleshooting code
    `,
  ),
  ...skillLines(
    'Architecture and practices',
    `
    Microservices = micro services; microservice architecture; microservice; mikroservices
    Software architecture = softwarearchitektur; system architecture; solution architecture; architecture design
    System design = distributed systems; scalable systems
    Design patterns = entwurfsmuster
    Object-oriented programming = oop; object oriented programming; objektorientierte programmierung; object oriented design; ood; programmation orientée objet
    Functional programming
    Domain-driven design = ddd; domain driven design
    Event-driven architecture = event driven; event sourcing; cqrs
    Service-oriented architecture = soa; service oriented architecture
    Clean code = clean architecture; solid principles
    Refactoring
    Pair programming = mob programming
    Data structures = algorithms; data structures and algorithms; algorithmen
    Enterprise architecture = togaf
    UML = unified modeling language
    Technical documentation = technische dokumentation; technical writing
    Open source = open source software
    Blockchain = smart contracts; web3; ethereum; hyperledger
    Low-code platforms = low code; power apps; powerapps; outsystems; mendix
    Robotic process automation = rpa; uipath; blue prism; automation anywhere
    Power Automate = microsoft power automate
    `,
  ),
  ...skillLines(
    'Security',
    `
    Information security = infosec; it security; it sicherheit; informationssicherheit
    Cybersecurity = cyber security; cybersécurité; ciberseguridad
    Penetration testing = pen testing; pentesting; pentest; ethical hacking
    Vulnerability management = vulnerability assessment; nessus; qualys
    SIEM = qradar; arcsight; azure sentinel
    Incident response = security operations; soc analyst
    OWASP = application security; secure coding; appsec
    Burp Suite
    Metasploit = kali linux
    Wireshark
    Network security = firewalls; firewall; ids ips
    Identity management = single sign on; sso; okta; saml
    ISO 27001 = iso27001; iso iec 27001
    NIST = nist framework; nist csf
    SOC 2 = soc2
    PCI DSS = pci compliance
    GDPR = dsgvo; data protection; datenschutz; rgpd; protección de datos
    Cryptography = encryption; pki; kryptographie
    Risk assessment = risikobewertung; threat modeling; threat modelling
    Digital forensics = computer forensics
    `,
  ),
  ...skillLines(
    'Networking and systems',
    `
    Linux = linux administration; gnu linux; unix linux
    Unix = solaris; aix; hp ux
    Ubuntu = debian
    Red Hat Enterprise Linux = rhel; red hat linux; red hat; centos
    Windows Server = windows server 2016; windows server 2019; windows server 2022
    Microsoft Windows = windows; windows 10; windows 11
    macOS = mac os; os x; mac os x
    Active Directory = group policy; gpo
    VMware = vsphere; vmware esxi; esxi; vcenter
    Hyper-V = hyper v
    Citrix = xenapp; xendesktop; citrix xenapp
    Virtualization = virtualisation; virtualisierung
    Networking = computer networking; network administration; netzwerktechnik; netzwerkadministration; lan wan; lan; wan
    TCP/IP = tcp ip
    DNS = dhcp; dns dhcp
    VPN = ipsec; openvpn
    VLAN = vlans
    Routing and switching = switching and routing; bgp; ospf; mpls
    Cisco = cisco ios; cisco networking; cisco routers
    Juniper = junos
    Fortinet = fortigate
    Palo Alto Networks = palo alto firewalls
    VoIP = voice over ip; sip telephony; asterisk pbx
    Wi-Fi = wlan; wireless networks; wifi
    SAN = storage area network; nas storage; netapp
    Backup and recovery = disaster recovery; veeam; backup solutions
    Microsoft Exchange = exchange server; exchange online
    Microsoft Intune = intune; endpoint manager; mobile device management; mdm
    SCCM = system center configuration manager
    IT support = helpdesk; help desk; technical support; desktop support; it helpdesk; service desk; it support; first level support; second level support; technischer support; soporte técnico; support informatique
    System administration = systems administration; systemadministration; sysadmin; it administration; administration système
    ITIL = it service management; itsm
    ServiceNow = service now
    Hardware troubleshooting = hardware support; pc repair; hardware repair; pc hardware
    Data center operations = data centre operations; rechenzentrum
    Structured cabling = network cabling; fibre optics; fiber optics; glasfaser
    `,
  ),
];
