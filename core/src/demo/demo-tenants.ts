/** A plugin that a demo tenant has bought; what is not listed can be tried. */
interface DemoLicence {
  plugin: string;
  kind: 'purchased' | 'subscription';
}

interface DemoAccount {
  email: string;
  name: string;
  role: 'owner' | 'recruiter';
}

interface DemoTenant {
  slug: string;
  name: string;
  accounts: readonly DemoAccount[];
  licences: readonly DemoLicence[];
}

export const DEMO_PASSWORD = 'bazaar-demo-1';

/** Runs the platform; a member of every demo tenant with the rights of an administrator, so that it can sign in. */
export const DEMO_OPERATOR = { email: 'operator@bazaar.test', name: 'Olga Operator' };

const LICENCES: readonly DemoLicence[] = [
  { plugin: 'job-board', kind: 'purchased' },
  { plugin: 'cv-analysis', kind: 'subscription' },
];

/** Invented organisations and people. */
export const DEMO_TENANTS: readonly DemoTenant[] = [
  {
    slug: 'acme-staffing',
    name: 'Acme Staffing',
    accounts: [
      { email: 'owner@acme.test', name: 'Amira Owens', role: 'owner' },
      { email: 'recruiter@acme.test', name: 'Robin Keller', role: 'recruiter' },
    ],
    licences: LICENCES,
  },
  {
    slug: 'northwind-clinics',
    name: 'Northwind Clinics',
    accounts: [
      { email: 'owner@northwind.test', name: 'Noah Lindqvist', role: 'owner' },
      { email: 'recruiter@northwind.test', name: 'Rosa Marchetti', role: 'recruiter' },
    ],
    licences: LICENCES,
  },
];
