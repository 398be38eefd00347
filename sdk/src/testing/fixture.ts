/** The roles every tenant has; each test tenant has one person of each. */
export const ROLES = ['owner', 'admin', 'recruiter', 'sales', 'manager', 'viewer'] as const;
export type RoleName = (typeof ROLES)[number];

/** What a throw-away platform is filled with; `bazaar serve --throwaway --fixture` takes it as a JSON file. */
export interface Fixture {
  tenants: {
    slug: string;
    name: string;
    users: { email: string; name: string; password: string; role: RoleName; operator?: boolean }[];
    /** Plugin ids with a lifetime licence. */
    licences: string[];
  }[];
}

export const OPERATOR = 'operator@platform.test';
export const PASSWORD = 'correct-horse-battery';

/**
 * Tenant `first` and a `second` one to look across the fence from, with people called `<role>@<tenant>.test`, and the
 * operator of the platform in a tenant of their own.
 */
export function standardFixture(plugins: readonly string[]): Fixture {
  const tenant = (slug: string) => ({
    slug,
    name: `The ${slug} tenant`,
    users: ROLES.map((role) => ({
      email: `${role}@${slug}.test`,
      name: `${role} of ${slug}`,
      password: PASSWORD,
      role,
    })),
    licences: [...plugins],
  });
  const operator = { email: OPERATOR, name: 'Operator', password: PASSWORD, role: 'admin', operator: true } as const;
  const platform = { slug: 'platform', name: 'The platform', users: [operator], licences: [] };
  return { tenants: [tenant('first'), tenant('second'), platform] };
}
