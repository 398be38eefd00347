/** The roles every tenant has from the start. What they may do comes from the plugins' manifests. */
export const BUILT_IN_ROLES = [
  { name: 'owner', title: 'Owner' },
  { name: 'admin', title: 'Administrator' },
  { name: 'recruiter', title: 'Recruiter' },
  { name: 'sales', title: 'Sales' },
  { name: 'manager', title: 'Manager' },
  { name: 'viewer', title: 'Viewer' },
] as const;
