/** The accounts of demo mode, as documented; they exist on no other installation. */
export const DEMO_ACCOUNTS: readonly { email: string; title: string }[] = [
  { email: 'recruiter@acme.test', title: 'Recruiter, Acme Staffing' },
  { email: 'owner@acme.test', title: 'Owner, Acme Staffing' },
  { email: 'recruiter@northwind.test', title: 'Recruiter, Northwind Clinics' },
  { email: 'owner@northwind.test', title: 'Owner, Northwind Clinics' },
];

export const DEMO_PASSWORD = 'bazaar-demo-1';
